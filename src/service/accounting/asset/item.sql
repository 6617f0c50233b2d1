-- name: item_add :one
INSERT INTO accounting_asset (budget, number, label, nature, kind, commissioned, cost, years, basis, before,
    before_year, piece, gone, price)
VALUES (:budget, $number, $label, $nature, $kind, :commissioned, :cost, :years, :basis, :before, :before_year,
    NULLIF(:piece, 0), 0, 0)
RETURNING id AS id;

-- name: item_same :maybe
SELECT id AS id FROM accounting_asset WHERE budget = :budget AND number = $number;

-- name: item_get :maybe
SELECT id AS id, budget AS budget, number AS number, label AS label, nature AS nature, kind AS kind,
    commissioned AS commissioned, cost AS cost, years AS years, basis AS basis, before AS before,
    before_year AS before_year, COALESCE(piece, 0) AS piece, gone AS gone, price AS price
FROM accounting_asset WHERE id = :id;

-- name: item_list :many
SELECT id AS id, budget AS budget, number AS number, label AS label, nature AS nature, kind AS kind,
    commissioned AS commissioned, cost AS cost, years AS years, basis AS basis, before AS before,
    before_year AS before_year, COALESCE(piece, 0) AS piece, gone AS gone, price AS price
FROM accounting_asset
WHERE budget = :budget AND (nature > $nature OR (nature = $nature AND number > $number))
ORDER BY nature, number LIMIT 1000;

-- name: item_count :one
SELECT COUNT(*) AS count FROM accounting_asset WHERE budget = :budget;

-- name: item_piece_told :none
-- Its mandat is of the inventory (NatPce 03), as long as nobody signed it.
UPDATE accounting_piece SET nature = $inventory WHERE sequence = :piece AND is_receipt = 0 AND type = $ordinary
    AND nature = $investment
    AND NOT EXISTS (SELECT 1 FROM accounting_slip
        WHERE accounting_slip.id = accounting_piece.slip AND accounting_slip.signed_by IS NOT NULL);

-- name: item_paid_by :maybe
-- Which asset a mandat paid.
SELECT number AS number, nature AS nature FROM accounting_asset WHERE piece = :piece ORDER BY id LIMIT 1;

-- name: item_gone :none
UPDATE accounting_asset SET gone = :gone, price = :price WHERE id = :id;

-- name: item_charge_add :none
INSERT INTO accounting_charge (asset, year, amount, piece) VALUES (:asset, :year, :amount, :piece)
ON CONFLICT (asset, year) DO UPDATE SET amount = EXCLUDED.amount, piece = EXCLUDED.piece;

-- name: item_charges :many
-- Those that were not cancelled.
SELECT year AS year, accounting_charge.amount AS amount, piece AS piece FROM accounting_charge
    JOIN accounting_posted ON accounting_posted.sequence = accounting_charge.piece
WHERE asset = :asset AND remains > 0 ORDER BY year LIMIT 200;

-- name: item_charged :maybe
-- The mandat of the depreciation of a year; none where it was cancelled whole.
SELECT accounting_charge.piece AS piece FROM accounting_charge
    JOIN accounting_asset ON accounting_asset.id = accounting_charge.asset
    JOIN accounting_posted ON accounting_posted.sequence = accounting_charge.piece
WHERE budget = :budget AND year = :year AND remains > 0 ORDER BY accounting_charge.piece LIMIT 1;

-- name: item_charged_by :many
-- Assets whose depreciation a mandat charges.
SELECT number AS number, nature AS nature FROM accounting_charge
    JOIN accounting_asset ON accounting_asset.id = accounting_charge.asset
WHERE accounting_charge.piece = :piece ORDER BY accounting_asset.id LIMIT 5000;

-- name: item_waiting :many
-- Mandats on accounts of assets that no asset came from, less what was cancelled; the join goes from the few lines of
-- these accounts to their mandats.
-- text: party_name nature
SELECT accounting_piece.sequence AS sequence, accounting_piece.number AS number, accounting_piece.day AS day,
    accounting_piece.object AS object, COALESCE(accounting_party.name, '') AS party_name,
    MIN(accounting_imputation.nature) AS nature,
    SUM(accounting_imputation.net + accounting_imputation.tax) AS cents
FROM accounting_imputation CROSS JOIN accounting_piece
    LEFT JOIN accounting_party ON accounting_party.id = accounting_piece.party
WHERE accounting_imputation.nature >= '20' AND accounting_imputation.nature < '28'
    AND accounting_piece.sequence = accounting_imputation.sequence
    AND accounting_piece.budget = :budget AND accounting_piece.year = :year AND is_receipt = 0 AND type = $ordinary
    AND (SELECT remains FROM accounting_posted WHERE accounting_posted.sequence = accounting_piece.sequence) > 0
    AND NOT EXISTS (SELECT 1 FROM accounting_asset WHERE accounting_asset.piece = accounting_piece.sequence)
GROUP BY accounting_piece.sequence, accounting_piece.number, accounting_piece.day, accounting_piece.object,
    accounting_party.name
ORDER BY accounting_piece.number LIMIT 50;
