-- name: source_export :each
SELECT collection AS collection, collection_key AS key, title AS title, authors AS authors, publisher AS publisher,
    licence AS licence, written_day AS written_day, taken_ms AS taken_ms, link AS link, words AS words,
    withdrawn_ms AS withdrawn_ms, withdrawn_reason AS reason, readers AS readers
FROM source_document ORDER BY id;

-- name: source_export_add :none
INSERT INTO source_document (collection, collection_key, title, authors, publisher, licence, written_day, taken_ms, link,
    hash, words, withdrawn_ms, withdrawn_reason, readers)
VALUES ($collection, $key, $title, $authors, $publisher, $licence, :written_day, :taken_ms, $link, @hash, $words,
    :withdrawn_ms, $reason, :readers);
