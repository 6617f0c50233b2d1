-- name: find_numbered :many
-- Engagements, mandats and titres of that number, in any exercise.
SELECT sequence AS sequence FROM accounting_exercise
    JOIN accounting_posted ON accounting_posted.exercise = accounting_exercise.id
WHERE kind IN (3, 5, 6, 7, 8, 9) AND number = :number ORDER BY sequence DESC LIMIT 100;

-- name: find_amount :many
SELECT sequence AS sequence FROM accounting_posted WHERE amount = :cents AND number > 0
ORDER BY sequence DESC LIMIT 100;

-- name: find_day :many
SELECT sequence AS sequence FROM accounting_posted WHERE day = :day AND number > 0 ORDER BY sequence DESC LIMIT 100;

-- name: find_account :many
SELECT sequence AS sequence FROM accounting_imputation WHERE nature = $nature
GROUP BY sequence ORDER BY sequence DESC LIMIT 100;

-- name: find_engagements_of :many
SELECT sequence AS sequence FROM accounting_engagement WHERE party = :party ORDER BY sequence DESC LIMIT 50;

-- name: find_pieces_of :many
SELECT sequence AS sequence FROM accounting_piece WHERE party = :party ORDER BY sequence DESC LIMIT 50;

-- name: find_engagement :maybe
SELECT sequence AS sequence FROM accounting_engagement WHERE sequence = :sequence;

-- name: find_bills_numbered :many
SELECT id AS id FROM accounting_bill WHERE number >= $first AND number < $behind ORDER BY number LIMIT 20;

-- name: find_bills_worth :many
SELECT id AS id FROM accounting_bill WHERE gross = :cents ORDER BY id DESC LIMIT 20;

-- name: find_bills_of_day :many
SELECT id AS id FROM accounting_bill WHERE state IN (0, 1, 2) AND received = :day ORDER BY id DESC LIMIT 20;

-- name: find_bills_of :many
SELECT id AS id FROM accounting_bill WHERE party = :party ORDER BY id DESC LIMIT 20;

-- name: find_slips :many
SELECT id AS id FROM accounting_slip WHERE number = :number ORDER BY id DESC LIMIT 20;
