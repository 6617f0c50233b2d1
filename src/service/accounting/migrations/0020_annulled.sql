-- Acts that were voted, opened no credits and never can: taken out of what is in force, and kept. Truth.
ALTER TABLE accounting_act ADD COLUMN annulled_ms INTEGER NOT NULL DEFAULT 0; -- 0: it is not
ALTER TABLE accounting_act ADD COLUMN annulled_why TEXT NOT NULL DEFAULT '';
