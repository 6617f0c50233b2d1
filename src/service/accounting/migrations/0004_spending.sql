-- Spending and receiving: what acts of the journal are about. All truth. Amounts in cents.

-- Acts whose credits were opened.
CREATE TABLE accounting_opening (
    act INTEGER PRIMARY KEY REFERENCES accounting_act (id),
    sequence INTEGER NOT NULL REFERENCES accounting_entry (sequence),
    budget INTEGER NOT NULL REFERENCES accounting_budget (id),
    year INTEGER NOT NULL,
    functioning_by_article INTEGER NOT NULL, -- how credits are voted (NatVote); 0: by chapter
    investment_by_article INTEGER NOT NULL
) STRICT;
CREATE INDEX accounting_opening_of ON accounting_opening (budget, year);

-- What an act of the journal is charged to, line by line; its sums by level are the entry's postings.
CREATE TABLE accounting_imputation (
    sequence INTEGER NOT NULL REFERENCES accounting_entry (sequence),
    place INTEGER NOT NULL,         -- from 1
    nature TEXT NOT NULL,
    function TEXT NOT NULL,         -- ''
    operation TEXT NOT NULL,        -- ''
    level TEXT NOT NULL,
    section INTEGER NOT NULL,
    net INTEGER NOT NULL,           -- without tax
    tax INTEGER NOT NULL,           -- 0 where the budget bears tax in its amounts
    PRIMARY KEY (sequence, place)
) STRICT;

CREATE TABLE accounting_engagement (
    sequence INTEGER PRIMARY KEY REFERENCES accounting_entry (sequence),
    budget INTEGER NOT NULL REFERENCES accounting_budget (id),
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    party INTEGER REFERENCES accounting_party (id), -- NULL: not known yet
    unit INTEGER REFERENCES accounting_unit (id),
    object TEXT NOT NULL,
    reference TEXT NOT NULL         -- of the market or the order; ''
) STRICT;
CREATE INDEX accounting_engagement_of ON accounting_engagement (budget, year, number);

-- That what was ordered was done (service fait).
CREATE TABLE accounting_attest (
    id INTEGER PRIMARY KEY,
    engagement INTEGER NOT NULL REFERENCES accounting_engagement (sequence),
    day INTEGER NOT NULL,           -- on which it was done
    amount INTEGER NOT NULL,        -- of what was done, with tax
    person INTEGER NOT NULL REFERENCES person (id),
    at_ms INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX accounting_attest_of ON accounting_attest (engagement);

CREATE TABLE accounting_bill (
    id INTEGER PRIMARY KEY,
    budget INTEGER NOT NULL REFERENCES accounting_budget (id),
    party INTEGER NOT NULL REFERENCES accounting_party (id),
    number TEXT NOT NULL,           -- as the supplier gives it
    form TEXT NOT NULL,             -- pivot, ubl, cii, '' (by hand)
    is_credit INTEGER NOT NULL,     -- a credit note
    issued INTEGER NOT NULL,        -- days
    received INTEGER NOT NULL,      -- the payment delay begins
    net INTEGER NOT NULL,
    tax INTEGER NOT NULL,
    gross INTEGER NOT NULL,
    engagement INTEGER REFERENCES accounting_engagement (sequence), -- NULL: not matched yet
    state INTEGER NOT NULL,         -- 0 to deal with, 1 sent back, 2 ordered
    reason TEXT NOT NULL,           -- why it was sent back or waits; ''
    notified INTEGER NOT NULL,      -- the delay was interrupted that day; 0: never
    completed INTEGER NOT NULL,     -- what was missing came; 0: not yet
    iban TEXT NOT NULL,             -- as it says; ''
    file_name TEXT NOT NULL,
    file BLOB NOT NULL              -- as it came; empty: by hand
) STRICT;
CREATE UNIQUE INDEX accounting_bill_once ON accounting_bill (party, number, issued);
CREATE INDEX accounting_bill_state ON accounting_bill (state, received);
CREATE INDEX accounting_bill_for ON accounting_bill (engagement);

-- Bordereaux: pieces that go to the accountant together, under one signature.
CREATE TABLE accounting_slip (
    id INTEGER PRIMARY KEY,
    budget INTEGER NOT NULL REFERENCES accounting_budget (id),
    year INTEGER NOT NULL,
    is_receipt INTEGER NOT NULL,
    type TEXT NOT NULL,             -- TypBord of PES V2
    number INTEGER NOT NULL,        -- from 1 without a gap, of budget, year, direction and type
    day INTEGER NOT NULL,
    made_by INTEGER NOT NULL REFERENCES person (id),
    state INTEGER NOT NULL,         -- 0 to sign, 1 signed, 2 sent, 3 accepted, 4 refused
    file_name TEXT NOT NULL,        -- NomFic; '' before it is written
    file BLOB NOT NULL,             -- the PES file that was signed; empty before
    signed_by INTEGER REFERENCES person (id),
    signed_ms INTEGER NOT NULL,     -- 0: not yet
    answered_ms INTEGER NOT NULL,   -- 0: not yet
    answer TEXT NOT NULL            -- what the accountant's system said; ''
) STRICT;
CREATE UNIQUE INDEX accounting_slip_number ON accounting_slip (budget, year, is_receipt, type, number);

-- Mandats and titres.
CREATE TABLE accounting_piece (
    sequence INTEGER PRIMARY KEY REFERENCES accounting_entry (sequence),
    budget INTEGER NOT NULL REFERENCES accounting_budget (id),
    year INTEGER NOT NULL,
    is_receipt INTEGER NOT NULL,
    number INTEGER NOT NULL,
    type TEXT NOT NULL,             -- TypPce of PES V2
    nature TEXT NOT NULL,           -- NatPce
    day INTEGER NOT NULL,
    party INTEGER REFERENCES accounting_party (id), -- NULL: an operation of order
    bank INTEGER REFERENCES accounting_party_bank (id), -- paid on; NULL: not by transfer
    bill INTEGER REFERENCES accounting_bill (id),
    engagement INTEGER REFERENCES accounting_engagement (sequence),
    unit INTEGER REFERENCES accounting_unit (id),
    object TEXT NOT NULL,
    product TEXT NOT NULL,          -- of a titre: code of the local product (CodProdLoc), 4 letters or digits; ''
    origin INTEGER REFERENCES accounting_piece (sequence), -- the piece it corrects
    due INTEGER NOT NULL,           -- last day of the payment delay; 0: none
    slip INTEGER REFERENCES accounting_slip (id),
    place INTEGER NOT NULL,         -- in its slip, from 1
    state INTEGER NOT NULL,         -- 0 ordered, 1 taken in charge, 2 refused, 3 paid: as the accountant says
    stated_day INTEGER NOT NULL,    -- on which the accountant said so; 0
    said TEXT NOT NULL              -- the accountant's words; ''
) STRICT;
CREATE UNIQUE INDEX accounting_piece_number ON accounting_piece (budget, year, is_receipt, number);
CREATE INDEX accounting_piece_in ON accounting_piece (slip, place);
CREATE INDEX accounting_piece_for ON accounting_piece (bill);
CREATE INDEX accounting_piece_on ON accounting_piece (origin);

-- Documents that go along with a piece (pièces justificatives).
CREATE TABLE accounting_document_of (
    id INTEGER PRIMARY KEY,
    piece INTEGER NOT NULL REFERENCES accounting_piece (sequence),
    name TEXT NOT NULL,
    type TEXT NOT NULL,             -- TypePJ of PES V2
    bytes BLOB NOT NULL
) STRICT;
CREATE INDEX accounting_document_of_piece ON accounting_document_of (piece);
