-- name: result_budget :maybe
SELECT accounting_opening.budget AS budget FROM accounting_opening
    JOIN accounting_budget ON accounting_budget.id = accounting_opening.budget
WHERE siret = $siret AND accounting_opening.year = :year LIMIT 1;
