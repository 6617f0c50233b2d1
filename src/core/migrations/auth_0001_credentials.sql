-- How the people of one member prove who they are. All truth. Nothing here is readable as a password: verifiers are
-- Argon2id, tokens and application passwords keyed BLAKE2b, second-factor secrets sealed with the house's key.
CREATE TABLE credential (
    person INTEGER PRIMARY KEY,     -- id in town.db
    address TEXT NOT NULL UNIQUE,   -- lower case
    role INTEGER NOT NULL,          -- enum role
    is_active INTEGER NOT NULL,
    verifier TEXT NOT NULL,         -- '': no password yet
    second_secret BLOB NOT NULL,    -- sealed; empty: none
    is_second_on INTEGER NOT NULL,
    second_step INTEGER NOT NULL,   -- last 30 s step used: no code works twice
    language TEXT NOT NULL,         -- '' or fr or en
    changed_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE recovery_code (
    hash BLOB PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES credential (person),
    used_ms INTEGER NOT NULL        -- 0: still good
) STRICT;
CREATE INDEX recovery_code_person ON recovery_code (person);
-- Browsers, mail programs with an application password, and the account password used for mail: one table, so that
-- each has a number a ticket can carry and a person can end.
CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL,        -- 0: an operator under a mandate
    kind INTEGER NOT NULL,          -- enum session_kind
    token BLOB NOT NULL UNIQUE,     -- hash
    form_token TEXT NOT NULL,
    label TEXT NOT NULL,            -- the device, or the name given to an application password
    remote TEXT NOT NULL,           -- where from, last time
    address TEXT NOT NULL,          -- of the operator under a mandate, else ''
    mandate INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    seen_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    ended_ms INTEGER NOT NULL       -- 0: open
) STRICT;
CREATE INDEX session_person ON session (person);
CREATE INDEX session_ended ON session (ended_ms);
-- Failed attempts of an account or of a client's address; they fade with time.
CREATE TABLE failure (
    who TEXT PRIMARY KEY,
    number INTEGER NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;
-- From where a person has signed in before: these are never shut out by somebody else's failures.
CREATE TABLE familiar (
    person INTEGER NOT NULL,
    remote TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (person, remote)
) STRICT;
-- Invitations and resets: one use, a few days.
CREATE TABLE invitation (
    hash BLOB PRIMARY KEY,
    person INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    used_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE mandate (
    id INTEGER PRIMARY KEY,         -- id in town.db
    operator TEXT NOT NULL,
    ends_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
