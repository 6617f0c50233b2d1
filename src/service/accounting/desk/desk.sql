-- name: desk_engaged :one
-- What is engaged and not ordered yet.
SELECT COUNT(*) AS number, COALESCE(SUM(remains), 0) AS cents
FROM accounting_engagement JOIN accounting_posted ON accounting_posted.sequence = accounting_engagement.sequence
WHERE budget = :budget AND year = :year AND remains > 0;

-- name: desk_engagements :many
-- text: party_name
SELECT accounting_engagement.sequence AS sequence, accounting_engagement.number AS number, object AS object,
    COALESCE(accounting_party.name, '') AS party_name, day AS day, remains AS remains
FROM accounting_engagement JOIN accounting_posted ON accounting_posted.sequence = accounting_engagement.sequence
    LEFT JOIN accounting_party ON accounting_party.id = accounting_engagement.party
WHERE budget = :budget AND year = :year AND remains > 0
ORDER BY accounting_engagement.number LIMIT 5;

-- name: desk_titled :one
-- Titres of which no return says that they were collected or refused, less what corrects them.
SELECT COUNT(*) AS number, COALESCE(SUM(remains), 0) AS cents
FROM accounting_piece JOIN accounting_posted ON accounting_posted.sequence = accounting_piece.sequence
WHERE budget = :budget AND year = :year AND is_receipt = 1 AND state < 2 AND origin IS NULL AND type <> '03'
    AND remains > 0;

-- name: desk_titles :many
-- text: party_name
SELECT accounting_piece.sequence AS sequence, accounting_piece.number AS number, object AS object,
    COALESCE(accounting_party.name, '') AS party_name, accounting_piece.day AS day, remains AS remains
FROM accounting_piece JOIN accounting_posted ON accounting_posted.sequence = accounting_piece.sequence
    LEFT JOIN accounting_party ON accounting_party.id = accounting_piece.party
WHERE budget = :budget AND year = :year AND is_receipt = 1 AND state < 2 AND origin IS NULL AND type <> '03'
    AND remains > 0
ORDER BY accounting_piece.number LIMIT 5;

-- name: desk_bills :many
-- gross: less what its mandats have ordered, and what is held back as a guarantee.
SELECT accounting_bill.id AS id, accounting_bill.number AS number, accounting_party.name AS party_name,
    received AS received, accounting_bill.gross - CASE WHEN freed = 0 THEN retained ELSE 0 END - (
        SELECT COALESCE(SUM(accounting_imputation.net + accounting_imputation.tax), 0) FROM accounting_piece
        JOIN accounting_posted ON accounting_posted.sequence = accounting_piece.sequence
        JOIN accounting_imputation ON accounting_imputation.sequence = accounting_piece.sequence
        WHERE accounting_piece.bill = accounting_bill.id AND accounting_piece.origin IS NULL AND remains > 0) AS gross,
    notified AS notified, completed AS completed, freed AS freed,
    CASE WHEN freed = 0 THEN 0 ELSE retained END AS retained, COALESCE(engagement, 0) AS engagement, COUNT(*) OVER () AS whole
FROM accounting_bill JOIN accounting_party ON accounting_party.id = accounting_bill.party
WHERE budget = :budget AND state = 0 AND is_credit = 0 ORDER BY received, accounting_bill.id LIMIT 200;

-- name: desk_slips :many
SELECT id AS id, COUNT(*) OVER () AS whole FROM accounting_slip WHERE budget = :budget AND year = :year AND state = 0 ORDER BY id LIMIT 10;

-- name: desk_banks :many
-- text: entered_name
SELECT party AS party, accounting_party.name AS name, entered_ms AS entered_ms,
    COALESCE((SELECT display_name FROM person WHERE person.id = accounting_party_bank.entered_by), '') AS entered_name,
    COUNT(*) OVER () AS whole
FROM accounting_party_bank JOIN accounting_party ON accounting_party.id = accounting_party_bank.party
WHERE state = 0 ORDER BY entered_ms, accounting_party_bank.id LIMIT 20;
