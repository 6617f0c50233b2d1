-- Where a person answers, shown at the foot of every page; empty: not said yet.
ALTER TABLE member ADD COLUMN desk TEXT NOT NULL DEFAULT '';
ALTER TABLE member ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE member ADD COLUMN hours TEXT NOT NULL DEFAULT '';
