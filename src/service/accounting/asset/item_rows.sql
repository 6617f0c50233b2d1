-- name: item_rows_asset :each
SELECT id AS id, budget AS budget, number AS number, label AS label, nature AS nature, kind AS kind,
    commissioned AS commissioned, cost AS cost, years AS years, basis AS basis, before AS before,
    before_year AS before_year, COALESCE(piece, 0) AS piece, gone AS gone, price AS price
FROM accounting_asset ORDER BY id;

-- name: item_rows_asset_add :none
INSERT INTO accounting_asset (id, budget, number, label, nature, kind, commissioned, cost, years, basis, before,
    before_year, piece, gone, price)
VALUES (:id, :budget, $number, $label, $nature, $kind, :commissioned, :cost, :years, :basis, :before, :before_year,
    NULLIF(:piece, 0), :gone, :price);

-- name: item_rows_charge :each
SELECT asset AS asset, year AS year, amount AS amount, piece AS piece FROM accounting_charge ORDER BY asset, year;

-- name: item_rows_charge_add :none
INSERT INTO accounting_charge (asset, year, amount, piece) VALUES (:asset, :year, :amount, :piece);
