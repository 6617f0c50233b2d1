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

-- name: budget_transfer_specialised :one
-- Lines of articles that the assembly specialised: what a line says beside its amounts is kept as it came.
SELECT COUNT(*) AS lines FROM accounting_act AS primitive
    JOIN accounting_act ON accounting_act.budget = primitive.budget AND accounting_act.year = primitive.year
    JOIN accounting_line ON accounting_line.act = accounting_act.id
WHERE primitive.id = :act AND accounting_act.is_draft = 0 AND accounting_act.annulled_ms = 0 AND accounting_act.kind IN ('01', '02', '03')
    AND nature IN ($from, $to) AND extra LIKE '%<ArtSpe V="true"%';

-- name: budget_transfer_add :none
INSERT INTO accounting_transfer (act, section, from_chapter, to_chapter, amount, reason, made_by, told_day)
VALUES (:act, :section, $from_chapter, $to_chapter, :amount, $reason, $made_by, 0);

-- name: budget_transfer_list :many
-- text: from_article to_article
SELECT accounting_transfer.act AS act, number AS number, decided_day AS decided_day, section AS section,
    from_chapter AS from_chapter, to_chapter AS to_chapter, amount AS amount, reason AS reason, made_by AS made_by,
    told_day AS told_day,
    COALESCE((SELECT nature FROM accounting_line WHERE accounting_line.act = accounting_transfer.act
        AND accounting_line.place = 1), '') AS from_article,
    COALESCE((SELECT nature FROM accounting_line WHERE accounting_line.act = accounting_transfer.act
        AND accounting_line.place = 2), '') AS to_article
FROM accounting_transfer JOIN accounting_act ON accounting_act.id = accounting_transfer.act
    JOIN accounting_budget ON accounting_budget.id = accounting_act.budget
WHERE siret = $siret AND year = :year AND annulled_ms = 0 ORDER BY accounting_act.id LIMIT 1000;

-- name: budget_transfer_tell :none
UPDATE accounting_transfer SET told_day = :day WHERE told_day = 0 AND act IN (SELECT accounting_act.id
    FROM accounting_act JOIN accounting_budget ON accounting_budget.id = accounting_act.budget
    WHERE siret = $siret AND year = :year);
