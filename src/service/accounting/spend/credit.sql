-- name: credit_opening :maybe
SELECT budget AS budget FROM accounting_opening WHERE act = :act;

-- name: credit_opening_add :none
INSERT INTO accounting_opening (act, sequence, budget, year, functioning_by_article, investment_by_article)
VALUES (:act, :sequence, :budget, :year, :functioning_by_article, :investment_by_article);

-- name: credit_budget_of :one
SELECT budget AS budget FROM accounting_act WHERE id = :act;

-- name: credit_year_of :maybe
-- The first act that opened credits of that year says how they are voted; before the vote, one of the year before.
SELECT accounting_budget.siret AS siret, accounting_budget.label AS label, accounting_act.nomenclature AS nomenclature,
    functioning_by_article AS functioning_by_article, investment_by_article AS investment_by_article,
    accounting_act.id AS act, accounting_budget.recovers_tax AS recovers_tax, is_before AS is_before
FROM (SELECT act, sequence, budget, year, functioning_by_article, investment_by_article, 0 AS is_before
        FROM accounting_opening WHERE accounting_opening.budget = :budget AND accounting_opening.year = :year
    UNION ALL SELECT act, sequence, budget, year, functioning_by_article, investment_by_article, 1
        FROM accounting_before WHERE accounting_before.budget = :budget AND accounting_before.year = :year) AS opened
    JOIN accounting_act ON accounting_act.id = opened.act
    JOIN accounting_budget ON accounting_budget.id = opened.budget
ORDER BY is_before, sequence LIMIT 1;

-- name: credit_tax_set :none
UPDATE accounting_budget SET recovers_tax = :recovers WHERE id = :budget;

-- name: credit_tax_bills :one
-- Bills with tax that wait: what they are charged was looked at in the way that is to end.
SELECT COUNT(*) AS count FROM accounting_bill WHERE budget = :budget AND tax <> 0
    AND (state = 0 OR (retained > 0 AND freed = 0));

-- name: credit_year_list :many
SELECT opened.budget AS budget, opened.year AS year, accounting_budget.siret AS siret, accounting_budget.label AS label
FROM (SELECT budget, year FROM accounting_opening UNION SELECT budget, year FROM accounting_before) AS opened
    JOIN accounting_budget ON accounting_budget.id = opened.budget
ORDER BY opened.year DESC, accounting_budget.siret LIMIT 100;

-- name: credit_line_add :none
INSERT INTO accounting_imputation (sequence, place, nature, function, operation, level, section, net, tax)
VALUES (:sequence, :place, $nature, $function, $operation, $level, :section, :net, :tax);

-- name: credit_line_list :many
SELECT nature AS nature, function AS function, operation AS operation, level AS level, section AS section,
    net AS net, tax AS tax
FROM accounting_imputation WHERE sequence = :sequence ORDER BY place LIMIT 50;

-- name: credit_taken :many
-- What pieces of an engagement, or corrections of a piece, that came before an entry took of its accounts.
SELECT accounting_imputation.nature AS nature, function AS function, operation AS operation, section AS section,
    SUM(net) AS cents, SUM(tax) AS tax
FROM accounting_imputation JOIN accounting_piece ON accounting_piece.sequence = accounting_imputation.sequence
WHERE accounting_piece.sequence < :before AND (accounting_piece.origin = :sequence
    OR (accounting_piece.engagement = :sequence AND accounting_piece.origin IS NULL))
GROUP BY accounting_imputation.nature, function, operation, section
ORDER BY accounting_imputation.nature, function, operation, section LIMIT 500;

-- name: credit_account_list :many
-- Accounts that acts of the year have credits on.
SELECT nature AS nature FROM accounting_line JOIN accounting_opening ON accounting_opening.act = accounting_line.act
WHERE accounting_opening.budget = :budget AND accounting_opening.year = :year AND direction = :direction
    AND accounting_line.kind = 0 AND nature <> ''
GROUP BY nature ORDER BY nature LIMIT 500;

-- name: credit_functions :many
-- Functions of an account in acts of the year that have credits; '' comes first.
SELECT function AS function
FROM accounting_line JOIN accounting_opening ON accounting_opening.act = accounting_line.act
WHERE accounting_opening.budget = :budget AND accounting_opening.year = :year AND direction = :direction
    AND accounting_line.kind = 0 AND nature = $nature
GROUP BY function ORDER BY function LIMIT 50;

-- name: credit_year_counts :one
-- What waits: bills, mandats and titres in no bordereau, bordereaux to sign.
SELECT
    (SELECT COUNT(*) FROM accounting_bill WHERE budget = :budget AND state = 0) AS bills,
    (SELECT COUNT(*) FROM accounting_piece WHERE budget = :budget AND year = :year AND is_receipt = 0
        AND slip IS NULL) AS orders,
    (SELECT COUNT(*) FROM accounting_piece WHERE budget = :budget AND year = :year AND is_receipt = 1
        AND slip IS NULL) AS titles,
    (SELECT COUNT(*) FROM accounting_slip WHERE budget = :budget AND year = :year AND state = 0) AS slips;

-- name: credit_cell :maybe
SELECT accounting_budget.id AS budget, accounting_exercise.year AS year, direction AS direction, level AS level,
    council AS council, available AS available, reserved AS reserved, ordered AS ordered
FROM accounting_cell JOIN accounting_exercise ON accounting_exercise.id = accounting_cell.exercise
    JOIN accounting_budget ON accounting_budget.siret = accounting_exercise.budget
WHERE accounting_cell.id = :id;
