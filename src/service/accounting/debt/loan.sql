-- name: loan_add :one
INSERT INTO accounting_loan (budget, number, label, lender, profile, borrowed, rate, a_year, count, first, signed)
VALUES (:budget, $number, $label, :lender, :profile, :borrowed, :rate, :a_year, :count, :first, :signed_day)
RETURNING id AS id;

-- name: loan_same :maybe
SELECT id AS id FROM accounting_loan WHERE budget = :budget AND number = $number;

-- name: loan_get :maybe
SELECT accounting_loan.id AS id, budget AS budget, number AS number, label AS label, lender AS lender,
    accounting_party.name AS lender_name, profile AS profile, borrowed AS borrowed, rate AS rate, a_year AS a_year,
    count AS count, first AS first, signed AS signed_day
FROM accounting_loan JOIN accounting_party ON accounting_party.id = accounting_loan.lender
WHERE accounting_loan.id = :id;

-- name: loan_list :many
SELECT id AS id FROM accounting_loan WHERE budget = :budget ORDER BY number LIMIT 200;

-- name: loan_bank :many
SELECT due AS due, interest AS interest, capital AS capital FROM accounting_instalment WHERE loan = :loan
ORDER BY place LIMIT 1200;

-- name: loan_bank_drop :none
DELETE FROM accounting_instalment WHERE loan = :loan;

-- name: loan_bank_add :none
INSERT INTO accounting_instalment (loan, place, due, interest, capital)
VALUES (:loan, :place, :due, :interest, :capital);

-- name: loan_repaid :many
-- Each mandat of an instalment, with what it was ordered for and what is left of that: nothing once it was cancelled.
SELECT place AS place, piece AS piece, amount AS amount, remains AS remains
FROM accounting_repaid JOIN accounting_posted ON accounting_posted.sequence = piece
WHERE loan = :loan ORDER BY place, piece LIMIT 5000;

-- name: loan_repaid_add :none
INSERT INTO accounting_repaid (loan, place, piece) VALUES (:loan, :place, :piece);

-- name: loan_rates :many
SELECT since AS since, rate AS rate FROM accounting_loan_rate WHERE loan = :loan ORDER BY since LIMIT 1200;

-- name: loan_rate_drop :none
DELETE FROM accounting_loan_rate WHERE loan = :loan AND since = :since;

-- name: loan_rate_add :none
INSERT INTO accounting_loan_rate (loan, since, rate) VALUES (:loan, :since, :rate);

-- name: loan_accrued :maybe
-- One that was cancelled whole in its own year has nothing attached any more; what the next year reversed was.
SELECT piece AS piece,
    EXISTS (SELECT 1 FROM accounting_posted JOIN accounting_piece AS back ON back.origin = accounting_posted.sequence
        WHERE accounting_posted.sequence = accounting_accrued.piece AND remains = 0
            AND back.year = accounting_accrued.year) AS is_cancelled
FROM accounting_accrued WHERE loan = :loan AND year = :year;

-- name: loan_accrued_add :none
INSERT INTO accounting_accrued (loan, year, piece) VALUES (:loan, :year, :piece)
ON CONFLICT (loan, year) DO UPDATE SET piece = excluded.piece;

-- name: loan_unreversed :many
-- Mandats that attached interest to that year, with what is left of them to reverse.
SELECT accounting_accrued.loan AS loan, accounting_accrued.piece AS piece, remains AS remains
FROM accounting_accrued JOIN accounting_loan ON accounting_loan.id = accounting_accrued.loan
    JOIN accounting_posted ON accounting_posted.sequence = accounting_accrued.piece
WHERE budget = :budget AND accounting_accrued.year = :year AND remains > 0 ORDER BY piece LIMIT 200;

-- name: loan_paid_by :maybe
-- Which loan a mandat is of.
SELECT number AS number FROM accounting_loan
WHERE id IN (SELECT loan FROM accounting_repaid WHERE accounting_repaid.piece = :piece)
    OR id IN (SELECT loan FROM accounting_accrued WHERE accounting_accrued.piece = :piece)
ORDER BY id LIMIT 1;
