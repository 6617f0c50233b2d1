-- name: close_rows_remain :each
SELECT id AS id, budget AS budget, year AS year, is_receipt AS is_receipt, COALESCE(engagement, 0) AS engagement,
    programme AS programme, section AS section, nature AS nature, function AS function, operation AS operation,
    amount AS amount, COALESCE(party, 0) AS party, object AS object, proof AS proof
FROM accounting_remain ORDER BY id;

-- name: close_rows_remain_add :none
INSERT INTO accounting_remain (id, budget, year, is_receipt, engagement, programme, section, nature, function,
    operation, amount, party, object, proof)
VALUES (:id, :budget, :year, :is_receipt, nullif(:engagement, 0), :programme, :section, $nature, $function,
    $operation, :amount, nullif(:party, 0), $object, $proof);

-- name: close_rows_list :each
SELECT accounting_remain_list.id AS id, budget AS budget, year AS year, day AS day, person.address AS signed_by,
    signed_ms AS signed_ms, expense AS expense, receipt AS receipt
FROM accounting_remain_list JOIN person ON person.id = accounting_remain_list.signed_by
ORDER BY accounting_remain_list.id;

-- name: close_rows_list_add :none
INSERT INTO accounting_remain_list (id, budget, year, day, signed_by, signed_ms, expense, receipt)
VALUES (:id, :budget, :year, :day, :signed_by, :signed_ms, :expense, :receipt);

-- name: close_rows_carried :each
SELECT id AS id, engagement AS engagement, entry AS entry, amount AS amount, COALESCE(next, 0) AS next
FROM accounting_carried ORDER BY id;

-- name: close_rows_carried_add :none
INSERT INTO accounting_carried (id, engagement, entry, amount, next)
VALUES (:id, :engagement, :entry, :amount, nullif(:next, 0));

-- name: close_rows_use :each
SELECT engagement AS engagement, programme AS programme FROM accounting_programme_use ORDER BY engagement;

-- name: close_rows_use_add :none
INSERT INTO accounting_programme_use (engagement, programme) VALUES (:engagement, :programme);

-- name: close_rows_later :each
SELECT id AS id, engagement AS engagement, place AS place, nature AS nature, function AS function,
    operation AS operation, net AS net, COALESCE(next, 0) AS next, released_ms AS released_ms
FROM accounting_later ORDER BY id;

-- name: close_rows_later_add :none
INSERT INTO accounting_later (id, engagement, place, nature, function, operation, net, next, released_ms)
VALUES (:id, :engagement, :place, $nature, $function, $operation, :net, nullif(:next, 0), :released_ms);

-- name: close_rows_before :each
SELECT sequence AS sequence, budget AS budget, year AS year, act AS act, reference AS reference,
    functioning_by_article AS functioning_by_article, investment_by_article AS investment_by_article
FROM accounting_before ORDER BY sequence;

-- name: close_rows_before_act :maybe
-- The first that opened credits of the year before: its levels hold until the vote.
SELECT act AS act FROM accounting_opening WHERE budget = :budget AND year = :year - 1 ORDER BY sequence LIMIT 1;

-- name: close_rows_before_add :none
INSERT INTO accounting_before (sequence, budget, year, act, reference, functioning_by_article, investment_by_article)
VALUES (:sequence, :budget, :year, :act, $reference, :functioning_by_article, :investment_by_article);
