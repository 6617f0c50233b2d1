-- name: suspense_of_number :maybe
SELECT id AS id, day AS day, amount AS amount FROM accounting_suspense
WHERE budget = :budget AND year = :year AND is_receipt = :is_receipt AND number = :number;

-- name: suspense_add :none
INSERT INTO accounting_suspense (budget, year, is_receipt, number, day, amount, payer, label, third_account, source,
    entered_by, entered_ms)
VALUES (:budget, :year, :is_receipt, :number, :day, :amount, $payer, $label, $third_account, :source, :entered_by,
    :entered_ms);

-- name: suspense_get :maybe
SELECT id AS id, budget AS budget, year AS year, is_receipt AS is_receipt, number AS number, day AS day,
    amount AS amount, payer AS payer, label AS label, third_account AS third_account, source AS source,
    (SELECT COALESCE(SUM(remains), 0) FROM accounting_suspense_piece
        JOIN accounting_posted ON accounting_posted.sequence = accounting_suspense_piece.sequence
        WHERE accounting_suspense_piece.suspense = accounting_suspense.id) AS done
FROM accounting_suspense WHERE id = :id;

-- name: suspense_list :many
SELECT id AS id FROM accounting_suspense
WHERE budget = :budget AND year = :year AND is_receipt = :is_receipt AND (:is_open = 0 OR amount >
    (SELECT COALESCE(SUM(remains), 0) FROM accounting_suspense_piece
        JOIN accounting_posted ON accounting_posted.sequence = accounting_suspense_piece.sequence
        WHERE accounting_suspense_piece.suspense = accounting_suspense.id))
ORDER BY day, number LIMIT 500;

-- name: suspense_piece_list :many
SELECT sequence AS sequence FROM accounting_suspense_piece WHERE suspense = :suspense ORDER BY sequence LIMIT 500;

-- name: suspense_piece_add :none
INSERT INTO accounting_suspense_piece (sequence, suspense) VALUES (:sequence, :suspense);

-- name: suspense_of_piece :maybe
SELECT suspense AS suspense FROM accounting_suspense_piece WHERE sequence = :sequence;

-- name: suspense_habit :maybe
SELECT COALESCE(accounting_piece.party, 0) AS party, accounting_imputation.nature AS nature, function AS function,
    product AS product
FROM accounting_suspense JOIN accounting_suspense_piece ON accounting_suspense_piece.suspense = accounting_suspense.id
    JOIN accounting_piece ON accounting_piece.sequence = accounting_suspense_piece.sequence
    JOIN accounting_imputation ON accounting_imputation.sequence = accounting_piece.sequence
WHERE accounting_suspense.budget = :budget AND payer = $payer AND accounting_suspense.is_receipt = :is_receipt
ORDER BY accounting_piece.sequence DESC LIMIT 1;

-- name: suspense_budget :maybe
SELECT id AS id FROM accounting_budget WHERE siret = $siret;
