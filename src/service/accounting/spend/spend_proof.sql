-- What stands in the tables of spending and does not hold together. `finding`: enum in spend_proof.c.
-- name: spend_proof_rows :each
-- A mandat or titre is its entry: number, year, budget, sense (I5).
SELECT 1 AS finding, piece.sequence AS subject, piece.number AS found, COALESCE(posted.number, 0) AS wanted
FROM accounting_piece AS piece
LEFT JOIN accounting_posted AS posted ON posted.sequence = piece.sequence
LEFT JOIN accounting_exercise AS exercise ON exercise.id = posted.exercise
LEFT JOIN accounting_budget AS budget ON budget.id = piece.budget
WHERE posted.sequence IS NULL OR posted.number <> piece.number OR exercise.year <> piece.year OR
    exercise.budget <> budget.siret OR (posted.kind NOT IN (5, 6, 7, 8, 9)) OR
    (posted.kind IN (8, 9)) <> (piece.is_receipt <> 0)
-- Each entry that draws a number of theirs has its mandat or titre, each engagement its row (I5).
UNION ALL
SELECT 2, posted.sequence, 0, posted.number FROM accounting_posted AS posted
WHERE posted.kind IN (5, 6, 7, 8, 9) AND
    NOT EXISTS (SELECT 1 FROM accounting_piece WHERE accounting_piece.sequence = posted.sequence)
UNION ALL
SELECT 3, posted.sequence, COALESCE(engagement.number, 0), posted.number FROM accounting_posted AS posted
LEFT JOIN accounting_engagement AS engagement ON engagement.sequence = posted.sequence
WHERE posted.kind = 3 AND (engagement.number IS NULL OR engagement.number <> posted.number)
-- What a piece or engagement is charged to sums up to its entry (I1); tax that is recovered stands beside.
UNION ALL
SELECT 4, posted.sequence,
    (SELECT COALESCE(SUM(net), 0) FROM accounting_imputation WHERE accounting_imputation.sequence = posted.sequence),
    posted.amount
FROM accounting_posted AS posted
WHERE posted.kind IN (3, 5, 6, 7, 8, 9) AND
    (SELECT COALESCE(SUM(net), 0) FROM accounting_imputation
     WHERE accounting_imputation.sequence = posted.sequence) <> posted.amount
-- ...level by level.
UNION ALL
SELECT 5, line.sequence, line.place,
    (SELECT COALESCE(SUM(net), 0) FROM accounting_imputation AS charged
     WHERE charged.sequence = line.sequence AND charged.level = cell.level AND charged.section = cell.section)
FROM accounting_posted_line AS line
JOIN accounting_posted AS posted ON posted.sequence = line.sequence
JOIN accounting_cell AS cell ON cell.id = line.cell
WHERE posted.kind IN (3, 5, 6, 7, 8, 9) AND line.amount <>
    (SELECT COALESCE(SUM(net), 0) FROM accounting_imputation AS charged
     WHERE charged.sequence = line.sequence AND charged.level = cell.level AND charged.section = cell.section)
-- Bordereaux: 1, 2, 3... in each series (I5).
UNION ALL
SELECT 6, MIN(id), MAX(number), COUNT(*) FROM accounting_slip
GROUP BY budget, year, is_receipt, type HAVING MAX(number) <> COUNT(*) OR MIN(number) <> 1
-- Pieces stand in them in their order, and belong there.
UNION ALL
SELECT 7, piece.slip, MAX(piece.place), COUNT(*) FROM accounting_piece AS piece WHERE piece.slip IS NOT NULL
GROUP BY piece.slip HAVING MAX(piece.place) <> COUNT(*) OR MIN(piece.place) <> 1 OR COUNT(DISTINCT piece.place) <> COUNT(*)
UNION ALL
SELECT 8, slip.id, piece.number, slip.number FROM accounting_slip AS slip
JOIN accounting_piece AS piece ON piece.slip = slip.id
WHERE piece.budget <> slip.budget OR piece.year <> slip.year OR piece.is_receipt <> slip.is_receipt
-- Whoever signed attested nothing in it, where the town kept that apart then (I11).
UNION ALL
SELECT 9, slip.id, attest.engagement, slip.signed_by FROM accounting_slip AS slip
JOIN accounting_piece AS piece ON piece.slip = slip.id
JOIN accounting_attest AS attest ON attest.engagement = piece.engagement AND attest.person = slip.signed_by
WHERE slip.signed_by IS NOT NULL AND attest.at_ms <= slip.signed_ms AND
    COALESCE((SELECT audit.detail FROM audit WHERE audit.kind = 'accounting.apart' AND audit.at_ms <= slip.signed_ms
              ORDER BY audit.id DESC LIMIT 1), 'yes') <> 'no'
-- Every exercise of the journal is of a budget of this town (I15).
UNION ALL
SELECT 10, exercise.id, exercise.year, 0 FROM accounting_exercise AS exercise
WHERE NOT EXISTS (SELECT 1 FROM accounting_budget WHERE accounting_budget.siret = exercise.budget)
-- Both halves of an operation of order come to the same, what was corrected taken away.
UNION ALL
SELECT 11, pair.expense, spent.remains, received.remains FROM accounting_pair AS pair
JOIN accounting_posted AS spent ON spent.sequence = pair.expense
JOIN accounting_posted AS received ON received.sequence = pair.receipt
WHERE spent.remains <> received.remains OR spent.amount <> received.amount
-- Mandats of an invoice come to no more than it; one that was cancelled whole does not count.
UNION ALL
SELECT 12, bill.id, SUM(charged.net + charged.tax), bill.gross FROM accounting_bill AS bill
JOIN accounting_piece AS piece ON piece.bill = bill.id AND piece.origin IS NULL
JOIN accounting_posted AS posted ON posted.sequence = piece.sequence AND posted.remains > 0
JOIN accounting_imputation AS charged ON charged.sequence = piece.sequence
GROUP BY bill.id, bill.gross HAVING SUM(charged.net + charged.tax) > bill.gross;

-- name: spend_proof_slips :many
SELECT id AS id, number AS number FROM accounting_slip WHERE LENGTH(file) > 0 AND id > :after ORDER BY id LIMIT 20;

-- name: spend_proof_openings :many
SELECT act AS act FROM accounting_opening WHERE act > :after ORDER BY act LIMIT 100;
