-- name: vote_rows_chart :each
SELECT id AS id, nomenclature AS nomenclature, year AS year, csv AS csv, sha256 AS sha256, source AS source,
    taken_ms AS taken_ms, taken_by AS taken_by
FROM accounting_chart ORDER BY id;

-- name: vote_rows_chart_add :none
INSERT INTO accounting_chart (id, nomenclature, year, csv, sha256, source, taken_ms, taken_by)
VALUES (:id, $nomenclature, :year, $csv, $sha256, $source, :taken_ms, $taken_by);

-- name: vote_rows_taken :each
SELECT id AS id, nomenclature AS nomenclature, year AS year, from_year AS from_year, taken_ms AS taken_ms,
    taken_by AS taken_by, ended_ms AS ended_ms
FROM accounting_chart_taken ORDER BY id;

-- name: vote_rows_taken_add :none
INSERT INTO accounting_chart_taken (id, nomenclature, year, from_year, taken_ms, taken_by, ended_ms)
VALUES (:id, $nomenclature, :year, :from_year, :taken_ms, $taken_by, :ended_ms);

-- name: vote_rows_rate :each
SELECT id AS id, budget AS budget, year AS year, rate AS rate
FROM accounting_rate ORDER BY id;

-- name: vote_rows_budget :maybe
SELECT siret AS siret FROM accounting_budget WHERE id = :id;

-- name: vote_rows_rate_add :none
INSERT INTO accounting_rate (id, budget, year, rate)
VALUES (:id, :budget, :year, :rate);

-- name: vote_rows_transfer :each
SELECT id AS id, act AS act, section AS section, from_chapter AS from_chapter, to_chapter AS to_chapter,
    amount AS amount, reason AS reason, made_by AS made_by, told_day AS told_day
FROM accounting_transfer ORDER BY id;

-- name: vote_rows_transfer_add :none
INSERT INTO accounting_transfer (id, act, section, from_chapter, to_chapter, amount, reason, made_by, told_day)
VALUES (:id, :act, :section, $from_chapter, $to_chapter, :amount, $reason, $made_by, :told_day);

-- name: vote_rows_programme :each
SELECT id AS id, budget AS budget, number AS number, title AS title, section AS section, authorised AS authorised,
    decided_day AS decided_day
FROM accounting_programme ORDER BY id;

-- name: vote_rows_programme_add :none
INSERT INTO accounting_programme (id, budget, number, title, section, authorised, decided_day)
VALUES (:id, :budget, $number, $title, :section, :authorised, :decided_day);

-- name: vote_rows_credit :each
SELECT id AS id, programme AS programme, year AS year, credit AS credit
FROM accounting_programme_year ORDER BY id;

-- name: vote_rows_credit_add :none
INSERT INTO accounting_programme_year (id, programme, year, credit)
VALUES (:id, :programme, :year, :credit);
