-- Derived: mandats that were ordered after the last day of their payment delay, for the desk.
CREATE INDEX accounting_piece_late ON accounting_piece (budget, year) WHERE due > 0 AND day > due;
