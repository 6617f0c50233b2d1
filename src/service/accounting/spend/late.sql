-- name: late_list :many
-- text: party_name
-- Of the year, else those of a bill or that one piece; gross: with tax, less what corrections took; paid: the day, 0 where
-- no return tells.
SELECT piece.sequence AS sequence, piece.number AS number, piece.due AS due,
    COALESCE(accounting_party.name, '') AS party_name,
    CASE WHEN piece.state = 3 THEN piece.stated_day ELSE 0 END AS paid,
    (SELECT COALESCE(SUM(CASE WHEN one.sequence = piece.sequence THEN net + tax ELSE -net - tax END), 0)
        FROM accounting_piece AS one JOIN accounting_imputation ON accounting_imputation.sequence = one.sequence
        WHERE one.sequence = piece.sequence OR one.origin = piece.sequence) AS gross,
    COUNT(*) OVER () AS whole
FROM accounting_piece AS piece JOIN accounting_posted ON accounting_posted.sequence = piece.sequence
    LEFT JOIN accounting_party ON accounting_party.id = piece.party
WHERE piece.budget = :budget AND piece.year = :year AND piece.due > 0 AND piece.day > piece.due
    AND piece.is_receipt = 0 AND piece.origin IS NULL AND piece.state <> 2 AND accounting_posted.remains > 0
    AND (:bill = 0 OR piece.bill = :bill) AND (:piece = 0 OR piece.sequence = :piece)
    AND NOT EXISTS (
        SELECT 1 FROM accounting_imputation JOIN accounting_piece AS interest
            ON interest.sequence = accounting_imputation.sequence
        JOIN accounting_posted AS posted ON posted.sequence = interest.sequence
        WHERE interest.budget = piece.budget AND interest.party = piece.party AND interest.sequence > piece.sequence
            AND interest.is_receipt = 0 AND interest.origin IS NULL AND interest.state <> 2 AND posted.remains > 0
            AND accounting_imputation.nature IN ('6583', '6711'))
ORDER BY piece.due, piece.sequence LIMIT 50;
