-- What stands in the tables of spending and does not hold together. `finding`: enum in spend_proof.c.
-- name: spend_proof_rows :each
-- A mandat or titre is its entry: number, year, budget, sense (I5).
SELECT 1 AS finding, piece.sequence AS subject, piece.number AS found, COALESCE(posted.number, 0) AS wanted,
    0 AS other
FROM accounting_piece AS piece
LEFT JOIN accounting_posted AS posted ON posted.sequence = piece.sequence
LEFT JOIN accounting_exercise AS exercise ON exercise.id = posted.exercise
LEFT JOIN accounting_budget AS budget ON budget.id = piece.budget
WHERE posted.sequence IS NULL OR posted.number <> piece.number OR exercise.year <> piece.year OR
    exercise.budget <> budget.siret OR (posted.kind NOT IN (5, 6, 7, 8, 9)) OR
    (posted.kind IN (8, 9)) <> (piece.is_receipt <> 0)
-- Each entry that draws a number of theirs has its mandat or titre, each engagement its row (I5).
UNION ALL
SELECT 2, posted.sequence, 0, posted.number, 0 FROM accounting_posted AS posted
WHERE posted.kind IN (5, 6, 7, 8, 9) AND
    NOT EXISTS (SELECT 1 FROM accounting_piece WHERE accounting_piece.sequence = posted.sequence)
UNION ALL
SELECT 3, posted.sequence, COALESCE(engagement.number, 0), posted.number, 0 FROM accounting_posted AS posted
JOIN accounting_exercise AS exercise ON exercise.id = posted.exercise
LEFT JOIN accounting_engagement AS engagement ON engagement.sequence = posted.sequence
LEFT JOIN accounting_budget AS budget ON budget.id = engagement.budget
WHERE posted.kind = 3 AND (engagement.number IS NULL OR engagement.number <> posted.number OR
    engagement.year <> exercise.year OR budget.siret <> exercise.budget)
-- What a piece or engagement is charged to sums up to its entry (I1); tax that is recovered stands beside.
UNION ALL
SELECT 4, posted.sequence,
    (SELECT COALESCE(SUM(net), 0) FROM accounting_imputation WHERE accounting_imputation.sequence = posted.sequence),
    posted.amount, 0
FROM accounting_posted AS posted
WHERE posted.kind IN (3, 5, 6, 7, 8, 9) AND
    (SELECT COALESCE(SUM(net), 0) FROM accounting_imputation
     WHERE accounting_imputation.sequence = posted.sequence) <> posted.amount
-- ...level by level.
UNION ALL
SELECT 5, line.sequence, line.place,
    (SELECT COALESCE(SUM(net), 0) FROM accounting_imputation AS charged
     WHERE charged.sequence = line.sequence AND charged.level = cell.level AND charged.section = cell.section), 0
FROM accounting_posted_line AS line
JOIN accounting_posted AS posted ON posted.sequence = line.sequence
JOIN accounting_cell AS cell ON cell.id = line.cell
WHERE posted.kind IN (3, 5, 6, 7, 8, 9) AND line.amount <>
    (SELECT COALESCE(SUM(net), 0) FROM accounting_imputation AS charged
     WHERE charged.sequence = line.sequence AND charged.level = cell.level AND charged.section = cell.section)
-- Bordereaux: 1, 2, 3... in each series (I5).
UNION ALL
SELECT 6, MIN(id), MAX(number), COUNT(*), 0 FROM accounting_slip
GROUP BY budget, year, is_receipt, type HAVING MAX(number) <> COUNT(*) OR MIN(number) <> 1
-- Pieces stand in them in their order, and belong there.
UNION ALL
SELECT 7, piece.slip, MAX(piece.place), COUNT(*), 0 FROM accounting_piece AS piece WHERE piece.slip IS NOT NULL
GROUP BY piece.slip HAVING MAX(piece.place) <> COUNT(*) OR MIN(piece.place) <> 1 OR
    COUNT(DISTINCT piece.place) <> COUNT(*)
UNION ALL
SELECT 8, slip.id, piece.number, slip.number, 0 FROM accounting_slip AS slip
JOIN accounting_piece AS piece ON piece.slip = slip.id
WHERE piece.budget <> slip.budget OR piece.year <> slip.year OR piece.is_receipt <> slip.is_receipt
-- Whoever signed attested nothing in it, where the town kept that apart then (I11).
UNION ALL
SELECT 9, slip.id, attest.engagement, slip.signed_by, 0 FROM accounting_slip AS slip
JOIN accounting_piece AS piece ON piece.slip = slip.id
JOIN accounting_attest AS attest ON attest.engagement = piece.engagement AND attest.person = slip.signed_by
WHERE slip.signed_by IS NOT NULL AND attest.at_ms <= slip.signed_ms AND
    COALESCE((SELECT audit.detail FROM audit WHERE audit.kind = 'accounting.apart' AND audit.at_ms <= slip.signed_ms
              ORDER BY audit.id DESC LIMIT 1), 'yes') <> 'no'
-- Every exercise of the journal is of a budget of this town (I15).
UNION ALL
SELECT 10, exercise.id, exercise.year, 0, 0 FROM accounting_exercise AS exercise
WHERE NOT EXISTS (SELECT 1 FROM accounting_budget WHERE accounting_budget.siret = exercise.budget)
-- What a piece goes back to is what its entry refers to: a mandat its engagement, what corrects a piece that one (I7).
UNION ALL
SELECT 11, piece.sequence,
    CASE WHEN posted.kind = 5 THEN COALESCE(piece.engagement, 0) ELSE COALESCE(piece.origin, 0) END,
    posted.reference, 0
FROM accounting_piece AS piece JOIN accounting_posted AS posted ON posted.sequence = piece.sequence
LEFT JOIN accounting_piece AS origin ON origin.sequence = piece.origin
WHERE (posted.kind = 5 AND (COALESCE(piece.engagement, 0) <> posted.reference OR piece.origin IS NOT NULL)) OR
    (posted.kind <> 5 AND COALESCE(piece.origin, 0) <> posted.reference) OR
    (posted.kind = 7 AND COALESCE(piece.engagement, origin.engagement, 0) <> COALESCE(origin.engagement, 0)) OR
    (posted.kind IN (6, 8, 9) AND piece.engagement IS NOT NULL)
-- It is paid on an account of whom it pays, that was confirmed.
UNION ALL
SELECT 12, piece.sequence, piece.bank, COALESCE(piece.party, 0), 0 FROM accounting_piece AS piece
JOIN accounting_party_bank AS bank ON bank.id = piece.bank
WHERE piece.party IS NULL OR bank.party <> piece.party OR bank.state NOT IN (1, 3)
-- Its invoice is that of its third party, on its engagement; a credit note goes with what corrects or gives back.
UNION ALL
SELECT 13, piece.sequence, piece.bill, COALESCE(piece.engagement, 0), 0 FROM accounting_piece AS piece
JOIN accounting_posted AS posted ON posted.sequence = piece.sequence
JOIN accounting_bill AS bill ON bill.id = piece.bill
WHERE bill.party <> COALESCE(piece.party, 0) OR
    bill.is_credit <> (piece.origin IS NOT NULL OR piece.is_receipt = 1) OR
    (bill.is_credit = 0 AND posted.remains > 0 AND (bill.state = 1 OR (bill.state = 2 AND
        COALESCE(bill.engagement, 0) <> COALESCE(piece.engagement, 0) AND
        NOT EXISTS (SELECT 1 FROM accounting_piece AS other WHERE other.bill = bill.id AND other.origin IS NULL AND
            other.engagement = bill.engagement) AND
        NOT EXISTS (SELECT 1 FROM accounting_carried WHERE accounting_carried.engagement = piece.engagement))))
-- Its mandats come to no more than it, and to all of it where it is ordered; as bill_orders has them.
UNION ALL
SELECT 14, bill.id, ordered.cents, bill.gross, 0
FROM accounting_bill AS bill
JOIN (SELECT piece.bill AS bill, SUM(net + tax) AS cents FROM accounting_piece AS piece
    JOIN accounting_posted AS posted ON posted.sequence = piece.sequence
    JOIN accounting_imputation AS line ON line.sequence = piece.sequence
    WHERE piece.bill IS NOT NULL AND piece.origin IS NULL AND (posted.remains > 0 OR EXISTS (
        SELECT 1 FROM accounting_piece AS credit WHERE credit.origin = piece.sequence AND credit.bill IS NOT NULL))
    GROUP BY piece.bill) AS ordered ON ordered.bill = bill.id
WHERE bill.is_credit = 0 AND (ordered.cents > bill.gross
    OR (bill.state = 2 AND ordered.cents <> bill.gross - CASE WHEN bill.freed = 0 THEN bill.retained ELSE 0 END))
-- What was ordered of an engagement was attested.
UNION ALL
SELECT 15, ordered.engagement, ordered.cents, COALESCE(attested.cents, 0), 0
FROM (SELECT reference AS engagement, SUM(remains) AS cents FROM accounting_posted WHERE kind = 5
    GROUP BY reference) AS ordered
LEFT JOIN (SELECT engagement AS engagement, SUM(amount) AS cents FROM accounting_attest
    GROUP BY engagement) AS attested ON attested.engagement = ordered.engagement
WHERE ordered.cents > COALESCE(attested.cents, 0)
-- Credits are opened by an act, of that budget and year; before the vote, on one of the year before.
UNION ALL
SELECT 16, posted.sequence, COALESCE(opening.act, 0), exercise.year, 0 FROM accounting_posted AS posted
JOIN accounting_exercise AS exercise ON exercise.id = posted.exercise
LEFT JOIN (SELECT sequence, act, budget, year, year AS voted FROM accounting_opening
    UNION ALL SELECT sequence, act, budget, year, year - 1 FROM accounting_before) AS opening
    ON opening.sequence = posted.sequence
LEFT JOIN accounting_act AS act ON act.id = opening.act
LEFT JOIN accounting_budget AS budget ON budget.id = opening.budget
WHERE posted.kind IN (1, 2) AND (opening.act IS NULL OR opening.year <> exercise.year OR act.year <> opening.voted OR
    act.budget <> opening.budget OR budget.siret <> exercise.budget)
UNION ALL
SELECT 17, slip.id, 0, 0, 0 FROM accounting_slip AS slip
WHERE NOT EXISTS (SELECT 1 FROM accounting_piece WHERE accounting_piece.slip = slip.id)
-- An invoice that came as a file goes along with its mandat, and one that is ordered has a mandat.
UNION ALL
SELECT 18, piece.sequence, piece.bill, 0, 0 FROM accounting_piece AS piece
JOIN accounting_bill AS bill ON bill.id = piece.bill
WHERE bill.form <> '' AND NOT EXISTS (SELECT 1 FROM accounting_document_of AS document
    WHERE document.piece = piece.sequence AND document.bill = piece.bill)
UNION ALL
SELECT 19, bill.id, 0, 0, 0 FROM accounting_bill AS bill
WHERE bill.state = 2 AND bill.is_credit = 0 AND
    NOT EXISTS (SELECT 1 FROM accounting_piece WHERE accounting_piece.bill = bill.id)
-- Both halves of an operation of order come to the same, what was corrected taken away.
UNION ALL
SELECT 20, pair.expense, spent.remains, received.remains, 0 FROM accounting_pair AS pair
JOIN accounting_posted AS spent ON spent.sequence = pair.expense
JOIN accounting_posted AS received ON received.sequence = pair.receipt
WHERE spent.remains <> received.remains OR spent.amount <> received.amount
-- A piece is of the day of its entry; its lines stand at 1, 2, 3...
UNION ALL
SELECT 22, piece.sequence, piece.day, posted.day, 0 FROM accounting_piece AS piece
JOIN accounting_posted AS posted ON posted.sequence = piece.sequence WHERE piece.day <> posted.day
UNION ALL
SELECT 23, sequence, MAX(accounting_imputation.place), COUNT(*), 0 FROM accounting_imputation
GROUP BY sequence HAVING MAX(accounting_imputation.place) <> COUNT(*) OR MIN(accounting_imputation.place) <> 1
-- What withdraws an attestation takes back one, whole, of its engagement; nothing else is below 0.
UNION ALL
SELECT 21, back.engagement, -back.amount, COALESCE(given.amount, 0), 0 FROM accounting_attest AS back
LEFT JOIN accounting_attest AS given ON given.id = back.withdraws AND given.withdraws IS NULL
WHERE (back.amount < 0 OR back.withdraws IS NOT NULL) AND (given.id IS NULL OR given.amount <> -back.amount OR
    given.engagement <> back.engagement);

-- name: spend_proof_documents :one
SELECT COUNT(*) AS count FROM accounting_document_of AS document
JOIN accounting_piece AS piece ON piece.sequence = document.piece WHERE piece.slip = :slip;

-- name: spend_proof_slips :many
SELECT id AS id, number AS number FROM accounting_slip WHERE LENGTH(file) > 0 AND id > :after ORDER BY id LIMIT 20;

-- name: spend_proof_openings :many
SELECT act AS act FROM accounting_opening WHERE act > :after ORDER BY act LIMIT 100;
