-- The people of one member and their addresses. All truth.
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,   -- lower case
    display_name TEXT NOT NULL,
    department TEXT NOT NULL,
    language TEXT NOT NULL,         -- '' or fr or en
    is_active INTEGER NOT NULL,
    quota_bytes INTEGER NOT NULL,   -- 0: none
    created_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE alias (
    address TEXT PRIMARY KEY,       -- lower case
    person INTEGER NOT NULL REFERENCES person (id)
) STRICT;
CREATE INDEX alias_person ON alias (person);
CREATE TABLE person_group (
    id INTEGER PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL
) STRICT;
CREATE TABLE group_member (
    person_group INTEGER NOT NULL REFERENCES person_group (id),
    person INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (person_group, person)
) STRICT;
CREATE INDEX group_member_person ON group_member (person);
