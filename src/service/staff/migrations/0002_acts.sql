-- Arrêtés: why one takes another back, and the text of those that are signed. Truth.
ALTER TABLE staff_act ADD COLUMN reason TEXT NOT NULL DEFAULT ''; -- of a withdrawal: CRPA, article L211-2

-- What was signed, to the byte, sealed (it names the agent). Rows are only added.
CREATE TABLE staff_act_text (
    act INTEGER PRIMARY KEY REFERENCES staff_act (id),
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX staff_fact_act ON staff_fact (act);
