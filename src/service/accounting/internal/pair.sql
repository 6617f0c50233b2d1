-- name: pair_add :none
INSERT INTO accounting_pair (expense, receipt, kind, asset)
VALUES (:expense, :receipt, $kind, CASE WHEN :asset > 0 THEN :asset END);

-- name: pair_of :maybe
SELECT id AS id, expense AS expense, receipt AS receipt, kind AS kind, COALESCE(asset, 0) AS asset
FROM accounting_pair WHERE expense = :piece OR receipt = :piece;

-- name: pair_list :many
SELECT accounting_pair.id AS id, expense AS expense, receipt AS receipt, kind AS kind, COALESCE(asset, 0) AS asset
FROM accounting_pair
    JOIN accounting_piece ON accounting_piece.sequence = accounting_pair.expense
WHERE budget = :budget AND year = :year ORDER BY accounting_pair.id DESC LIMIT 500;

-- name: pair_list_of_asset :many
SELECT accounting_pair.id AS id, expense AS expense, receipt AS receipt, accounting_pair.kind AS kind,
    COALESCE(asset, 0) AS asset
FROM accounting_pair
    JOIN accounting_posted ON accounting_posted.sequence = accounting_pair.expense
WHERE asset = :asset AND remains > 0 ORDER BY accounting_pair.id LIMIT 500;
