-- Invoices that came in a file, and what became of documents beside a piece. All truth.

-- A file of invoices, as it came.
CREATE TABLE accounting_inbound (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    person INTEGER REFERENCES person (id), -- NULL: on the command line
    state INTEGER NOT NULL,         -- 0 being read, 1 read, 2 refused
    said TEXT NOT NULL,             -- why it was refused; ''
    size INTEGER NOT NULL,
    file BLOB NOT NULL              -- empty where it was refused
) STRICT;
CREATE INDEX accounting_inbound_size ON accounting_inbound (size);

-- What became of each invoice of it, from 1.
CREATE TABLE accounting_inbound_line (
    inbound INTEGER NOT NULL REFERENCES accounting_inbound (id),
    place INTEGER NOT NULL,
    number TEXT NOT NULL,
    bill INTEGER REFERENCES accounting_bill (id), -- NULL: it was not taken
    outcome INTEGER NOT NULL,       -- 0 added, 1 there already, 2 not taken
    said TEXT NOT NULL,             -- why not; ''
    PRIMARY KEY (inbound, place)
) STRICT;

ALTER TABLE accounting_bill ADD COLUMN inbound INTEGER REFERENCES accounting_inbound (id); -- its file; NULL: by hand
ALTER TABLE accounting_bill ADD COLUMN asked TEXT NOT NULL DEFAULT ''; -- the engagement it gives, in the supplier's words
ALTER TABLE accounting_bill ADD COLUMN service TEXT NOT NULL DEFAULT ''; -- code of a service, likewise
ALTER TABLE accounting_bill ADD COLUMN origin TEXT NOT NULL DEFAULT ''; -- of a credit note: number of its invoice

-- What the accountant said of a document: 0 nothing, 1 accepted, 2 refused.
ALTER TABLE accounting_document_of ADD COLUMN state INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounting_document_of ADD COLUMN said TEXT NOT NULL DEFAULT '';
ALTER TABLE accounting_document_of ADD COLUMN about TEXT NOT NULL DEFAULT ''; -- what it is, in words
ALTER TABLE accounting_document_of ADD COLUMN bill INTEGER REFERENCES accounting_bill (id); -- the bytes are its file; NULL: own
