-- name: slip_last :one
SELECT COALESCE(MAX(number), 0) AS number FROM accounting_slip
WHERE budget = :budget AND year = :year AND is_receipt = :is_receipt AND type = $type;

-- name: slip_add :one
INSERT INTO accounting_slip (budget, year, is_receipt, type, number, day, made_by, state, file_name, file, signed_by,
    signed_ms, answered_ms, answer)
VALUES (:budget, :year, :is_receipt, $type, :number, :day, :made_by, 0, '', @file, NULL, 0, 0, '')
RETURNING id AS id;

-- name: slip_get :maybe
-- text: signed_by
SELECT accounting_slip.id AS id, budget AS budget, year AS year, is_receipt AS is_receipt, type AS type,
    number AS number, day AS day, state AS state, file_name AS file_name, answer AS answer, signed_ms AS signed_ms,
    COALESCE(person.display_name, '') AS signed_by,
    (SELECT COUNT(*) FROM accounting_piece WHERE accounting_piece.slip = accounting_slip.id) AS pieces,
    (SELECT COALESCE(SUM(net), 0) FROM accounting_imputation
        JOIN accounting_piece ON accounting_piece.sequence = accounting_imputation.sequence
        WHERE accounting_piece.slip = accounting_slip.id) AS net,
    (SELECT COALESCE(SUM(tax), 0) FROM accounting_imputation
        JOIN accounting_piece ON accounting_piece.sequence = accounting_imputation.sequence
        WHERE accounting_piece.slip = accounting_slip.id) AS tax
FROM accounting_slip LEFT JOIN person ON person.id = accounting_slip.signed_by
WHERE accounting_slip.id = :id;

-- name: slip_list :many
SELECT id AS id FROM accounting_slip WHERE budget = :budget AND year = :year ORDER BY id DESC LIMIT 500;

-- name: slip_attesters :many
-- Who said that what its mandats pay was done: of one without an engagement, an operation of order and a correction
-- apart, whoever wrote it.
SELECT accounting_attest.person AS person
FROM accounting_piece JOIN accounting_attest ON accounting_attest.engagement = accounting_piece.engagement
WHERE accounting_piece.slip = :slip
UNION
SELECT accounting_posted.actor AS person
FROM accounting_piece JOIN accounting_posted ON accounting_posted.sequence = accounting_piece.sequence
WHERE accounting_piece.slip = :slip AND is_receipt = 0 AND engagement IS NULL AND origin IS NULL
    AND type <> $internal
ORDER BY person LIMIT 500;

-- name: slip_sign :none
UPDATE accounting_slip SET state = 1, signed_by = :signed_by, signed_ms = :signed_ms WHERE id = :id AND state = 0;

-- name: slip_file :one
SELECT file AS file FROM accounting_slip WHERE id = :id;

-- name: slip_file_put :none
UPDATE accounting_slip SET file_name = $file_name, file = @file, state = 2 WHERE id = :id AND state = 1;

-- name: slip_of_file :maybe
SELECT id AS id, state AS state, answer AS answer FROM accounting_slip
WHERE file_name = $file_name AND file_name <> '' ORDER BY id DESC LIMIT 1;

-- name: slip_answer :none
UPDATE accounting_slip SET state = :state, answered_ms = :answered_ms, answer = $answer WHERE id = :id;

-- name: slip_piece :maybe
SELECT accounting_piece.sequence AS sequence, state AS state, stated_day AS stated_day, said AS said
FROM accounting_piece JOIN accounting_budget ON accounting_budget.id = accounting_piece.budget
WHERE accounting_budget.siret = $siret AND year = :year AND is_receipt = :is_receipt AND number = :number;

-- name: slip_piece_say :none
UPDATE accounting_piece SET state = :state, stated_day = :stated_day, said = $said WHERE sequence = :sequence;

-- name: slip_before :one
-- What the bordereaux of its series before it come to.
SELECT COALESCE(SUM(net + tax), 0) AS cents FROM accounting_imputation
    JOIN accounting_piece ON accounting_piece.sequence = accounting_imputation.sequence
    JOIN accounting_slip ON accounting_slip.id = accounting_piece.slip
WHERE accounting_slip.budget = :budget AND accounting_slip.year = :year
    AND accounting_slip.is_receipt = :is_receipt AND accounting_slip.type = $type AND accounting_slip.number < :number;
