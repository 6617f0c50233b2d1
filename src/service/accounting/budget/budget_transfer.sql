-- name: budget_transfer_rate :maybe
SELECT rate AS rate FROM accounting_rate JOIN accounting_budget ON accounting_budget.id = accounting_rate.budget
WHERE siret = $siret AND year = :year;

-- name: budget_transfer_rate_add :none
INSERT INTO accounting_rate (budget, year, rate)
SELECT id, :year, :rate FROM accounting_budget WHERE siret = $siret;

-- name: budget_transfer_expenses :many
-- Real expenses voted, what was reported apart.
SELECT section AS section, sum(voted) AS voted FROM accounting_line
WHERE act = :act AND direction = 0 AND kind = 0 AND nature NOT IN ('', '001', '002')
GROUP BY section ORDER BY section LIMIT 4;

-- name: budget_transfer_add :none
INSERT INTO accounting_transfer (act, section, from_chapter, to_chapter, amount, reason, made_by, told_day)
VALUES (:act, :section, $from_chapter, $to_chapter, :amount, $reason, $made_by, 0);

-- name: budget_transfer_list :many
SELECT accounting_transfer.act AS act, number AS number, decided_day AS decided_day, section AS section,
    from_chapter AS from_chapter, to_chapter AS to_chapter, amount AS amount, reason AS reason, made_by AS made_by,
    told_day AS told_day
FROM accounting_transfer JOIN accounting_act ON accounting_act.id = accounting_transfer.act
    JOIN accounting_budget ON accounting_budget.id = accounting_act.budget
WHERE siret = $siret AND year = :year ORDER BY accounting_act.id LIMIT 1000;

-- name: budget_transfer_tell :none
UPDATE accounting_transfer SET told_day = :day WHERE told_day = 0 AND act IN (SELECT accounting_act.id
    FROM accounting_act JOIN accounting_budget ON accounting_budget.id = accounting_act.budget
    WHERE siret = $siret AND year = :year);
