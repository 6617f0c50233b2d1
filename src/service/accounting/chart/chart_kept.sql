-- name: chart_kept_get :maybe
SELECT csv AS csv FROM accounting_chart WHERE nomenclature = $nomenclature AND year = :year;

-- name: chart_kept_list :many
SELECT id AS id, nomenclature AS nomenclature, year AS year, sha256 AS sha256, source AS source, taken_ms AS taken_ms,
    taken_by AS taken_by
FROM accounting_chart ORDER BY nomenclature, year DESC LIMIT 200;

-- name: chart_kept_texts :many
SELECT nomenclature AS nomenclature, year AS year, csv AS csv FROM accounting_chart ORDER BY year DESC LIMIT 16;

-- name: chart_kept_add :none
INSERT INTO accounting_chart (nomenclature, year, csv, sha256, source, taken_ms, taken_by)
VALUES ($nomenclature, :year, $csv, $sha256, $source, :taken_ms, $taken_by);

-- name: chart_kept_drop :none
DELETE FROM accounting_chart WHERE nomenclature = $nomenclature AND year = :year;

-- name: chart_kept_taken_add :none
INSERT INTO accounting_chart_taken (nomenclature, year, from_year, taken_ms, taken_by, ended_ms)
VALUES ($nomenclature, :year, :from_year, :taken_ms, $taken_by, 0);

-- name: chart_kept_taken_now :maybe
SELECT from_year AS from_year FROM accounting_chart_taken
WHERE nomenclature = $nomenclature AND year = :year AND ended_ms = 0;

-- name: chart_kept_taken_get :maybe
SELECT nomenclature AS nomenclature, year AS year, from_year AS from_year FROM accounting_chart_taken
WHERE id = :id AND ended_ms = 0;

-- name: chart_kept_taken_list :many
SELECT id AS id, nomenclature AS nomenclature, year AS year, from_year AS from_year, taken_ms AS taken_ms,
    taken_by AS taken_by
FROM accounting_chart_taken WHERE ended_ms = 0 ORDER BY year DESC, nomenclature LIMIT 100;

-- name: chart_kept_taken_end :none
UPDATE accounting_chart_taken SET ended_ms = :now WHERE nomenclature = $nomenclature AND year = :year AND ended_ms = 0;
