-- Where charges of the inventory do not agree with the journal; sentences: asset_proof.c.
-- name: asset_proof_rows :each
-- A mandat of depreciation is the sum of what it charges; one that was cancelled whole charges nothing, whatever rows no
-- later one has taken.
SELECT 1 AS finding, posted.sequence AS subject, SUM(charge.amount) AS found, posted.amount AS wanted, 0 AS other
FROM accounting_charge AS charge JOIN accounting_posted AS posted ON posted.sequence = charge.piece
WHERE posted.remains > 0 GROUP BY posted.sequence, posted.amount HAVING SUM(charge.amount) <> posted.amount
-- It is an operation of order, of the asset's budget and that year.
UNION ALL
SELECT 2, charge.piece, charge.asset, charge.year, 0 FROM accounting_charge AS charge
JOIN accounting_asset AS asset ON asset.id = charge.asset
JOIN accounting_piece AS piece ON piece.sequence = charge.piece
WHERE piece.year <> charge.year OR piece.budget <> asset.budget OR piece.type <> '03' OR piece.is_receipt <> 0
-- It has a titre as its other half.
UNION ALL
SELECT 5, charge.piece, MIN(charge.asset), MIN(charge.year), 0 FROM accounting_charge AS charge
WHERE NOT EXISTS (SELECT 1 FROM accounting_pair WHERE accounting_pair.expense = charge.piece) GROUP BY charge.piece;

-- name: asset_proof_items :many
SELECT id AS id FROM accounting_asset WHERE id > :after ORDER BY id LIMIT 100;
