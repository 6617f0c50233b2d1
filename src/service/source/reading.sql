-- name: reading_add :one
INSERT INTO source_reading (file_name, title, authors, publisher, licence, written_day, link, readers, begun_ms,
    source, refusal, replace)
VALUES ($file_name, $title, $authors, $publisher, $licence, :written_day, $link, :readers, :now_ms, 0, '', :replace)
RETURNING id AS id;

-- name: reading_get :maybe
SELECT file_name, title, authors, publisher, licence, written_day, link, readers, begun_ms, source, refusal, replace
FROM source_reading
WHERE id = :id;

-- name: reading_end :none
UPDATE source_reading SET source = :source, refusal = $refusal WHERE id = :id;

-- name: reading_forget :none
DELETE FROM source_reading WHERE begun_ms < :before_ms;
