-- Leave to enter under a mandate, on its way from the syndicate's pages to this member's: one use, two minutes.
CREATE TABLE entry (
    hash BLOB PRIMARY KEY,
    operator TEXT NOT NULL,
    expires_ms INTEGER NOT NULL,
    used_ms INTEGER NOT NULL        -- 0: not yet
) STRICT;
