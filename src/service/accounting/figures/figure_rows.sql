-- name: figure_rows_all :each
-- text: added_by
SELECT accounting_figure.id AS id, code AS code, since AS since, value AS value, source AS source,
    COALESCE(person.address, '') AS added_by, added_ms AS added_ms
FROM accounting_figure LEFT JOIN person ON person.id = accounting_figure.added_by ORDER BY accounting_figure.id;

-- name: figure_rows_add :none
INSERT INTO accounting_figure (id, code, since, value, source, added_by, added_ms)
VALUES (:id, $code, :since, :value, $source, nullif(:added_by, 0), :added_ms);
