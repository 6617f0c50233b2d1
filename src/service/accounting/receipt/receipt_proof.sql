-- Where what stands beside the journal does not agree with it; sentences: receipt_proof.c.
-- name: receipt_proof_rows :each
-- More was put in order than came or went.
SELECT 1 AS finding, number AS subject, done AS found, amount AS wanted, 0 AS other
FROM (SELECT accounting_suspense.number AS number, accounting_suspense.amount AS amount,
        (SELECT COALESCE(SUM(remains), 0) FROM accounting_suspense_piece
            JOIN accounting_posted ON accounting_posted.sequence = accounting_suspense_piece.sequence
        WHERE accounting_suspense_piece.suspense = accounting_suspense.id) AS done
    FROM accounting_suspense) AS kept
WHERE amount < done
-- A titre of a régie that is not the sum of its takings.
UNION ALL
SELECT 2, accounting_posted.sequence, SUM(accounting_taking.amount), accounting_posted.amount, 0
FROM accounting_taking JOIN accounting_posted ON accounting_posted.sequence = accounting_taking.sequence
GROUP BY accounting_posted.sequence, accounting_posted.amount
HAVING SUM(accounting_taking.amount) <> accounting_posted.amount
-- A row of a list whose titre says something else.
UNION ALL
SELECT 3, batch, accounting_batch_row.place, accounting_batch_row.amount, accounting_posted.amount
FROM accounting_batch_row JOIN accounting_posted ON accounting_posted.sequence = accounting_batch_row.sequence
    JOIN accounting_piece ON accounting_piece.sequence = accounting_batch_row.sequence
WHERE accounting_posted.amount <> accounting_batch_row.amount
    OR accounting_piece.object <> accounting_batch_row.object OR accounting_piece.is_receipt = 0
-- Rows of a list stand at 1, 2, 3...; a list that is made has the titre of each.
UNION ALL
SELECT 4, batch, MAX(place), COUNT(*), 0 FROM accounting_batch_row
GROUP BY batch HAVING MAX(place) <> COUNT(*) OR MIN(place) <> 1
UNION ALL
SELECT 5, batch, COUNT(*), 0, 0 FROM accounting_batch_row
JOIN accounting_batch ON accounting_batch.id = accounting_batch_row.batch
WHERE accounting_batch.state = 4 AND accounting_batch_row.sequence IS NULL GROUP BY batch
-- What was issued after the money moved says what money; a titre of a régie has takings, unless it was cancelled: then
-- another one has them.
UNION ALL
SELECT 6, accounting_piece.sequence, 0, 0, 0 FROM accounting_piece
WHERE accounting_piece.type = '05' AND NOT EXISTS (SELECT 1 FROM accounting_suspense_piece
    WHERE accounting_suspense_piece.sequence = accounting_piece.sequence)
UNION ALL
SELECT 7, accounting_piece.sequence, 0, 0, 0 FROM accounting_piece
JOIN accounting_posted ON accounting_posted.sequence = accounting_piece.sequence AND remains > 0
WHERE accounting_piece.nature = '05' AND accounting_piece.is_receipt = 1 AND NOT EXISTS (SELECT 1
    FROM accounting_taking WHERE accounting_taking.sequence = accounting_piece.sequence)
-- A counter-entry takes back one taking, whole, of its day and kind; nothing else is below 0.
UNION ALL
SELECT 8, back.id, -back.amount, COALESCE(taken.amount, 0), 0 FROM accounting_taking AS back
LEFT JOIN accounting_taking AS taken ON taken.id = back.undoes AND taken.undoes IS NULL
WHERE (back.amount < 0 OR back.undoes IS NOT NULL) AND (taken.id IS NULL OR taken.amount <> -back.amount OR
    taken.regie <> back.regie OR taken.day <> back.day OR taken.kind <> back.kind OR taken.means <> back.means)
-- A régie hands over what it took.
UNION ALL
SELECT 9, regie, handed, taken, 0 FROM (SELECT regie AS regie, SUM(amount) AS handed,
        (SELECT COALESCE(SUM(amount), 0) FROM accounting_taking
        WHERE accounting_taking.regie = accounting_deposit.regie AND means <= 2) AS taken
    FROM accounting_deposit GROUP BY regie) AS kept
WHERE handed > taken
-- What it took stands on a titre of it.
UNION ALL
SELECT DISTINCT 10, accounting_taking.sequence, accounting_taking.regie, 0, 0 FROM accounting_taking
JOIN accounting_regie ON accounting_regie.id = accounting_taking.regie
JOIN accounting_piece ON accounting_piece.sequence = accounting_taking.sequence
WHERE accounting_piece.nature <> '05' OR accounting_piece.is_receipt = 0
    OR accounting_piece.budget <> accounting_regie.budget
    OR COALESCE(accounting_piece.party, 0) <> COALESCE(accounting_regie.party, 0);
