-- What is searched in. All of it is derived from town.db and the segments: `town rebuild` empties it, and it is fed anew.

-- One row: which code made the tables (search_index.h), and the last email that is in them, by body and email.
CREATE TABLE search_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL,
    body INTEGER NOT NULL,
    email INTEGER NOT NULL
) STRICT;
INSERT INTO search_state VALUES (1, 0, 0, 0);

-- The plain text of an email (language/plain.h): header lines "name: value", and the body.
CREATE TABLE search_text (
    email INTEGER PRIMARY KEY,
    header TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- Emails with more text than is worth an index: they are looked through at each search.
CREATE TABLE search_large (
    email INTEGER PRIMARY KEY
) STRICT;

-- Which emails hold which words; "_budget" stands for words whose stem is "budget".
CREATE VIRTUAL TABLE search_word USING fts5 (
    sender, recipient, copied, subject, body, other, content = '', columnsize = 0, detail = column,
    tokenize = 'ascii tokenchars _'
);

-- Every word once. is_readable 0: seen in column `other` alone.
CREATE TABLE search_vocabulary (
    word TEXT PRIMARY KEY,
    is_readable INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The same words in blocks, "\nbudget\nmairie\n", through which one looks for those that hold some letters. A word may be
-- in a block of each kind.
CREATE TABLE search_block (
    is_readable INTEGER NOT NULL,
    number INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (is_readable, number)
) STRICT;
