-- Bills: the same one a second time, the service done for one, one ordered in parts. All truth.

-- The same supplier's number comes once in a year, whatever its day (bill_twin.c); a bill that was sent back may come again.
DROP INDEX accounting_bill_once;
CREATE INDEX accounting_bill_of_party ON accounting_bill (party, issued);

ALTER TABLE accounting_attest ADD COLUMN bill INTEGER REFERENCES accounting_bill (id); -- for it; NULL: no bill was named
ALTER TABLE accounting_piece ADD COLUMN done INTEGER NOT NULL DEFAULT 0; -- service done that `due` counts from; 0: not known
