-- name: carry_to_release :many
-- Engagements of the signed list that still reserve.
SELECT engagement AS engagement FROM accounting_remain
    JOIN accounting_posted ON accounting_posted.sequence = accounting_remain.engagement
WHERE budget = :budget AND year = :year AND is_receipt = 0 AND remains > 0
GROUP BY engagement ORDER BY engagement LIMIT 51;

-- name: carry_add :none
INSERT INTO accounting_carried (engagement, entry, amount, next) VALUES (:engagement, :entry, :amount, NULL);

-- name: carry_waiting :many
SELECT accounting_carried.id AS id, engagement AS engagement, entry AS entry, amount AS amount
FROM accounting_carried JOIN accounting_engagement ON accounting_engagement.sequence = accounting_carried.engagement
WHERE budget = :budget AND year = :year AND next IS NULL ORDER BY accounting_carried.id LIMIT 51;

-- name: carry_counts :one
-- Of a year: what was carried over, and what of it is not engaged again; a release has no number, a mandat has.
SELECT COUNT(*) AS carried, COALESCE(SUM(CASE WHEN next IS NULL THEN 1 ELSE 0 END), 0) AS waiting,
    COALESCE(SUM(CASE WHEN next IS NULL THEN accounting_carried.amount ELSE 0 END), 0) AS waiting_cents,
    COALESCE(SUM(CASE WHEN accounting_posted.number = 0 THEN 1 ELSE 0 END), 0) AS released
FROM accounting_carried JOIN accounting_engagement ON accounting_engagement.sequence = accounting_carried.engagement
    JOIN accounting_posted ON accounting_posted.sequence = accounting_carried.entry
WHERE budget = :budget AND year = :year;

-- name: carry_next :none
UPDATE accounting_carried SET next = :next WHERE id = :id;

-- name: carry_lines :many
SELECT nature AS nature, function AS function, operation AS operation, amount AS amount FROM accounting_remain
WHERE engagement = :engagement ORDER BY id LIMIT 50;

-- name: carry_ordered :one
-- What pieces ordered of an engagement, corrections apart.
SELECT COALESCE(SUM(accounting_posted.amount), 0) AS cents
FROM accounting_piece JOIN accounting_posted ON accounting_posted.sequence = accounting_piece.sequence
WHERE engagement = :engagement AND origin IS NULL;

-- name: carry_attests :many
SELECT day AS day, amount AS amount, person AS person, at_ms AS at_ms, note AS note, COALESCE(bill, 0) AS bill
FROM accounting_attest
WHERE engagement = :engagement AND withdraws IS NULL
    AND NOT EXISTS (SELECT 1 FROM accounting_attest AS other WHERE other.withdraws = accounting_attest.id)
ORDER BY id DESC LIMIT 200;

-- name: carry_attest_add :none
INSERT INTO accounting_attest (engagement, day, amount, person, at_ms, note, bill)
VALUES (:engagement, :day, :amount, :person, :at_ms, $note, nullif(:bill, 0));

-- name: carry_bills :none
-- Invoices that came and are not ordered go along, and those of which something is held back as a guarantee.
UPDATE accounting_bill SET engagement = :next WHERE engagement = :engagement
    AND (state = 0 OR (retained > 0 AND freed = 0));

-- name: carry_links :many
-- Where it came from, and where it went.
SELECT engagement AS engagement, COALESCE(next, 0) AS next, origin.number AS number, origin.year AS year,
    COALESCE(onward.number, 0) AS next_number, COALESCE(onward.year, 0) AS next_year
FROM (SELECT id AS id, engagement AS engagement, next AS next FROM accounting_carried
    UNION ALL
    SELECT MIN(id) AS id, engagement AS engagement, next AS next FROM accounting_later WHERE next > 0
    GROUP BY engagement, next) AS link
    JOIN accounting_engagement AS origin ON origin.sequence = link.engagement
    LEFT JOIN accounting_engagement AS onward ON onward.sequence = link.next
WHERE engagement = :sequence OR next = :sequence ORDER BY next_year, link.id LIMIT 50;
