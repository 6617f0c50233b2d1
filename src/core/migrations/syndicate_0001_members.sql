-- The members of the syndicate. All truth; small.
CREATE TABLE member (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,      -- short: folder and host label, a-z 0-9 -
    title TEXT NOT NULL,            -- "Beauval"
    kind TEXT NOT NULL,             -- commune epci metropolis department syndicate ccas
    insee TEXT NOT NULL,
    siret TEXT NOT NULL,
    zone TEXT NOT NULL,             -- time zone, "Europe/Paris"
    language TEXT NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;
-- Position 1 is the main domain.
CREATE TABLE member_domain (
    domain TEXT PRIMARY KEY,
    member INTEGER NOT NULL REFERENCES member (id),
    position INTEGER NOT NULL
) STRICT;
CREATE TABLE member_host (
    host TEXT PRIMARY KEY,
    member INTEGER NOT NULL REFERENCES member (id)
) STRICT;
-- until_ms 0: still in. Opting out hides and keeps.
CREATE TABLE member_service (
    member INTEGER NOT NULL REFERENCES member (id),
    service TEXT NOT NULL,
    since_ms INTEGER NOT NULL,
    until_ms INTEGER NOT NULL,
    PRIMARY KEY (member, service, since_ms)
) STRICT;
