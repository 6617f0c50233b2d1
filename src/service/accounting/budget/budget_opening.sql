-- name: budget_opening_budget :maybe
SELECT id AS id FROM accounting_budget WHERE siret = $siret;

-- name: budget_opening_waiting :many
SELECT accounting_act.id AS id
FROM accounting_act JOIN accounting_document ON accounting_document.id = accounting_act.document
WHERE budget = :budget AND year = :year AND is_draft = 0 AND annulled_ms = 0 AND is_whole = 1 AND decided_day > 0
    AND accounting_act.kind IN ('01', '02', '03', 'VC')
    AND NOT EXISTS (SELECT 1 FROM accounting_opening WHERE accounting_opening.act = accounting_act.id)
ORDER BY decided_day, accounting_act.id LIMIT 20;
