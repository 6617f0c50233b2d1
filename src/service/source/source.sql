-- name: source_by_key :maybe
SELECT id AS id, collection AS collection, collection_key AS key, title AS title, authors AS authors,
    publisher AS publisher, licence AS licence, written_day AS written_day, taken_ms AS taken_ms, link AS link,
    withdrawn_ms AS withdrawn_ms, withdrawn_reason AS reason, readers AS readers, hash AS hash
FROM source_document WHERE collection = $collection AND collection_key = $key;

-- name: source_add :one
INSERT INTO source_document (collection, collection_key, title, authors, publisher, licence, written_day, taken_ms, link,
    hash, words, withdrawn_ms, withdrawn_reason, readers)
VALUES ($collection, $key, $title, $authors, $publisher, $licence, :written_day, :taken_ms, $link, @hash, $words, 0, '',
    :readers)
RETURNING id AS id;

-- name: source_set :none
UPDATE source_document SET title = $title, authors = $authors, publisher = $publisher, licence = $licence,
    written_day = :written_day, taken_ms = :taken_ms, link = $link, hash = @hash, words = $words,
    readers = :readers, withdrawn_ms = 0, withdrawn_reason = ''
WHERE id = :id AND withdrawn_reason <> 'opt-out';

-- name: source_list :many
-- What is refused (licence.h: nothing is shown of it) has a name for editors alone, who are readers 2.
SELECT id AS id, collection AS collection, collection_key AS key, title AS title, authors AS authors,
    publisher AS publisher, licence AS licence, written_day AS written_day, taken_ms AS taken_ms, link AS link,
    withdrawn_ms AS withdrawn_ms, withdrawn_reason AS reason, readers AS readers
FROM source_document WHERE readers <= :readers AND (licence <> 'refuse' OR :readers = 2)
ORDER BY collection, title, id LIMIT 50 OFFSET :skip;

-- name: source_count :one
SELECT count(*) FILTER (WHERE withdrawn_ms = 0) AS standing, count(*) FILTER (WHERE withdrawn_ms > 0) AS withdrawn
FROM source_document WHERE readers <= :readers AND (licence <> 'refuse' OR :readers = 2);

-- name: source_get :maybe
SELECT id AS id, collection AS collection, collection_key AS key, title AS title, authors AS authors,
    publisher AS publisher, licence AS licence, written_day AS written_day, taken_ms AS taken_ms, link AS link,
    withdrawn_ms AS withdrawn_ms, withdrawn_reason AS reason, hash AS hash, words AS words,
    readers AS readers
FROM source_document WHERE id = :id;

-- name: source_head :maybe
SELECT id AS id, collection AS collection, collection_key AS key, title AS title, authors AS authors,
    publisher AS publisher, licence AS licence, written_day AS written_day, taken_ms AS taken_ms, link AS link,
    withdrawn_ms AS withdrawn_ms, withdrawn_reason AS reason, hash AS hash, readers AS readers
FROM source_document WHERE id = :id;

-- name: source_next :maybe
SELECT id AS id FROM source_document WHERE id > :after AND readers = :readers AND withdrawn_ms = 0 ORDER BY id LIMIT 1;

-- name: source_state :maybe
SELECT number AS number FROM source_change WHERE id = 1;

-- name: source_changed :none
INSERT INTO source_change (id, number) VALUES (1, 1)
ON CONFLICT (id) DO UPDATE SET number = source_change.number + 1;

-- name: source_withdraw :none
UPDATE source_document SET words = '', hash = x'', withdrawn_ms = :now_ms, withdrawn_reason = $reason
WHERE id = :id AND (withdrawn_ms = 0 OR (withdrawn_reason <> 'opt-out' AND $reason = 'opt-out'));
