-- name: inbound_add :one
INSERT INTO accounting_inbound (name, at_ms, person, state, said, size, file)
VALUES ($name, :at_ms, nullif(:person, 0), :state, '', :size, @file) RETURNING id AS id;

-- name: inbound_same :many
SELECT id AS id FROM accounting_inbound WHERE size = :size AND state = 1 AND file = @file ORDER BY id LIMIT 1;

-- name: inbound_get :maybe
SELECT id AS id, name AS name, at_ms AS at_ms, COALESCE(person, 0) AS person, state AS state, said AS said
FROM accounting_inbound WHERE id = :id;

-- name: inbound_bills :one
SELECT count(*) AS count FROM accounting_bill WHERE inbound = :id;

-- name: inbound_end :none
UPDATE accounting_inbound SET state = :state, said = $said WHERE id = :id;

-- name: inbound_empty :none
UPDATE accounting_inbound SET file = x'', size = 0 WHERE id = :id;

-- name: inbound_line_add :none
INSERT INTO accounting_inbound_line (inbound, place, number, bill, outcome, said)
VALUES (:inbound, :place, $number, nullif(:bill, 0), :outcome, $said)
ON CONFLICT (inbound, place) DO UPDATE SET bill = excluded.bill, outcome = excluded.outcome, said = excluded.said
WHERE excluded.bill IS NOT NULL OR accounting_inbound_line.bill IS NULL;

-- name: inbound_line_list :many
SELECT number AS number, COALESCE(bill, 0) AS bill, outcome AS outcome, said AS said
FROM accounting_inbound_line WHERE inbound = :inbound ORDER BY place LIMIT 1000;

-- name: inbound_budget :many
-- A SIRET as it is; a SIREN with blanks behind it matches none.
SELECT id AS id FROM accounting_budget WHERE siret = $siret OR substr(siret, 1, 9) = $siren ORDER BY id LIMIT 2;

-- name: inbound_siren :many
SELECT id AS id FROM accounting_party WHERE id_kind = '01' AND substr(id_number, 1, 9) = $siren ORDER BY id LIMIT 2;

-- name: inbound_referred :maybe
SELECT sequence AS sequence FROM accounting_engagement
WHERE budget = :budget AND reference = $reference AND reference <> '' ORDER BY sequence DESC LIMIT 1;

-- name: inbound_waiting :one
-- Bills that wait on an engagement: what is left of it is theirs first, less what their mandats have ordered.
SELECT COALESCE(SUM(gross - ordered), 0) AS cents, COALESCE(SUM(net - ordered), 0) AS net FROM (
    SELECT gross AS gross, net AS net, (SELECT COALESCE(SUM(accounting_imputation.net), 0) FROM accounting_piece
            JOIN accounting_posted ON accounting_posted.sequence = accounting_piece.sequence
            JOIN accounting_imputation ON accounting_imputation.sequence = accounting_piece.sequence
            WHERE accounting_piece.bill = accounting_bill.id AND accounting_piece.origin IS NULL AND remains > 0)
        AS ordered
    FROM accounting_bill WHERE engagement = :engagement AND state = 0 AND is_credit = 0 AND id <> :bill) AS waiting;

-- name: inbound_held :one
SELECT count(*) AS count FROM accounting_party_bank WHERE party = :party AND iban = $iban AND state IN (0, 1, 2);
