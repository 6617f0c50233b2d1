-- Does the town get back the tax on what this budget buys? Its credits are then without tax (instruction M4; CGI,
-- articles 256 B and 260 A). What a line says as `tax` is then paid and not charged to credits. Truth.
ALTER TABLE accounting_budget ADD COLUMN recovers_tax INTEGER NOT NULL DEFAULT 0;
