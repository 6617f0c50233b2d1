-- Who may do what in accounting, the town's services and who signs for them, third parties and their accounts. All truth.
CREATE TABLE accounting_right (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    rights INTEGER NOT NULL         -- bits of right.h; no row: what the person's role gives
) STRICT;

CREATE TABLE accounting_setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE accounting_unit (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,      -- as on orders and invoices
    name TEXT NOT NULL,
    is_active INTEGER NOT NULL
) STRICT;

-- The ordonnateur, and whom signature was delegated to. One that ended stays.
CREATE TABLE accounting_signatory (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    unit INTEGER REFERENCES accounting_unit (id), -- NULL: all
    rights INTEGER NOT NULL,        -- bits of right.h: what may be signed
    limit_cents INTEGER NOT NULL,   -- of one act; 0: none
    since_day INTEGER NOT NULL,
    until_day INTEGER NOT NULL,     -- the last one; 0: not ended
    is_head INTEGER NOT NULL,       -- 1: the ordonnateur, by law and not by an arrêté
    reference TEXT NOT NULL         -- of the arrêté; ''
) STRICT;
CREATE INDEX accounting_signatory_of ON accounting_signatory (person);

CREATE TABLE accounting_party (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    complement TEXT NOT NULL,       -- of the name
    title TEXT NOT NULL,            -- M, MME; of a natural person
    first_name TEXT NOT NULL,
    id_kind TEXT NOT NULL,          -- NatIdTiers of PES; ''
    id_number TEXT NOT NULL,
    category TEXT NOT NULL,         -- CatTiers
    nature TEXT NOT NULL,           -- NatJur
    street_before TEXT NOT NULL,    -- Adr1: flat, floor, building
    street TEXT NOT NULL,           -- Adr2
    street_after TEXT NOT NULL,     -- Adr3: hamlet, post box
    postcode TEXT NOT NULL,
    place TEXT NOT NULL,
    country TEXT NOT NULL,          -- three digits of INSEE; '': France
    mail TEXT NOT NULL,
    phone TEXT NOT NULL,
    is_active INTEGER NOT NULL,
    folded TEXT NOT NULL            -- derived: names and number as they are looked for
) STRICT;
CREATE UNIQUE INDEX accounting_party_number ON accounting_party (id_kind, id_number) WHERE id_number <> '';
CREATE INDEX accounting_party_folded ON accounting_party (folded);

-- What became of each field; only added to.
CREATE TABLE accounting_party_change (
    id INTEGER PRIMARY KEY,
    party INTEGER NOT NULL REFERENCES accounting_party (id),
    at_ms INTEGER NOT NULL,
    person INTEGER REFERENCES person (id), -- NULL: on the command line
    field TEXT NOT NULL,            -- column of accounting_party
    before TEXT NOT NULL,
    after TEXT NOT NULL
) STRICT;
CREATE INDEX accounting_party_change_of ON accounting_party_change (party);

-- Accounts a party is paid on: at most one that is held, at most one that is confirmed. None is ever deleted.
CREATE TABLE accounting_party_bank (
    id INTEGER PRIMARY KEY,
    party INTEGER NOT NULL REFERENCES accounting_party (id),
    iban TEXT NOT NULL,
    bic TEXT NOT NULL,              -- ''
    holder TEXT NOT NULL,
    source TEXT NOT NULL,           -- where it was read: invoice, letter; ''
    state INTEGER NOT NULL,         -- 0 held, 1 confirmed, 2 refused, 3 replaced by a later one
    entered_by INTEGER REFERENCES person (id), -- NULL: on the command line
    entered_ms INTEGER NOT NULL,
    decided_by INTEGER REFERENCES person (id), -- NULL: not yet
    decided_ms INTEGER NOT NULL     -- 0: not yet
) STRICT;
CREATE INDEX accounting_party_bank_of ON accounting_party_bank (party, state);
CREATE INDEX accounting_party_bank_iban ON accounting_party_bank (iban);
