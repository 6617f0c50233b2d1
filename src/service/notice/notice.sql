-- name: notice_list :many
-- What is on the board now, the newest first.
SELECT notice.id AS id, notice.title AS title, notice.words AS words, person.display_name AS author,
    notice.posted_ms AS posted_ms, notice.ends_ms AS ends_ms
FROM notice JOIN person ON person.id = notice.author
WHERE notice.withdrawn_ms = 0 AND notice.ends_ms > :now_ms
ORDER BY notice.posted_ms DESC, notice.id DESC LIMIT 100;

-- name: notice_get :maybe
SELECT notice.id AS id, notice.title AS title, notice.words AS words, person.display_name AS author,
    notice.posted_ms AS posted_ms, notice.ends_ms AS ends_ms
FROM notice JOIN person ON person.id = notice.author
WHERE notice.id = :id AND notice.withdrawn_ms = 0 AND notice.ends_ms > :now_ms;

-- name: notice_post :one
INSERT INTO notice (title, words, author, posted_ms, ends_ms, withdrawn_ms)
VALUES ($title, $words, :author, :posted_ms, :ends_ms, 0) RETURNING id AS id;

-- name: notice_withdraw :none
UPDATE notice SET withdrawn_ms = :now_ms WHERE id = :id AND withdrawn_ms = 0;
