-- Where the end of a year does not agree with the journal; sentences: close_proof.c.
-- name: close_proof_rows :each
-- Links whose entry is no release or mandat of the engagement for that amount, or which another amount goes on from.
SELECT 1 AS finding, accounting_carried.engagement AS subject, accounting_carried.amount AS found,
    accounting_carried.entry AS wanted, COALESCE(onward.amount, accounting_carried.amount) AS other
FROM accounting_carried
    JOIN accounting_posted AS act ON act.sequence = accounting_carried.entry
    LEFT JOIN accounting_posted AS onward ON onward.sequence = accounting_carried.next
WHERE act.reference <> accounting_carried.engagement OR act.amount <> accounting_carried.amount
    OR act.kind NOT IN (4, 5) OR COALESCE(onward.amount, accounting_carried.amount) <> accounting_carried.amount
-- Of closed years: what the list carries over of an engagement and what was released of it (kind 4 of the journal).
UNION ALL
SELECT 2, year, engagement, listed, released
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
WHERE listed <> released
-- ...and the other way: whatever was released was listed.
UNION ALL
SELECT 3, accounting_carried.engagement, accounting_carried.amount, accounting_carried.entry, 0
FROM accounting_carried JOIN accounting_posted AS act ON act.sequence = accounting_carried.entry AND act.kind = 4
WHERE NOT EXISTS (SELECT 1 FROM accounting_remain WHERE accounting_remain.engagement = accounting_carried.engagement)
-- A mandat de rattachement is the link of its engagement to the next year, or interest of a loan, or was cancelled.
UNION ALL
SELECT 4, accounting_piece.sequence, accounting_piece.number, 0, 0 FROM accounting_piece
WHERE accounting_piece.is_receipt = 0 AND accounting_piece.type = '10'
    AND NOT EXISTS (SELECT 1 FROM accounting_carried WHERE accounting_carried.entry = accounting_piece.sequence)
    AND NOT EXISTS (SELECT 1 FROM accounting_accrued WHERE accounting_accrued.piece = accounting_piece.sequence)
    AND NOT EXISTS (SELECT 1 FROM accounting_posted JOIN accounting_piece AS back
        ON back.origin = accounting_posted.sequence AND back.year = accounting_piece.year
        WHERE accounting_posted.sequence = accounting_piece.sequence AND remains = 0)
-- The rest of an engagement on a programme is what the one that takes it up charges, and its own rest.
UNION ALL
SELECT 9, engagement, cents, next, onward
FROM (SELECT MIN(accounting_later.engagement) AS engagement, accounting_later.next AS next,
        SUM(accounting_later.net) AS cents,
        MIN(accounting_posted.amount) + (SELECT COALESCE(SUM(rest.net), 0) FROM accounting_later AS rest
            WHERE rest.engagement = accounting_later.next) AS onward
    FROM accounting_later JOIN accounting_posted ON accounting_posted.sequence = accounting_later.next
    GROUP BY accounting_later.next) AS taken
WHERE cents <> onward
-- A signed list sums up to its lines; those a programme bears carry nothing over.
UNION ALL
SELECT 5, year, is_receipt, signed, summed
FROM (SELECT list.year AS year, 0 AS is_receipt, list.expense AS signed,
        (SELECT COALESCE(SUM(amount), 0) FROM accounting_remain WHERE accounting_remain.budget = list.budget
            AND accounting_remain.year = list.year AND is_receipt = 0 AND programme = 0) AS summed
    FROM accounting_remain_list AS list
    UNION ALL
    SELECT list.year AS year, 1 AS is_receipt, list.receipt AS signed,
        (SELECT COALESCE(SUM(amount), 0) FROM accounting_remain WHERE accounting_remain.budget = list.budget
            AND accounting_remain.year = list.year AND is_receipt = 1) AS summed
    FROM accounting_remain_list AS list) AS lists
WHERE signed <> summed
UNION ALL
SELECT 8, accounting_remain.year, accounting_remain.budget, 0, 0 FROM accounting_remain
    JOIN accounting_budget ON accounting_budget.id = accounting_remain.budget
    JOIN accounting_exercise ON accounting_exercise.budget = accounting_budget.siret
        AND accounting_exercise.year = accounting_remain.year AND is_closed = 1
WHERE NOT EXISTS (SELECT 1 FROM accounting_remain_list AS list
    WHERE list.budget = accounting_remain.budget AND list.year = accounting_remain.year)
GROUP BY accounting_remain.year, accounting_remain.budget
-- Years whose opened acts carried over something else than the signed list of the year before says (I13).
UNION ALL
SELECT 6 + is_receipt, year, opened, listed, 0
FROM (SELECT year AS year, is_receipt AS is_receipt,
        SUM(CASE WHEN direction = is_receipt THEN carried ELSE 0 END) AS opened,
        listed AS listed, SUM(carried) AS any_open
    FROM (SELECT accounting_opening.year AS year, list.id AS id, side.is_receipt AS is_receipt, direction AS direction,
            carried AS carried, CASE WHEN side.is_receipt = 1 THEN list.receipt ELSE list.expense END AS listed
        FROM accounting_remain_list AS list
            JOIN (SELECT 0 AS is_receipt UNION ALL SELECT 1 AS is_receipt) AS side
            JOIN accounting_budget ON accounting_budget.id = list.budget
            JOIN accounting_exercise ON accounting_exercise.budget = accounting_budget.siret
                AND accounting_exercise.year = list.year AND is_closed = 1
            JOIN accounting_opening ON accounting_opening.budget = list.budget
                AND accounting_opening.year = list.year + 1
            JOIN accounting_act ON accounting_act.id = accounting_opening.act AND accounting_act.kind IN ('01', '03')
            JOIN accounting_line ON accounting_line.act = accounting_act.id AND nature <> '') AS lines
    GROUP BY year, id, is_receipt, listed) AS opened_years
WHERE any_open <> 0 AND opened <> listed;
