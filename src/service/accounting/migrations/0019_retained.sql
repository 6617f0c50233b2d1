-- Retention money (retenue de garantie) of a bill: no part of what waits for payment before it is released. Truth.
ALTER TABLE accounting_bill ADD COLUMN retained INTEGER NOT NULL DEFAULT 0; -- cents, with tax
ALTER TABLE accounting_bill ADD COLUMN freed INTEGER NOT NULL DEFAULT 0;    -- the day it was released: due from then on; 0: not yet
