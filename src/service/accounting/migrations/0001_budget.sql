-- A town's budgets and their acts. All truth: an act that came in again replaces the former one whole.
CREATE TABLE accounting_budget (
    id INTEGER PRIMARY KEY,
    siret TEXT NOT NULL UNIQUE,     -- of the establishment, 14 digits
    label TEXT NOT NULL,
    kind TEXT NOT NULL              -- P: main, A: annex, '': not said
) STRICT;

-- The file acts came in, without their lines; what this program knows nothing of goes out again as it came.
CREATE TABLE accounting_document (
    id INTEGER PRIMARY KEY,
    frame TEXT NOT NULL,            -- XML
    taken_ms INTEGER NOT NULL,
    is_whole INTEGER NOT NULL       -- 0: its lines are still coming
) STRICT;

CREATE TABLE accounting_act (
    id INTEGER PRIMARY KEY,
    budget INTEGER NOT NULL REFERENCES accounting_budget (id),
    document INTEGER NOT NULL REFERENCES accounting_document (id),
    place INTEGER NOT NULL,         -- among the budgets of its document, from 0
    year INTEGER NOT NULL,
    kind TEXT NOT NULL,             -- NatDec: 01 primitive, 02 amending, 03 supplementary, 09 account, 10 CFU
    number TEXT NOT NULL,           -- of an amending one; ''
    nomenclature TEXT NOT NULL,
    decided_day INTEGER NOT NULL,   -- 0: not said
    is_draft INTEGER NOT NULL
) STRICT;
CREATE INDEX accounting_act_of ON accounting_act (budget, year, kind, number);
CREATE INDEX accounting_act_in ON accounting_act (document);

CREATE TABLE accounting_line (
    id INTEGER PRIMARY KEY,
    act INTEGER NOT NULL REFERENCES accounting_act (id),
    place INTEGER NOT NULL,         -- in its document, from 1
    nature TEXT NOT NULL,           -- '': a sum, in the file of a CFU
    function TEXT NOT NULL,
    operation TEXT NOT NULL,
    chapter TEXT NOT NULL,          -- as written; ''
    function_chapter TEXT NOT NULL,
    operation_chapter TEXT NOT NULL,
    group_chapter TEXT NOT NULL,    -- where it is counted: as written, else that of its account
    direction INTEGER NOT NULL,     -- 0 expense, 1 receipt
    kind INTEGER NOT NULL,          -- 0 real, 1 order between sections, 2 within one
    section INTEGER NOT NULL,       -- 0 functioning, 1 investment, 2 neither
    has INTEGER NOT NULL,           -- bit n: the amount n is said (docbudg.h)
    previous INTEGER NOT NULL,      -- cents, as all that follow
    carried INTEGER NOT NULL,
    proposed INTEGER NOT NULL,
    voted INTEGER NOT NULL,
    opened INTEGER NOT NULL,
    done INTEGER NOT NULL,
    remaining INTEGER NOT NULL,
    extra TEXT NOT NULL             -- XML of what else it says; ''
) STRICT;
CREATE UNIQUE INDEX accounting_line_of ON accounting_line (act, place);
