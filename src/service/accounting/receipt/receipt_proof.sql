-- name: receipt_proof_suspense :many
-- More was put in order than came or went.
SELECT accounting_suspense.id AS id, number AS number, amount AS amount, (
    SELECT COALESCE(SUM(remains), 0) FROM accounting_suspense_piece
        JOIN accounting_posted ON accounting_posted.sequence = accounting_suspense_piece.sequence
    WHERE accounting_suspense_piece.suspense = accounting_suspense.id) AS done
FROM accounting_suspense WHERE amount < (
    SELECT COALESCE(SUM(remains), 0) FROM accounting_suspense_piece
        JOIN accounting_posted ON accounting_posted.sequence = accounting_suspense_piece.sequence
    WHERE accounting_suspense_piece.suspense = accounting_suspense.id)
ORDER BY accounting_suspense.id LIMIT 100;

-- name: receipt_proof_taking :many
-- A titre of a régie that is not the sum of its takings.
SELECT accounting_posted.sequence AS sequence, accounting_posted.amount AS amount,
    SUM(accounting_taking.amount) AS taken
FROM accounting_taking JOIN accounting_posted ON accounting_posted.sequence = accounting_taking.sequence
GROUP BY accounting_posted.sequence, accounting_posted.amount
HAVING SUM(accounting_taking.amount) <> accounting_posted.amount ORDER BY accounting_posted.sequence LIMIT 100;

-- name: receipt_proof_row :many
-- A row of a list whose titre says something else.
SELECT batch AS batch, accounting_batch_row.place AS place, accounting_batch_row.amount AS amount,
    accounting_posted.amount AS titled
FROM accounting_batch_row JOIN accounting_posted ON accounting_posted.sequence = accounting_batch_row.sequence
    JOIN accounting_piece ON accounting_piece.sequence = accounting_batch_row.sequence
WHERE accounting_posted.amount <> accounting_batch_row.amount
    OR accounting_piece.object <> accounting_batch_row.object OR accounting_piece.is_receipt = 0
ORDER BY batch, accounting_batch_row.place LIMIT 100;
