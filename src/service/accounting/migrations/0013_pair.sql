-- Truth. A pair (opération d’ordre): the mandat and the titre that one operation of order makes, both or none.
CREATE TABLE accounting_pair (
    id INTEGER PRIMARY KEY,
    expense INTEGER NOT NULL REFERENCES accounting_piece (sequence), -- the mandat
    receipt INTEGER NOT NULL REFERENCES accounting_piece (sequence), -- the titre
    kind TEXT NOT NULL,             -- internal/pairs.csv
    asset INTEGER REFERENCES accounting_asset (id) -- that it is about; NULL: none, or many
) STRICT;
CREATE UNIQUE INDEX accounting_pair_expense ON accounting_pair (expense);
CREATE UNIQUE INDEX accounting_pair_receipt ON accounting_pair (receipt);
CREATE INDEX accounting_pair_asset ON accounting_pair (asset);

-- Depreciation that was charged before: its titre is the next act of its mandat, of the same job.
INSERT INTO accounting_pair (expense, receipt, kind)
SELECT charged.sequence, titled.sequence, 'depreciation'
FROM accounting_piece AS charged JOIN accounting_piece AS titled ON titled.sequence = charged.sequence + 1
WHERE charged.type = '03' AND charged.is_receipt = 0 AND titled.type = '03' AND titled.is_receipt = 1
    AND titled.object = charged.object
    AND EXISTS (SELECT 1 FROM accounting_charge WHERE accounting_charge.piece = charged.sequence);

-- Truth. From that due day on the loan bears another rate (révision).
CREATE TABLE accounting_loan_rate (
    loan INTEGER NOT NULL REFERENCES accounting_loan (id),
    since INTEGER NOT NULL,         -- days
    rate INTEGER NOT NULL,          -- millionths a year
    PRIMARY KEY (loan, since)
) STRICT, WITHOUT ROWID;

-- Truth. Interest run on 31 December and not due (ICNE), attached to its year.
CREATE TABLE accounting_accrued (
    loan INTEGER NOT NULL REFERENCES accounting_loan (id),
    year INTEGER NOT NULL,
    piece INTEGER NOT NULL REFERENCES accounting_piece (sequence), -- the mandat de rattachement
    PRIMARY KEY (loan, year)
) STRICT, WITHOUT ROWID;
