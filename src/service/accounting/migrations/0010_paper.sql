-- Derived: the words of what acts of the journal are about, as they are looked for (`parvis town rebuild` makes them anew).
CREATE TABLE accounting_word (
    word TEXT NOT NULL,             -- folded: no accents, no capitals
    sequence INTEGER NOT NULL REFERENCES accounting_entry (sequence),
    PRIMARY KEY (word, sequence)
) STRICT, WITHOUT ROWID;

-- Truth, all that follows. What was done with an object that keeps no such row elsewhere; only added to.
CREATE TABLE accounting_deed (
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,          -- of the object: story/story.h
    object INTEGER NOT NULL,        -- its number
    deed TEXT NOT NULL,             -- "accounting.bill_match": as the audit log has acts
    at_ms INTEGER NOT NULL,
    person INTEGER REFERENCES person (id), -- NULL: on the command line
    detail TEXT NOT NULL            -- ''
) STRICT;
CREATE INDEX accounting_deed_of ON accounting_deed (kind, object);

-- The inventory (état de l’actif). Amounts in cents.
CREATE TABLE accounting_asset (
    id INTEGER PRIMARY KEY,
    budget INTEGER NOT NULL REFERENCES accounting_budget (id),
    number TEXT NOT NULL,           -- of the inventory
    label TEXT NOT NULL,
    nature TEXT NOT NULL,           -- account of class 2
    kind TEXT NOT NULL,             -- what the law sets a ceiling for (asset/asset.h); ''
    commissioned INTEGER NOT NULL,  -- days
    cost INTEGER NOT NULL,
    years INTEGER NOT NULL,         -- 0: it is not depreciated
    basis INTEGER NOT NULL,         -- asset/asset.h
    before INTEGER NOT NULL,        -- depreciated before it was taken over, as the former software says
    before_year INTEGER NOT NULL,   -- until the end of that year; 0: nothing
    piece INTEGER REFERENCES accounting_piece (sequence), -- the mandat that paid it; NULL: by hand, or taken over
    gone INTEGER NOT NULL,          -- days: sold or scrapped; 0: it is there
    price INTEGER NOT NULL          -- of the sale
) STRICT;
CREATE UNIQUE INDEX accounting_asset_number ON accounting_asset (budget, number);
CREATE INDEX accounting_asset_piece ON accounting_asset (piece);

-- What a year was charged with an asset.
CREATE TABLE accounting_charge (
    asset INTEGER NOT NULL REFERENCES accounting_asset (id),
    year INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    piece INTEGER NOT NULL REFERENCES accounting_piece (sequence), -- the mandat of the year
    PRIMARY KEY (asset, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE accounting_loan (
    id INTEGER PRIMARY KEY,
    budget INTEGER NOT NULL REFERENCES accounting_budget (id),
    number TEXT NOT NULL,           -- of the contract
    label TEXT NOT NULL,
    lender INTEGER NOT NULL REFERENCES accounting_party (id),
    profile INTEGER NOT NULL,       -- debt/debt.h
    borrowed INTEGER NOT NULL,
    rate INTEGER NOT NULL,          -- millionths a year
    a_year INTEGER NOT NULL,
    count INTEGER NOT NULL,
    first INTEGER NOT NULL,         -- days: when the first instalment is due
    signed INTEGER NOT NULL         -- days: of the contract
) STRICT;
CREATE UNIQUE INDEX accounting_loan_number ON accounting_loan (budget, number);

-- The bank's own schedule, where the town has it: then it is the one that counts.
CREATE TABLE accounting_instalment (
    loan INTEGER NOT NULL REFERENCES accounting_loan (id),
    place INTEGER NOT NULL,         -- from 1
    due INTEGER NOT NULL,
    interest INTEGER NOT NULL,
    capital INTEGER NOT NULL,
    PRIMARY KEY (loan, place)
) STRICT, WITHOUT ROWID;

-- Instalments that were ordered.
CREATE TABLE accounting_repaid (
    loan INTEGER NOT NULL REFERENCES accounting_loan (id),
    place INTEGER NOT NULL,
    piece INTEGER NOT NULL REFERENCES accounting_piece (sequence),
    PRIMARY KEY (loan, place)
) STRICT, WITHOUT ROWID;

-- For what is looked for: by amount, day, account, supplier and number.
CREATE INDEX accounting_posted_amount ON accounting_posted (amount);
CREATE INDEX accounting_posted_day ON accounting_posted (day);
CREATE INDEX accounting_imputation_nature ON accounting_imputation (nature, sequence);
CREATE INDEX accounting_piece_party ON accounting_piece (party);
CREATE INDEX accounting_engagement_party ON accounting_engagement (party);
CREATE INDEX accounting_bill_number ON accounting_bill (number);
CREATE INDEX accounting_bill_gross ON accounting_bill (gross);
CREATE INDEX accounting_party_bank_state ON accounting_party_bank (state);
