-- name: source_import_standing :many
SELECT id AS id, collection_key AS key FROM source_document
WHERE collection = $collection AND id > :after AND withdrawn_ms = 0 ORDER BY id LIMIT 200;
