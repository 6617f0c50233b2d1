-- What a town has chosen for all its people. Truth; auth is told by people_task.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
CREATE INDEX audit_kind ON audit (kind, id); -- when was the last backup?
