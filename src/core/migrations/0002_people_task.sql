-- What auth must still be told about the people of this member: written with the change itself, removed when auth has
-- answered. Truth: a change that auth never hears of would leave somebody with rights they no longer have.
CREATE TABLE people_task (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL,
    kind INTEGER NOT NULL,          -- enum people_task_kind
    role INTEGER NOT NULL,          -- of a person: enum role
    is_active INTEGER NOT NULL,
    address TEXT NOT NULL,
    language TEXT NOT NULL,
    hash BLOB NOT NULL,             -- of an invitation's code
    ends_ms INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    is_done INTEGER NOT NULL        -- the last one stays when it is done, so that no id is given twice
) STRICT;
ALTER TABLE person ADD COLUMN role INTEGER NOT NULL DEFAULT 1; -- enum role; what auth was last told
