-- Receipts: titres of a list, notices, money that moved before its piece, régies. All truth. Amounts in cents.

-- A list of titres that came as a CSV (canteen, rents).
CREATE TABLE accounting_batch (
    id INTEGER PRIMARY KEY,
    budget INTEGER NOT NULL REFERENCES accounting_budget (id),
    year INTEGER NOT NULL,
    label TEXT NOT NULL,            -- « Cantine, novembre 2026 »
    day INTEGER NOT NULL,           -- of its titres
    unit INTEGER REFERENCES accounting_unit (id),
    command BLOB NOT NULL,          -- 16 bytes; those of its titres are made of them
    file_name TEXT NOT NULL,
    file BLOB NOT NULL,             -- as it came
    brought_by INTEGER NOT NULL REFERENCES person (id),
    brought_ms INTEGER NOT NULL,
    state INTEGER NOT NULL,         -- 0 being read, 1 with faults, 2 ready, 3 being made, 4 made, 5 stopped, 6 dropped
    read_from INTEGER NOT NULL,     -- byte of its text, in UTF-8, where reading goes on
    read_line INTEGER NOT NULL,     -- and the line
    pressed_by INTEGER REFERENCES person (id),
    pressed_ms INTEGER NOT NULL,    -- 0: not yet
    said TEXT NOT NULL              -- why it stopped; ''
) STRICT;
CREATE UNIQUE INDEX accounting_batch_command ON accounting_batch (command);
CREATE INDEX accounting_batch_of ON accounting_batch (budget, year, id);
CREATE INDEX accounting_batch_at_work ON accounting_batch (state, id);

CREATE TABLE accounting_batch_row (
    batch INTEGER NOT NULL REFERENCES accounting_batch (id),
    place INTEGER NOT NULL,         -- from 1
    line INTEGER NOT NULL,          -- of the file
    party_text TEXT NOT NULL,       -- as the file names it
    party INTEGER REFERENCES accounting_party (id), -- NULL: not found
    object TEXT NOT NULL,
    nature TEXT NOT NULL,
    function TEXT NOT NULL,
    product TEXT NOT NULL,
    amount INTEGER NOT NULL,
    basis TEXT NOT NULL,            -- what it was reckoned from; ''
    fault TEXT NOT NULL,            -- what is wrong, in French; ''
    sequence INTEGER REFERENCES accounting_piece (sequence), -- its titre; NULL: not made yet
    PRIMARY KEY (batch, place)
) STRICT;
CREATE INDEX accounting_batch_row_twin ON accounting_batch_row (party, object, amount);
CREATE INDEX accounting_batch_row_piece ON accounting_batch_row (sequence);

-- What the amount of a titre was reckoned from (bases de la liquidation).
CREATE TABLE accounting_basis (
    sequence INTEGER PRIMARY KEY REFERENCES accounting_piece (sequence),
    words TEXT NOT NULL
) STRICT;

-- What stands on each notice (avis des sommes à payer) of a budget.
CREATE TABLE accounting_notice (
    budget INTEGER PRIMARY KEY REFERENCES accounting_budget (id),
    desk TEXT NOT NULL,             -- who answers questions: name, address, telephone
    pay_to TEXT NOT NULL,           -- the accountant's post, and how to pay
    online TEXT NOT NULL,           -- address of the page to pay on; ''
    online_code TEXT NOT NULL,      -- of the town there (PayFiP); ''
    court TEXT NOT NULL             -- before which the titre is contested
) STRICT;

-- Money that came or went before its titre or mandat: the accountant's list (P503).
CREATE TABLE accounting_suspense (
    id INTEGER PRIMARY KEY,
    budget INTEGER NOT NULL REFERENCES accounting_budget (id),
    year INTEGER NOT NULL,
    is_receipt INTEGER NOT NULL,
    number INTEGER NOT NULL,        -- as the accountant has it (IdPce of TypPce 13), up to 13 digits
    day INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    payer TEXT NOT NULL,            -- who paid, or was paid, as the accountant says
    label TEXT NOT NULL,
    third_account TEXT NOT NULL,    -- CpteTiers, which the piece repeats; ''
    source INTEGER NOT NULL,        -- 0 by hand, 1 a CSV, 2 a PES_Retour
    entered_by INTEGER NOT NULL REFERENCES person (id),
    entered_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX accounting_suspense_number ON accounting_suspense (budget, year, is_receipt, number);

CREATE TABLE accounting_suspense_piece (
    sequence INTEGER PRIMARY KEY REFERENCES accounting_piece (sequence),
    suspense INTEGER NOT NULL REFERENCES accounting_suspense (id)
) STRICT;
CREATE INDEX accounting_suspense_piece_of ON accounting_suspense_piece (suspense);

CREATE TABLE accounting_regie (
    id INTEGER PRIMARY KEY,
    budget INTEGER NOT NULL REFERENCES accounting_budget (id),
    code TEXT NOT NULL,             -- IdRegie: at most ten characters
    name TEXT NOT NULL,
    kind INTEGER NOT NULL,          -- 1 receipts, 2 advance, 3 both
    act TEXT NOT NULL,              -- reference of the act of creation
    act_day INTEGER NOT NULL,
    ended INTEGER NOT NULL,         -- last day; 0: it goes on
    cash_limit INTEGER NOT NULL,    -- most that may be held (plafond d'encaisse); 0: none said
    advance_limit INTEGER NOT NULL, -- 0: none
    deposit_days INTEGER NOT NULL,  -- what is held is handed over at least so often; 0: not said
    holder TEXT NOT NULL,           -- the régisseur
    deputy TEXT NOT NULL,           -- ''
    party INTEGER REFERENCES accounting_party (id), -- debtor of its titres; NULL: of advances alone
    nature TEXT NOT NULL,           -- account of its income; ''
    function TEXT NOT NULL,
    product TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX accounting_regie_code ON accounting_regie (budget, code);

CREATE TABLE accounting_taking (
    id INTEGER PRIMARY KEY,
    regie INTEGER NOT NULL REFERENCES accounting_regie (id),
    day INTEGER NOT NULL,
    kind TEXT NOT NULL,             -- « entrées », « goûters »
    means INTEGER NOT NULL,         -- 1 cash, 2 cheque, 3 card, 4 online
    amount INTEGER NOT NULL,
    entered_by INTEGER NOT NULL REFERENCES person (id),
    entered_ms INTEGER NOT NULL,
    sequence INTEGER REFERENCES accounting_piece (sequence) -- the titre that has it; NULL: none yet
) STRICT;
CREATE INDEX accounting_taking_of ON accounting_taking (regie, day);
CREATE INDEX accounting_taking_piece ON accounting_taking (sequence);

-- What a régie handed over to the accountant.
CREATE TABLE accounting_deposit (
    id INTEGER PRIMARY KEY,
    regie INTEGER NOT NULL REFERENCES accounting_regie (id),
    day INTEGER NOT NULL,
    amount INTEGER NOT NULL,        -- cash and cheques
    reference TEXT NOT NULL,        -- of the receipt; ''
    entered_by INTEGER NOT NULL REFERENCES person (id),
    entered_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX accounting_deposit_of ON accounting_deposit (regie, day);
