-- name: inbound_rows_file :each
-- text: person
SELECT id AS id, name AS name, at_ms AS at_ms, COALESCE((SELECT address FROM person
    WHERE person.id = accounting_inbound.person), '') AS person, state AS state, said AS said, file AS file
FROM accounting_inbound ORDER BY id;

-- name: inbound_rows_file_add :none
INSERT INTO accounting_inbound (id, name, at_ms, person, state, said, size, file)
VALUES (:id, $name, :at_ms, nullif(:person, 0), :state, $said, :size, @file);

-- name: inbound_rows_line :each
SELECT inbound AS inbound, accounting_inbound_line.place AS place, number AS number, COALESCE(bill, 0) AS bill,
    outcome AS outcome, said AS said
FROM accounting_inbound_line ORDER BY inbound, accounting_inbound_line.place;
