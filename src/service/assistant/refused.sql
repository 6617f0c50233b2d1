-- name: refused_key :maybe
SELECT bytes AS bytes FROM assistant_key WHERE id = 1;

-- name: refused_key_set :none
INSERT INTO assistant_key (id, bytes) VALUES (1, @bytes);

-- name: refused_room :one
SELECT (SELECT count(*) FROM assistant_refused) AS all_rows,
    (SELECT count(*) FROM assistant_refused WHERE asker = @asker) AS of_asker;

-- name: refused_add :none
INSERT INTO assistant_refused (subject, asker, day) VALUES (@subject, @asker, :day)
ON CONFLICT (subject, asker) DO NOTHING;

-- name: refused_make_room :none
DELETE FROM assistant_refused WHERE subject IN (SELECT subject FROM assistant_refused GROUP BY subject
    HAVING count(*) < :least ORDER BY count(*), min(day), subject LIMIT :subjects);

-- name: refused_askers :one
SELECT count(*) AS askers FROM assistant_refused WHERE subject = @subject;

-- name: refused_subject_set :none
INSERT INTO assistant_subject (subject, words, day) VALUES (@subject, $words, :day)
ON CONFLICT (subject) DO UPDATE SET words = excluded.words, day = excluded.day;

-- name: refused_list :many
SELECT assistant_subject.words AS words, assistant_subject.day AS day,
    (SELECT count(*) FROM assistant_refused WHERE assistant_refused.subject = assistant_subject.subject) AS askers
FROM assistant_subject ORDER BY askers DESC, words LIMIT 100;

-- name: refused_old :none
DELETE FROM assistant_refused WHERE day < :before;

-- name: refused_subject_old :none
DELETE FROM assistant_subject WHERE (SELECT count(*) FROM assistant_refused
    WHERE assistant_refused.subject = assistant_subject.subject) < :least;

-- name: refused_oldest :maybe
SELECT day AS day FROM assistant_refused ORDER BY day LIMIT 1;
