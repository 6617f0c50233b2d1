-- name: figure_kept_list :many
-- text: added_by
SELECT code AS code, since AS since, value AS value, source AS source,
    COALESCE(person.display_name, '') AS added_by, added_ms AS added_ms
FROM accounting_figure LEFT JOIN person ON person.id = accounting_figure.added_by
ORDER BY code, since DESC LIMIT 500;

-- name: figure_kept_put :none
INSERT INTO accounting_figure (code, since, value, source, added_by, added_ms)
VALUES ($code, :since, :value, $source, CASE WHEN :added_by > 0 THEN :added_by END, :added_ms)
ON CONFLICT (code, since) DO UPDATE SET value = excluded.value, source = excluded.source,
    added_by = excluded.added_by, added_ms = excluded.added_ms;

-- name: figure_kept_count :one
SELECT COUNT(*) AS count FROM accounting_figure;
