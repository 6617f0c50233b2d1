-- Subjects that no text answers, counted without saying who asked or what (decision 14). All truth, and none of it kept
-- longer than 90 days.
CREATE TABLE assistant_refused (
    subject BLOB NOT NULL,          -- keyed hash of at most three stems of a question
    asker BLOB NOT NULL,            -- keyed hash of who asked, of one day; its key was in memory alone
    day INTEGER NOT NULL,           -- in days since 1970
    PRIMARY KEY (subject, asker)
) STRICT, WITHOUT ROWID;
CREATE INDEX assistant_refused_asker ON assistant_refused (asker);
CREATE INDEX assistant_refused_day ON assistant_refused (day);
-- The words of a subject that five have asked, from the fifth's own question.
CREATE TABLE assistant_subject (
    subject BLOB PRIMARY KEY NOT NULL,
    words TEXT NOT NULL,
    day INTEGER NOT NULL            -- of the newest question
) STRICT;
-- The key of subjects.
CREATE TABLE assistant_key (
    id INTEGER PRIMARY KEY,         -- 1
    bytes BLOB NOT NULL
) STRICT;
