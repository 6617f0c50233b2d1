-- A month's pay. All is truth but the columns of payroll_slip that say so. Amounts in cents, rates in millionths. An agent is
-- a number and a code (matricule), both of the service staff. Nothing that a payslip was made from is changed or deleted: a row has
-- since when it is known, and until when, so that what was known at a moment can be asked for ever.
CREATE TABLE payroll_right (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    rights INTEGER NOT NULL         -- bits of payroll_right.h; no row: none
) STRICT;

-- What the town is as an employer: a number, from a day on, with the text that fixes it.
CREATE TABLE payroll_employer (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL,             -- of employer.c: mobility, cnfpt, centre, accident, size
    since_day INTEGER NOT NULL,
    value INTEGER NOT NULL,         -- millionths of a rate; agents
    source TEXT NOT NULL,
    added_by INTEGER REFERENCES person (id), -- NULL: the operator
    added_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX payroll_employer_of ON payroll_employer (code, since_day);

-- A file of variable elements, as it came. The same file is taken once.
CREATE TABLE payroll_import (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,      -- SHA-256 of its bytes
    name TEXT NOT NULL,
    month_day INTEGER NOT NULL,     -- first day of the month it is for
    taken INTEGER NOT NULL,         -- rows
    refused INTEGER NOT NULL,
    added_by INTEGER REFERENCES person (id), -- NULL: the operator
    added_ms INTEGER NOT NULL
) STRICT;

-- An element of pay of one agent: IFSE, CIA, deductions, rate of tax... from a month to another.
CREATE TABLE payroll_element (
    id INTEGER PRIMARY KEY,
    agent INTEGER NOT NULL,
    matricule TEXT NOT NULL,
    code TEXT NOT NULL,             -- of element.c
    amount INTEGER NOT NULL,        -- cents; millionths of a rate; hundredths of hours and days
    since_day INTEGER NOT NULL,     -- first day of its first month
    until_day INTEGER NOT NULL,     -- last day of its last month; 0: until it is withdrawn
    source TEXT NOT NULL,           -- deliberation or arrêté
    import INTEGER REFERENCES payroll_import (id), -- NULL: typed
    added_by INTEGER REFERENCES person (id), -- NULL: the operator
    added_ms INTEGER NOT NULL,
    withdrawn_by INTEGER REFERENCES person (id),
    withdrawn_ms INTEGER NOT NULL   -- 0: it stands
) STRICT;
CREATE INDEX payroll_element_of ON payroll_element (agent, since_day);
CREATE INDEX payroll_element_when ON payroll_element (since_day, id);

-- A number of the law that a town adds to those of the program: a decree, before the program has it.
CREATE TABLE payroll_value (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL,             -- of law.csv
    since_day INTEGER NOT NULL,
    until_day INTEGER NOT NULL,     -- 0: as far as is known
    value TEXT NOT NULL,            -- as in law.csv
    unit TEXT NOT NULL,
    trust TEXT NOT NULL,            -- A, B, C
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    link TEXT NOT NULL,
    scope TEXT NOT NULL,            -- national, centre, town, deliberation
    again_day INTEGER NOT NULL,     -- to be read again before; 0: no day
    added_by INTEGER REFERENCES person (id), -- NULL: the operator
    added_ms INTEGER NOT NULL,
    approved_by INTEGER REFERENCES person (id), -- another person
    approved_ms INTEGER NOT NULL,   -- 0: not yet; it is known since
    dropped_ms INTEGER NOT NULL     -- 0: it stands
) STRICT;

-- The law as a run knew it: rows of law.csv, once for all runs that knew the same.
CREATE TABLE payroll_law (
    hash BLOB PRIMARY KEY,          -- SHA-256 of its text
    text BLOB NOT NULL
) STRICT;

-- One making of a month's pay. A draft that is made again leaves the one before dropped, with no payslip.
CREATE TABLE payroll_run (
    id INTEGER PRIMARY KEY,
    month_day INTEGER NOT NULL,     -- first day of its month
    number INTEGER NOT NULL,        -- of the month, from 1
    known_ms INTEGER NOT NULL,      -- facts and law as known then
    law BLOB NOT NULL REFERENCES payroll_law (hash),
    state INTEGER NOT NULL,         -- 0 being made, 1 draft, 2 approved, 3 closed, 4 dropped
    agents INTEGER NOT NULL,        -- to pay
    made INTEGER NOT NULL,          -- so far
    after_agent INTEGER NOT NULL,   -- the last that was made, or looked at again; 0
    again_day INTEGER NOT NULL,     -- the closed month that is being looked at again; 0: none any more
    made_by INTEGER REFERENCES person (id), -- NULL: the operator
    made_ms INTEGER NOT NULL,
    approved_by INTEGER REFERENCES person (id),
    approved_ms INTEGER NOT NULL,   -- 0: not yet
    closed_by INTEGER REFERENCES person (id),
    closed_ms INTEGER NOT NULL,
    said TEXT NOT NULL              -- why it stopped; ''
) STRICT;
CREATE UNIQUE INDEX payroll_run_number ON payroll_run (month_day, number);
CREATE INDEX payroll_run_state ON payroll_run (state, id);

-- A payslip: its bytes are all it says. The sums are derived from them, for lists.
CREATE TABLE payroll_slip (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES payroll_run (id),
    agent INTEGER NOT NULL,
    matricule TEXT NOT NULL,
    part INTEGER NOT NULL,          -- from 1: an agent whose status changes within the month has two
    bytes BLOB NOT NULL,
    hash BLOB NOT NULL,             -- SHA-256 of them
    gross INTEGER NOT NULL,         -- derived, as those below
    withheld INTEGER NOT NULL,      -- contributions of the agent
    employer INTEGER NOT NULL,      -- contributions of the town
    tax INTEGER NOT NULL,
    net INTEGER NOT NULL            -- paid
) STRICT;
CREATE UNIQUE INDEX payroll_slip_of ON payroll_slip (run, agent, part);
CREATE INDEX payroll_slip_agent ON payroll_slip (agent, run);

-- What a line of a closed month should have been, less what was paid of it (rappel): it goes with the payslip of the run. It is
-- found again from what was known at the instant of the run.
CREATE TABLE payroll_difference (
    run INTEGER NOT NULL REFERENCES payroll_run (id),
    agent INTEGER NOT NULL,
    month_day INTEGER NOT NULL,     -- of origin
    line TEXT NOT NULL,             -- by its rule
    cents INTEGER NOT NULL,
    PRIMARY KEY (run, agent, month_day, line)
) STRICT;
CREATE INDEX payroll_difference_of ON payroll_difference (agent, month_day);

-- An agent whose pay could not be made in a run, and why.
CREATE TABLE payroll_failed (
    run INTEGER NOT NULL REFERENCES payroll_run (id),
    agent INTEGER NOT NULL,
    matricule TEXT NOT NULL,
    field TEXT NOT NULL,            -- what of it cannot be, or "law.CODE": what is not in force
    PRIMARY KEY (run, agent)
) STRICT;

-- Who looked at a payslip of somebody else, for the agent to see.
CREATE TABLE payroll_look (
    agent INTEGER NOT NULL,
    person INTEGER NOT NULL REFERENCES person (id),
    day INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (agent, person, day)
) STRICT;

-- A month's pay handed over to accounting.
CREATE TABLE payroll_posted (
    run INTEGER PRIMARY KEY REFERENCES payroll_run (id),
    command BLOB NOT NULL,          -- 16 bytes: the same again makes nothing
    budget TEXT NOT NULL,           -- SIRET
    amount INTEGER NOT NULL,
    pieces INTEGER NOT NULL,
    posted_by INTEGER NOT NULL REFERENCES person (id),
    posted_ms INTEGER NOT NULL
) STRICT;

-- Third parties of accounting that pay is owed to, by SIRET.
CREATE TABLE payroll_creditor (
    code TEXT PRIMARY KEY,          -- of posting.csv
    siret TEXT NOT NULL
) STRICT;
