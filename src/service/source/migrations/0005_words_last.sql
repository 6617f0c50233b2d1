-- The words stand last in their row: SQLite goes through the 4 MB of a long text to reach a column behind them. A column that
-- is added later goes before them, as here.
CREATE TABLE source_document_new (
    id INTEGER PRIMARY KEY,
    collection TEXT NOT NULL,       -- where it was brought in from: 'fiches-travail', 'crpa', 'ville'
    collection_key TEXT NOT NULL,   -- its name there
    title TEXT NOT NULL,
    authors TEXT NOT NULL,
    publisher TEXT NOT NULL,
    licence TEXT NOT NULL,          -- a code of licence.c
    written_day INTEGER NOT NULL,   -- of the text, in days since 1970; 0: not known
    taken_ms INTEGER NOT NULL,      -- when it was brought in
    link TEXT NOT NULL,
    hash BLOB NOT NULL,             -- SHA-256 of words
    withdrawn_ms INTEGER NOT NULL,  -- 0: it stands
    withdrawn_reason TEXT NOT NULL, -- 'opt-out', 'removed', 'gone'
    readers INTEGER NOT NULL,       -- 0 everybody, 1 the agents of the town alone (source.h)
    words TEXT NOT NULL             -- the text: source.h
) STRICT;
INSERT INTO source_document_new (id, collection, collection_key, title, authors, publisher, licence, written_day, taken_ms,
    link, hash, withdrawn_ms, withdrawn_reason, readers, words)
SELECT id, collection, collection_key, title, authors, publisher, licence, written_day, taken_ms, link, hash, withdrawn_ms,
    withdrawn_reason, readers, words FROM source_document ORDER BY id;
DROP TABLE source_document;
ALTER TABLE source_document_new RENAME TO source_document;
CREATE UNIQUE INDEX source_document_key ON source_document (collection, collection_key);
