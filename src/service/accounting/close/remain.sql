-- name: remain_engagements :many
-- Still engaged, the oldest first.
SELECT accounting_engagement.sequence AS sequence, remains AS remains,
    COALESCE(accounting_programme_use.programme, 0) AS programme
FROM accounting_engagement
    JOIN accounting_posted ON accounting_posted.sequence = accounting_engagement.sequence
    LEFT JOIN accounting_programme_use ON accounting_programme_use.engagement = accounting_engagement.sequence
WHERE budget = :budget AND year = :year AND remains > 0
ORDER BY accounting_engagement.number LIMIT 2001;

-- name: remain_add :one
INSERT INTO accounting_remain (budget, year, is_receipt, engagement, programme, section, nature, function, operation,
    amount, party, object, proof)
VALUES (:budget, :year, :is_receipt, CASE WHEN :engagement > 0 THEN :engagement END, :programme, :section, $nature,
    $function, $operation, :amount, CASE WHEN :party > 0 THEN :party END, $object, $proof)
RETURNING id AS id;

-- name: remain_drop :none
-- The lines of engagements, before the list is signed again.
DELETE FROM accounting_remain WHERE budget = :budget AND year = :year AND is_receipt = 0;

-- name: remain_drop_receipt :none
DELETE FROM accounting_remain
WHERE budget = :budget AND year = :year AND is_receipt = 1 AND nature = $nature AND object = $object;

-- name: remain_list :many
-- text: party_name
SELECT accounting_remain.id AS id, is_receipt AS is_receipt, COALESCE(engagement, 0) AS engagement,
    COALESCE(accounting_engagement.number, 0) AS number, accounting_remain.programme AS programme, section AS section,
    accounting_remain.nature AS nature, function AS function, operation AS operation, amount AS amount,
    COALESCE(accounting_remain.party, 0) AS party, COALESCE(accounting_party.name, '') AS party_name,
    accounting_remain.object AS object, proof AS proof
FROM accounting_remain
    LEFT JOIN accounting_engagement ON accounting_engagement.sequence = accounting_remain.engagement
    LEFT JOIN accounting_party ON accounting_party.id = accounting_remain.party
WHERE accounting_remain.budget = :budget AND accounting_remain.year = :year AND is_receipt = :is_receipt
ORDER BY section, accounting_engagement.number, accounting_remain.id LIMIT 20000;

-- name: remain_signed :maybe
SELECT day AS day, person.display_name AS signed_by, signed_ms AS signed_ms, expense AS expense, receipt AS receipt
FROM accounting_remain_list JOIN person ON person.id = accounting_remain_list.signed_by
WHERE budget = :budget AND year = :year;

-- name: remain_sign :none
INSERT INTO accounting_remain_list (budget, year, day, signed_by, signed_ms, expense, receipt)
VALUES (:budget, :year, :day, :signed_by, :signed_ms, :expense, :receipt)
ON CONFLICT (budget, year) DO UPDATE SET day = excluded.day, signed_by = excluded.signed_by,
    signed_ms = excluded.signed_ms, expense = excluded.expense, receipt = excluded.receipt;

-- name: remain_carried :one
-- What an act carries over, and what acts that were opened carried over into the same year.
SELECT
    COALESCE(SUM(CASE WHEN direction = 0 AND accounting_line.act = :act THEN carried ELSE 0 END), 0) AS expense,
    COALESCE(SUM(CASE WHEN direction = 1 AND accounting_line.act = :act THEN carried ELSE 0 END), 0) AS receipt,
    COALESCE(SUM(CASE WHEN direction = 0 AND accounting_line.act <> :act THEN carried ELSE 0 END), 0) AS expense_open,
    COALESCE(SUM(CASE WHEN direction = 1 AND accounting_line.act <> :act THEN carried ELSE 0 END), 0) AS receipt_open
FROM accounting_line JOIN accounting_act ON accounting_act.id = accounting_line.act
WHERE nature <> '' AND accounting_act.kind IN ('01', '03')
    AND (accounting_line.act = :act OR accounting_line.act IN (
        SELECT act FROM accounting_opening WHERE accounting_opening.budget = :budget
            AND accounting_opening.year = :year));
