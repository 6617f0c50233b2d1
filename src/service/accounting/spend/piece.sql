-- name: piece_add :none
INSERT INTO accounting_piece (sequence, budget, year, is_receipt, number, type, nature, day, party, bank, bill,
    engagement, unit, object, product, origin, due, done, slip, place, state, stated_day, said)
VALUES (:sequence, :budget, :year, :is_receipt, :number, $type, $nature, :day, CASE WHEN :party > 0 THEN :party END,
    CASE WHEN :bank > 0 THEN :bank END, CASE WHEN :bill > 0 THEN :bill END,
    CASE WHEN :engagement > 0 THEN :engagement END, CASE WHEN :unit > 0 THEN :unit END, $object, $product,
    CASE WHEN :origin > 0 THEN :origin END, :due, :done, NULL, 0, 0, 0, '');

-- name: piece_get :maybe
-- text: party_name
SELECT accounting_piece.sequence AS sequence, accounting_piece.budget AS budget, accounting_piece.year AS year,
    accounting_piece.is_receipt AS is_receipt, accounting_piece.number AS number, accounting_piece.type AS type,
    accounting_piece.nature AS nature, accounting_piece.day AS day, due AS due, done AS done,
    COALESCE(accounting_piece.party, 0) AS party, COALESCE(bank, 0) AS bank, COALESCE(bill, 0) AS bill,
    COALESCE(unit, 0) AS unit, COALESCE(slip, 0) AS slip, COALESCE(engagement, 0) AS engagement,
    COALESCE(origin, 0) AS origin,
    COALESCE(accounting_party.name, '') AS party_name,
    object AS object, product AS product, accounting_piece.place AS place, COALESCE(accounting_slip.number, 0) AS slip_number,
    accounting_piece.state AS state, stated_day AS stated_day, said AS said, amount AS amount, remains AS remains
FROM accounting_piece
    JOIN accounting_posted ON accounting_posted.sequence = accounting_piece.sequence
    LEFT JOIN accounting_party ON accounting_party.id = accounting_piece.party
    LEFT JOIN accounting_slip ON accounting_slip.id = accounting_piece.slip
WHERE accounting_piece.sequence = :sequence;

-- name: piece_list :many
SELECT sequence AS sequence FROM accounting_piece
WHERE budget = :budget AND year = :year AND is_receipt = :is_receipt ORDER BY number DESC LIMIT 500;

-- name: piece_loose :many
SELECT sequence AS sequence FROM accounting_piece
WHERE budget = :budget AND year = :year AND is_receipt = :is_receipt AND slip IS NULL ORDER BY number LIMIT 500;

-- name: piece_of_slip :many
SELECT sequence AS sequence FROM accounting_piece WHERE slip = :slip ORDER BY place LIMIT 500;

-- name: piece_of_bill :many
SELECT sequence AS sequence FROM accounting_piece WHERE bill = :bill ORDER BY sequence LIMIT 500;

-- name: piece_on :many
SELECT sequence AS sequence FROM accounting_piece WHERE origin = :sequence OR engagement = :sequence
ORDER BY sequence LIMIT 500;

-- name: piece_put_in :none
UPDATE accounting_piece SET slip = :slip, place = :place WHERE sequence = :sequence AND slip IS NULL;

