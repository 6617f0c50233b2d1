-- What was done with a town's people, settings and data, and by whom: only ever added to. Truth. hash is SHA-256 of the
-- row before and of this one's own content (core/audit.h), so that nothing can be changed or left out unseen.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,         -- 1, 2, 3... without a gap
    at_ms INTEGER NOT NULL,
    person INTEGER NOT NULL,        -- 0: nobody signed in, as on the command line
    mandate INTEGER NOT NULL,       -- 0: none
    actor TEXT NOT NULL,            -- address, or "command"
    kind TEXT NOT NULL,             -- "person.add"
    subject TEXT NOT NULL,          -- whom or what
    detail TEXT NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is only added to'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is only added to'); END;

-- Leave given to an operator to look into this town, by one of its administrators: with a reason, until a day. Truth.
CREATE TABLE mandate (
    id INTEGER PRIMARY KEY,
    operator TEXT NOT NULL,         -- address of the operator, in the syndicate's own member
    reason TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES person (id), -- who gave it
    given_ms INTEGER NOT NULL,
    ends_ms INTEGER NOT NULL,
    ended_ms INTEGER NOT NULL       -- 0: not ended before its time
) STRICT;
