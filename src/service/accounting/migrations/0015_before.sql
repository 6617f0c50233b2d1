-- Credits that were opened before the budget of the year was voted (CGCT, article L1612-1). The entry in the journal has
-- the amounts; the levels and the chart are those of the year before, until the vote. Truth.
CREATE TABLE accounting_before (
    sequence INTEGER PRIMARY KEY,   -- the entry
    budget INTEGER NOT NULL,
    year INTEGER NOT NULL,          -- whose credits they are
    act INTEGER NOT NULL,           -- the act of the year before that says how credits are voted
    reference TEXT NOT NULL,        -- the deliberation that authorises investment; '' where there is none
    functioning_by_article INTEGER NOT NULL,
    investment_by_article INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX accounting_before_of ON accounting_before (budget, year);
