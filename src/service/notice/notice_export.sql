-- name: notice_export :each
SELECT notice.title AS title, notice.words AS words, person.address AS author, notice.posted_ms AS posted_ms,
    notice.ends_ms AS ends_ms, notice.withdrawn_ms AS withdrawn_ms
FROM notice JOIN person ON person.id = notice.author ORDER BY notice.id;

-- name: notice_export_add :none
INSERT INTO notice (title, words, author, posted_ms, ends_ms, withdrawn_ms)
VALUES ($title, $words, :author, :posted_ms, :ends_ms, :withdrawn_ms);
