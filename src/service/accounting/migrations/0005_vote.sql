-- Charts brought into the town by an operator, for years whose chart does not come with the program. Truth.
CREATE TABLE accounting_chart (
    id INTEGER PRIMARY KEY,
    nomenclature TEXT NOT NULL,     -- "M57-M57_A"
    year INTEGER NOT NULL,
    csv TEXT NOT NULL,              -- chart/README.md
    sha256 TEXT NOT NULL,           -- of that, in hexadecimal
    source TEXT NOT NULL,           -- the file's name
    taken_ms INTEGER NOT NULL,
    taken_by TEXT NOT NULL          -- '': the operator, by the command line
) STRICT;
CREATE UNIQUE INDEX accounting_chart_of ON accounting_chart (nomenclature, year);

-- Decisions of the town that a year is prepared with the chart of an earlier one. Truth.
CREATE TABLE accounting_chart_taken (
    id INTEGER PRIMARY KEY,
    nomenclature TEXT NOT NULL,
    year INTEGER NOT NULL,          -- that is prepared
    from_year INTEGER NOT NULL,     -- whose chart it is
    taken_ms INTEGER NOT NULL,
    taken_by TEXT NOT NULL,
    ended_ms INTEGER NOT NULL       -- 0: it holds
) STRICT;
CREATE INDEX accounting_chart_taken_of ON accounting_chart_taken (nomenclature, year, ended_ms);

-- What the assembly fixed with a primitive budget for transfers between chapters. Truth.
CREATE TABLE accounting_rate (
    id INTEGER PRIMARY KEY,
    budget INTEGER NOT NULL,
    year INTEGER NOT NULL,
    rate INTEGER NOT NULL           -- hundredths of a percent of the real expenses of each section
) STRICT;
CREATE UNIQUE INDEX accounting_rate_of ON accounting_rate (budget, year);

-- Transfers from chapter to chapter, each an act of its own kind (VC) whose two lines say what it moves. Truth.
CREATE TABLE accounting_transfer (
    id INTEGER PRIMARY KEY,
    act INTEGER NOT NULL UNIQUE,
    section INTEGER NOT NULL,       -- 0 functioning, 1 investment
    from_chapter TEXT NOT NULL,
    to_chapter TEXT NOT NULL,
    amount INTEGER NOT NULL,        -- cents
    reason TEXT NOT NULL,
    made_by TEXT NOT NULL,
    told_day INTEGER NOT NULL       -- of the sitting at which the assembly was told; 0: not yet
) STRICT;

-- Authorisations over several years, and what may be paid of them in each. Truth.
CREATE TABLE accounting_programme (
    id INTEGER PRIMARY KEY,
    budget INTEGER NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    section INTEGER NOT NULL,       -- 1: AP/CP, investment; 0: AE/CP, functioning
    authorised INTEGER NOT NULL,    -- cents
    decided_day INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX accounting_programme_of ON accounting_programme (budget, number);

CREATE TABLE accounting_programme_year (
    id INTEGER PRIMARY KEY,
    programme INTEGER NOT NULL REFERENCES accounting_programme (id),
    year INTEGER NOT NULL,
    credit INTEGER NOT NULL         -- cents
) STRICT;
CREATE UNIQUE INDEX accounting_programme_year_of ON accounting_programme_year (programme, year);
