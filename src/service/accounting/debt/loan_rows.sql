-- name: loan_rows_loan :each
SELECT id AS id, budget AS budget, number AS number, label AS label, lender AS lender, profile AS profile,
    borrowed AS borrowed, rate AS rate, a_year AS a_year, count AS count, first AS first, signed AS signed_day
FROM accounting_loan ORDER BY id;

-- name: loan_rows_loan_add :none
INSERT INTO accounting_loan (id, budget, number, label, lender, profile, borrowed, rate, a_year, count, first, signed)
VALUES (:id, :budget, $number, $label, :lender, :profile, :borrowed, :rate, :a_year, :count, :first, :signed_day);

-- name: loan_rows_bank :each
SELECT loan AS loan, place AS place, due AS due, interest AS interest, capital AS capital
FROM accounting_instalment ORDER BY loan, place;

-- name: loan_rows_bank_add :none
INSERT INTO accounting_instalment (loan, place, due, interest, capital)
VALUES (:loan, :place, :due, :interest, :capital);

-- name: loan_rows_repaid :each
SELECT loan AS loan, place AS place, piece AS piece FROM accounting_repaid ORDER BY loan, place, piece;

-- name: loan_rows_repaid_add :none
INSERT INTO accounting_repaid (loan, place, piece) VALUES (:loan, :place, :piece);

-- name: loan_rows_rate :each
SELECT loan AS loan, since AS since, rate AS rate FROM accounting_loan_rate ORDER BY loan, since;

-- name: loan_rows_rate_add :none
INSERT INTO accounting_loan_rate (loan, since, rate) VALUES (:loan, :since, :rate);

-- name: loan_rows_accrued :each
SELECT loan AS loan, year AS year, piece AS piece FROM accounting_accrued ORDER BY loan, year;

-- name: loan_rows_accrued_add :none
INSERT INTO accounting_accrued (loan, year, piece) VALUES (:loan, :year, :piece);
