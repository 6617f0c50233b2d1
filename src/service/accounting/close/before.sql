-- name: before_of :maybe
SELECT sequence AS sequence, reference AS reference FROM accounting_before WHERE budget = :budget AND year = :year;

-- name: before_opened :one
-- Acts that opened credits of the year.
SELECT COUNT(*) AS acts FROM accounting_opening WHERE budget = :budget AND year = :year;

-- name: before_act :one
-- The first of a year says how its credits are voted.
SELECT act AS act FROM accounting_opening WHERE budget = :budget AND year = :year ORDER BY sequence LIMIT 1;

-- name: before_base :many
-- Real expenses that the year's acts opened, without what was carried over, reported or never executed.
SELECT accounting_line.section AS section, nature AS nature, group_chapter AS chapter, SUM(voted) AS cents
FROM accounting_line JOIN accounting_opening ON accounting_opening.act = accounting_line.act
WHERE accounting_opening.budget = :budget AND accounting_opening.year = :year AND direction = 0 AND kind = 0
    AND accounting_line.section < 2 AND nature NOT IN ('', '001', '002', '020', '021', '022', '023')
GROUP BY accounting_line.section, nature, group_chapter
ORDER BY accounting_line.section, group_chapter, nature LIMIT 2000;

-- name: before_add :none
INSERT INTO accounting_before (sequence, budget, year, act, reference, functioning_by_article, investment_by_article)
VALUES (:sequence, :budget, :year, :act, $reference, :functioning_by_article, :investment_by_article);
