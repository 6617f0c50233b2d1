-- name: listing_size :one
-- How many rows a list has, by enum listing_kind.
SELECT CASE CAST(:kind AS INTEGER)
    WHEN 0 THEN (SELECT COUNT(*) FROM accounting_engagement WHERE budget = :budget AND year = :year)
    WHEN 1 THEN (SELECT COUNT(*) FROM accounting_bill WHERE budget = :budget)
    WHEN 4 THEN (SELECT COUNT(*) FROM accounting_slip WHERE budget = :budget AND year = :year)
    ELSE (SELECT COUNT(*) FROM accounting_piece WHERE budget = :budget AND year = :year AND is_receipt = :kind - 2)
    END AS number;

-- name: listing_engagements :many
-- text: party_name unit_name
SELECT accounting_engagement.number AS number, accounting_posted.day AS day, object AS object,
    COALESCE(accounting_party.name, '') AS party_name, COALESCE(accounting_unit.name, '') AS unit_name,
    accounting_engagement.reference AS reference, accounting_posted.amount AS amount, remains AS remains
FROM accounting_engagement
    JOIN accounting_posted ON accounting_posted.sequence = accounting_engagement.sequence
    LEFT JOIN accounting_party ON accounting_party.id = accounting_engagement.party
    LEFT JOIN accounting_unit ON accounting_unit.id = accounting_engagement.unit
WHERE accounting_engagement.budget = :budget AND accounting_engagement.year = :year
ORDER BY accounting_engagement.number LIMIT 5000 OFFSET :skip;

-- name: listing_bills :many
SELECT accounting_bill.number AS number, issued AS issued, received AS received, accounting_party.name AS party_name,
    COALESCE(accounting_engagement.number, 0) AS engagement, is_credit AS is_credit, net AS net, tax AS tax,
    gross AS gross, state AS state
FROM accounting_bill JOIN accounting_party ON accounting_party.id = accounting_bill.party
    LEFT JOIN accounting_engagement ON accounting_engagement.sequence = accounting_bill.engagement
WHERE accounting_bill.budget = :budget ORDER BY received, accounting_bill.id LIMIT 5000 OFFSET :skip;

-- name: listing_pieces :many
-- text: party_name bill_number
SELECT accounting_piece.number AS number, accounting_piece.day AS day,
    COALESCE(accounting_party.name, '') AS party_name, accounting_piece.object AS object,
    accounting_posted.amount AS amount, remains AS remains, accounting_piece.due AS due,
    COALESCE(accounting_engagement.number, 0) AS engagement, COALESCE(accounting_bill.number, '') AS bill_number,
    COALESCE(corrected.number, 0) AS corrects, COALESCE(accounting_slip.number, 0) AS slip,
    accounting_piece.state AS state
FROM accounting_piece
    JOIN accounting_posted ON accounting_posted.sequence = accounting_piece.sequence
    LEFT JOIN accounting_party ON accounting_party.id = accounting_piece.party
    LEFT JOIN accounting_engagement ON accounting_engagement.sequence = accounting_piece.engagement
    LEFT JOIN accounting_bill ON accounting_bill.id = accounting_piece.bill
    LEFT JOIN accounting_piece AS corrected ON corrected.sequence = accounting_piece.origin
    LEFT JOIN accounting_slip ON accounting_slip.id = accounting_piece.slip
WHERE accounting_piece.budget = :budget AND accounting_piece.year = :year
    AND accounting_piece.is_receipt = :is_receipt
ORDER BY accounting_piece.number LIMIT 5000 OFFSET :skip;

-- name: listing_slips :many
-- text: signed_by
SELECT is_receipt AS is_receipt, number AS number, day AS day, state AS state,
    COALESCE(person.display_name, '') AS signed_by,
    (SELECT COUNT(*) FROM accounting_piece WHERE accounting_piece.slip = accounting_slip.id) AS pieces,
    (SELECT COALESCE(SUM(net + tax), 0) FROM accounting_imputation
        JOIN accounting_piece ON accounting_piece.sequence = accounting_imputation.sequence
        WHERE accounting_piece.slip = accounting_slip.id) AS cents
FROM accounting_slip LEFT JOIN person ON person.id = accounting_slip.signed_by
WHERE budget = :budget AND year = :year ORDER BY accounting_slip.id LIMIT 5000 OFFSET :skip;

-- name: listing_parties :many
SELECT name AS name, first_name AS first_name, id_kind AS id_kind, id_number AS id_number, street AS street,
    postcode AS postcode, place AS place, mail AS mail, phone AS phone, is_active AS is_active,
    (SELECT count(*) FROM accounting_party_bank WHERE party = accounting_party.id AND state = 0) AS held,
    (SELECT count(*) FROM accounting_party_bank WHERE party = accounting_party.id AND state = 1) AS confirmed
FROM accounting_party ORDER BY folded, id LIMIT 5000 OFFSET :skip;
