-- name: pair_rows_pair :each
SELECT id AS id, expense AS expense, receipt AS receipt, kind AS kind, COALESCE(asset, 0) AS asset
FROM accounting_pair ORDER BY id;

-- name: pair_rows_pair_add :none
INSERT INTO accounting_pair (id, expense, receipt, kind, asset)
VALUES (:id, :expense, :receipt, $kind, NULLIF(:asset, 0));
