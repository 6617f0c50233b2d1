-- Documents that an editor has given to be read, until their text stands in source_document, or for a while after it was
-- refused, so that whoever gave it sees why. All truth, none of it worth keeping: the document itself is not here.
CREATE TABLE source_reading (
    id INTEGER PRIMARY KEY,
    file_name TEXT NOT NULL,
    title TEXT NOT NULL,            -- '': the document's own, or its file name
    authors TEXT NOT NULL,
    publisher TEXT NOT NULL,
    licence TEXT NOT NULL,
    written_day INTEGER NOT NULL,
    link TEXT NOT NULL,
    readers INTEGER NOT NULL,       -- source.h
    begun_ms INTEGER NOT NULL,
    source INTEGER NOT NULL,        -- source_document.id once it is read; 0: not yet
    refusal TEXT NOT NULL           -- a code of reading.c; '': not refused
) STRICT;
