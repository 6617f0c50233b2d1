-- The end of a year. All truth. Amounts in cents.

-- What remains to be done of a year (restes à réaliser): what was engaged and is not ordered, line by line, as the list
-- says that was signed; and receipts that are certain and have no titre yet, as they are entered.
CREATE TABLE accounting_remain (
    id INTEGER PRIMARY KEY,
    budget INTEGER NOT NULL REFERENCES accounting_budget (id),
    year INTEGER NOT NULL,
    is_receipt INTEGER NOT NULL,
    engagement INTEGER REFERENCES accounting_engagement (sequence), -- NULL: a receipt
    programme INTEGER NOT NULL,     -- of accounting_programme, which bears it: nothing is carried over; 0
    section INTEGER NOT NULL,
    nature TEXT NOT NULL,
    function TEXT NOT NULL,         -- ''
    operation TEXT NOT NULL,        -- ''
    amount INTEGER NOT NULL,
    party INTEGER REFERENCES accounting_party (id), -- NULL: not known
    object TEXT NOT NULL,
    proof TEXT NOT NULL             -- what makes a receipt certain; ''
) STRICT;
CREATE INDEX accounting_remain_of ON accounting_remain (budget, year, is_receipt);
CREATE INDEX accounting_remain_for ON accounting_remain (engagement);

-- That list, signed.
CREATE TABLE accounting_remain_list (
    id INTEGER PRIMARY KEY,
    budget INTEGER NOT NULL REFERENCES accounting_budget (id),
    year INTEGER NOT NULL,
    day INTEGER NOT NULL,
    signed_by INTEGER NOT NULL REFERENCES person (id),
    signed_ms INTEGER NOT NULL,
    expense INTEGER NOT NULL,       -- sums of what is carried over
    receipt INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX accounting_remain_list_of ON accounting_remain_list (budget, year);

-- Engagements that go on in the next year: what was left of them was released, or ordered by a mandat de rattachement.
CREATE TABLE accounting_carried (
    id INTEGER PRIMARY KEY,
    engagement INTEGER NOT NULL REFERENCES accounting_engagement (sequence),
    entry INTEGER NOT NULL REFERENCES accounting_entry (sequence), -- the release, or the mandat
    amount INTEGER NOT NULL,
    next INTEGER REFERENCES accounting_engagement (sequence) -- engaged again; NULL: not yet
) STRICT;
CREATE UNIQUE INDEX accounting_carried_by ON accounting_carried (entry);
CREATE INDEX accounting_carried_from ON accounting_carried (engagement);
CREATE INDEX accounting_carried_to ON accounting_carried (next);

-- Which programme (AP/CP, AE/CP) an engagement is on.
CREATE TABLE accounting_programme_use (
    engagement INTEGER PRIMARY KEY REFERENCES accounting_engagement (sequence),
    programme INTEGER NOT NULL REFERENCES accounting_programme (id)
) STRICT;
CREATE INDEX accounting_programme_use_of ON accounting_programme_use (programme);
