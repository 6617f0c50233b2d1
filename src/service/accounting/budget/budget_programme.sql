-- name: budget_programme_list :many
SELECT accounting_programme.id AS id, siret AS siret, label AS label, number AS number, title AS title,
    section AS section, authorised AS authorised, decided_day AS decided_day
FROM accounting_programme JOIN accounting_budget ON accounting_budget.id = accounting_programme.budget
ORDER BY siret, section DESC, number LIMIT 500;

-- name: budget_programme_credits :many
SELECT programme AS programme, year AS year, credit AS credit FROM accounting_programme_year
ORDER BY programme, year LIMIT 20000;

-- name: budget_programme_budgets :many
SELECT id AS id, siret AS siret, label AS label FROM accounting_budget ORDER BY kind DESC, siret LIMIT 100;

-- name: budget_programme_find :maybe
SELECT accounting_programme.id AS id
FROM accounting_programme JOIN accounting_budget ON accounting_budget.id = accounting_programme.budget
WHERE siret = $siret AND number = $number;

-- name: budget_programme_budget :maybe
SELECT id AS id FROM accounting_budget WHERE siret = $siret;

-- name: budget_programme_add :one
INSERT INTO accounting_programme (budget, number, title, section, authorised, decided_day)
VALUES (:budget, $number, $title, :section, :authorised, :decided_day) RETURNING id AS id;

-- name: budget_programme_put :none
UPDATE accounting_programme SET title = $title, section = :section, authorised = :authorised,
    decided_day = :decided_day WHERE id = :id;

-- name: budget_programme_year_add :none
INSERT INTO accounting_programme_year (programme, year, credit) VALUES (:programme, :year, :credit);

-- name: budget_programme_years_drop :none
DELETE FROM accounting_programme_year WHERE programme = :programme;
