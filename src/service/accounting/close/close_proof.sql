-- name: close_proof_carried :many
-- Links whose entry is no release or mandat of the engagement for that amount, or which another amount goes on from.
SELECT accounting_carried.engagement AS engagement, accounting_carried.amount AS carried,
    accounting_carried.entry AS entry, COALESCE(onward.amount, accounting_carried.amount) AS again
FROM accounting_carried
    JOIN accounting_posted AS act ON act.sequence = accounting_carried.entry
    LEFT JOIN accounting_posted AS onward ON onward.sequence = accounting_carried.next
WHERE act.reference <> accounting_carried.engagement OR act.amount <> accounting_carried.amount
    OR COALESCE(onward.amount, accounting_carried.amount) <> accounting_carried.amount
ORDER BY accounting_carried.id LIMIT 100;

-- name: close_proof_lists :many
-- Of closed years: what the list carries over of an engagement and what was released of it (kind 4 of the journal).
SELECT year AS year, engagement AS engagement, listed AS listed, released AS released
FROM (SELECT accounting_remain.year AS year, accounting_remain.engagement AS engagement,
        SUM(accounting_remain.amount) AS listed,
        COALESCE((SELECT SUM(accounting_carried.amount) FROM accounting_carried
            JOIN accounting_posted AS act ON act.sequence = accounting_carried.entry AND act.kind = 4
            WHERE accounting_carried.engagement = accounting_remain.engagement), 0) AS released
    FROM accounting_remain
        JOIN accounting_budget ON accounting_budget.id = accounting_remain.budget
        JOIN accounting_exercise ON accounting_exercise.budget = accounting_budget.siret
            AND accounting_exercise.year = accounting_remain.year
    WHERE is_receipt = 0 AND is_closed = 1
    GROUP BY accounting_remain.year, accounting_remain.engagement) AS kept
WHERE listed <> released ORDER BY year, engagement LIMIT 100;

-- name: close_proof_opened :many
-- Years whose opened acts carried over something else than the signed list of the year before says (I13).
SELECT year AS year, expense AS expense, receipt AS receipt, expense_open AS expense_open,
    receipt_open AS receipt_open
FROM (SELECT accounting_opening.year AS year, list.expense AS expense, list.receipt AS receipt,
        SUM(CASE WHEN direction = 0 THEN carried ELSE 0 END) AS expense_open,
        SUM(CASE WHEN direction = 1 THEN carried ELSE 0 END) AS receipt_open
    FROM accounting_remain_list AS list
        JOIN accounting_budget ON accounting_budget.id = list.budget
        JOIN accounting_exercise ON accounting_exercise.budget = accounting_budget.siret
            AND accounting_exercise.year = list.year AND is_closed = 1
        JOIN accounting_opening ON accounting_opening.budget = list.budget AND accounting_opening.year = list.year + 1
        JOIN accounting_act ON accounting_act.id = accounting_opening.act AND accounting_act.kind IN ('01', '03')
        JOIN accounting_line ON accounting_line.act = accounting_act.id AND nature <> ''
    GROUP BY accounting_opening.year, list.expense, list.receipt, list.id) AS opened
WHERE (expense_open <> 0 OR receipt_open <> 0) AND (expense_open <> expense OR receipt_open <> receipt)
ORDER BY year LIMIT 100;
