-- Which acts a town shows to everybody. Columns of the act itself: they go with it when another takes its place.
ALTER TABLE accounting_act ADD COLUMN published_ms INTEGER NOT NULL DEFAULT 0; -- 0: it is not shown
ALTER TABLE accounting_act ADD COLUMN population INTEGER NOT NULL DEFAULT 0;   -- as its document said then; 0: it does not
