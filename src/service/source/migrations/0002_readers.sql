-- Who may read a text: 0 everybody, 1 the agents of the town alone (source.h).
ALTER TABLE source_document ADD COLUMN readers INTEGER NOT NULL DEFAULT 0;
