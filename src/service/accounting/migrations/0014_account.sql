-- What the accounts of a year, figures of the town, régies and attestations keep besides. Amounts in cents.

-- Derived: what acts of earlier exercises took back of what is ordered here (contre-passation), so ordered may be below
-- 0 by that and no more.
ALTER TABLE accounting_cell ADD COLUMN reversed INTEGER NOT NULL DEFAULT 0;
UPDATE accounting_cell SET reversed = COALESCE((
    SELECT SUM(line.amount) FROM accounting_posted_line AS line
        JOIN accounting_posted AS posted ON posted.sequence = line.sequence
        JOIN accounting_posted AS origin ON origin.sequence = posted.reference
    WHERE line.cell = accounting_cell.id AND posted.kind IN (7, 9) AND origin.exercise <> posted.exercise), 0);

-- Truth, all that follow. Numbers that a text fixes for a time, added by the town or the operator beside figures.csv.
CREATE TABLE accounting_figure (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL,             -- of figures.csv
    since INTEGER NOT NULL,         -- days
    value INTEGER NOT NULL,         -- in the unit that figures.csv says
    source TEXT NOT NULL,
    added_by INTEGER REFERENCES person (id), -- NULL: the operator
    added_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX accounting_figure_of ON accounting_figure (code, since);

ALTER TABLE accounting_regie ADD COLUMN coin_limit INTEGER NOT NULL DEFAULT 0; -- most cash (numéraire); 0: not said
-- Of what was handed over, cash; -1: not said, and cash went first.
ALTER TABLE accounting_deposit ADD COLUMN cash INTEGER NOT NULL DEFAULT -1;
-- A counter-entry: below 0, of the taking it undoes, with the reason.
ALTER TABLE accounting_taking ADD COLUMN undoes INTEGER REFERENCES accounting_taking (id);
ALTER TABLE accounting_taking ADD COLUMN reason TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX accounting_taking_undone ON accounting_taking (undoes);
-- The same of an attestation; its note is the reason.
ALTER TABLE accounting_attest ADD COLUMN withdraws INTEGER REFERENCES accounting_attest (id);
CREATE UNIQUE INDEX accounting_attest_withdrawn ON accounting_attest (withdraws);
