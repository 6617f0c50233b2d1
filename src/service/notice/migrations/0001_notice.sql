-- What is on the town's board. All truth: a notice is withdrawn, never deleted.
CREATE TABLE notice (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    words TEXT NOT NULL,            -- plain text
    author INTEGER NOT NULL REFERENCES person (id),
    posted_ms INTEGER NOT NULL,
    ends_ms INTEGER NOT NULL,       -- it leaves the board then
    withdrawn_ms INTEGER NOT NULL   -- 0: not withdrawn
) STRICT;
CREATE INDEX notice_posted ON notice (posted_ms);
