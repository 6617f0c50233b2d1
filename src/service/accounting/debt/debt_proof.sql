-- Where loans do not agree with the journal; sentences: debt_proof.c.
-- name: debt_proof_rows :each
-- The bank's schedule pays back what was borrowed, instalment by instalment from 1.
SELECT 1 AS finding, loan.id AS subject, SUM(capital) AS found, loan.borrowed AS wanted, 0 AS other
FROM accounting_instalment AS instalment JOIN accounting_loan AS loan ON loan.id = instalment.loan
GROUP BY loan.id, loan.borrowed HAVING SUM(capital) <> loan.borrowed
UNION ALL
SELECT 2, loan, MAX(place), COUNT(*), 0 FROM accounting_instalment
GROUP BY loan HAVING MAX(place) <> COUNT(*) OR MIN(place) <> 1
-- A mandat pays one instalment, to the lender, of the budget that borrowed...
UNION ALL
SELECT 3, piece, COUNT(*), 1, 0 FROM accounting_repaid GROUP BY piece HAVING COUNT(*) > 1
UNION ALL
SELECT 4, repaid.piece, repaid.loan, repaid.place, 0 FROM accounting_repaid AS repaid
JOIN accounting_loan AS loan ON loan.id = repaid.loan
JOIN accounting_piece AS piece ON piece.sequence = repaid.piece
WHERE piece.budget <> loan.budget OR piece.nature <> '04' OR piece.is_receipt <> 0 OR
    COALESCE(piece.party, 0) <> loan.lender OR piece.origin IS NOT NULL
-- ...and a mandat of a loan (NatPce 04) pays one.
UNION ALL
SELECT 5, piece.sequence, piece.number, 0, 0 FROM accounting_piece AS piece
WHERE piece.nature = '04' AND piece.is_receipt = 0 AND piece.origin IS NULL AND
    NOT EXISTS (SELECT 1 FROM accounting_repaid WHERE accounting_repaid.piece = piece.sequence)
-- Of the mandats of an instalment, all but one were cancelled whole.
UNION ALL
SELECT 8, loan, place, COUNT(*), 0 FROM accounting_repaid
JOIN accounting_posted ON accounting_posted.sequence = accounting_repaid.piece
WHERE remains > 0 GROUP BY loan, place HAVING COUNT(*) > 1
-- Interest that ran in a year is attached to that one.
UNION ALL
SELECT 9, accrued.piece, accrued.loan, accrued.year, 0 FROM accounting_accrued AS accrued
JOIN accounting_piece AS piece ON piece.sequence = accrued.piece
WHERE piece.year <> accrued.year OR piece.type <> '10';

-- name: debt_proof_loans :many
SELECT id AS id FROM accounting_loan WHERE id > :after ORDER BY id LIMIT 20;
