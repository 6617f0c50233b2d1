-- name: cfu_book_pieces :many
-- What pieces of a year were charged to. internal: operations of order; a correction is of its piece's sort.
SELECT piece.is_receipt AS is_receipt, section AS section, line.nature AS nature, function AS function,
    operation AS operation, level AS level,
    piece.type = $internal OR (posted.kind IN (7, 9) AND COALESCE(origin.type, '') = $internal) AS internal,
    SUM(CASE WHEN posted.kind IN (7, 9) OR piece.type IN ($order, $title) THEN 0 ELSE net END) AS issued,
    SUM(CASE WHEN posted.kind NOT IN (7, 9) AND piece.type IN ($order, $title) THEN net ELSE 0 END) AS attached,
    SUM(CASE WHEN posted.kind IN (7, 9) THEN net ELSE 0 END) AS cancelled
FROM accounting_piece AS piece
    JOIN accounting_posted AS posted ON posted.sequence = piece.sequence
    JOIN accounting_imputation AS line ON line.sequence = piece.sequence
    LEFT JOIN accounting_piece AS origin ON origin.sequence = piece.origin
WHERE piece.budget = :budget AND piece.year = :year
GROUP BY piece.is_receipt, section, line.nature, function, operation, level, internal
ORDER BY piece.is_receipt, section, line.nature, function, operation, level, internal LIMIT 50001;

-- name: cfu_book_year :maybe
-- The budget of that SIRET, where its book was opened in that year.
SELECT accounting_opening.budget AS budget
FROM accounting_opening JOIN accounting_budget ON accounting_budget.id = accounting_opening.budget
WHERE accounting_budget.siret = $siret AND accounting_opening.year = :year LIMIT 1;
