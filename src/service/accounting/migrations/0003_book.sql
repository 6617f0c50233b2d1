-- The journal of a town's accounting. Truth: one row for each entry, in the bytes its hash is made of; rows are added,
-- and never changed or taken out.
CREATE TABLE accounting_entry (
    sequence INTEGER PRIMARY KEY,   -- from 1, without a gap
    command BLOB NOT NULL UNIQUE,   -- the id of the command it carries out, 16 bytes
    bytes BLOB NOT NULL,            -- engine/entry.h, one form for each entry
    hash BLOB NOT NULL              -- SHA-256 of the hash before and of the bytes
) STRICT;

-- Derived, all that follow: what the entries come to (`parvis town rebuild` folds them again).
CREATE TABLE accounting_exercise (
    id INTEGER PRIMARY KEY,
    budget TEXT NOT NULL,           -- SIRET of the establishment
    year INTEGER NOT NULL,
    is_closed INTEGER NOT NULL,
    UNIQUE (budget, year)
) STRICT;

CREATE TABLE accounting_number (
    exercise INTEGER NOT NULL REFERENCES accounting_exercise (id),
    kind INTEGER NOT NULL,          -- engine/entry.h, enum entry_series
    series INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (exercise, kind, series)
) STRICT;

CREATE TABLE accounting_cell (
    id INTEGER PRIMARY KEY,
    exercise INTEGER NOT NULL REFERENCES accounting_exercise (id),
    section INTEGER NOT NULL,       -- 0 functioning, 1 investment
    direction INTEGER NOT NULL,     -- 0 expense, 1 receipt
    level TEXT NOT NULL,            -- what is voted: chapter, article or operation
    council INTEGER NOT NULL,       -- cents, as all that follow; below 0: credits opened
    available INTEGER NOT NULL,
    reserved INTEGER NOT NULL,
    ordered INTEGER NOT NULL,
    UNIQUE (exercise, section, direction, level)
) STRICT;

CREATE TABLE accounting_posted (
    sequence INTEGER PRIMARY KEY REFERENCES accounting_entry (sequence),
    exercise INTEGER NOT NULL REFERENCES accounting_exercise (id),
    kind INTEGER NOT NULL,
    number INTEGER NOT NULL,        -- 0: of no series
    series INTEGER NOT NULL,
    day INTEGER NOT NULL,
    instant_ms INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    reference INTEGER NOT NULL,     -- 0: none
    label TEXT NOT NULL,
    print INTEGER NOT NULL,         -- of what it asks
    amount INTEGER NOT NULL,        -- cents, of all its lines
    remains INTEGER NOT NULL        -- cents: of an engagement to order, of a mandat or titre to correct
) STRICT;
CREATE INDEX accounting_posted_of ON accounting_posted (exercise, kind, number);
CREATE INDEX accounting_posted_on ON accounting_posted (reference);

CREATE TABLE accounting_posted_line (
    sequence INTEGER NOT NULL REFERENCES accounting_posted (sequence),
    place INTEGER NOT NULL,         -- among its postings, from 0
    cell INTEGER NOT NULL REFERENCES accounting_cell (id),
    amount INTEGER NOT NULL,
    origin INTEGER NOT NULL,        -- accounts, engine/cell.h
    target INTEGER NOT NULL,
    remains INTEGER NOT NULL,
    PRIMARY KEY (sequence, place)
) STRICT;
CREATE INDEX accounting_posted_line_of ON accounting_posted_line (cell, sequence);
