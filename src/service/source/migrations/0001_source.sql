-- Texts a town answers from, with whose they are. All truth. A text whose right holder, or editor, takes it back keeps its
-- row without its words: bringing the same collection in again does not bring it back.
CREATE TABLE source_document (
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
    words TEXT NOT NULL,            -- the text: source_text.h
    withdrawn_ms INTEGER NOT NULL,  -- 0: it stands
    withdrawn_reason TEXT NOT NULL  -- 'opt-out', 'removed'
) STRICT;
CREATE UNIQUE INDEX source_document_key ON source_document (collection, collection_key);
-- How often what may be searched has changed: whoever keeps an index compares it.
CREATE TABLE source_change (
    id INTEGER PRIMARY KEY,         -- 1
    number INTEGER NOT NULL
) STRICT;
