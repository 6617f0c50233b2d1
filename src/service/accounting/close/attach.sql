-- name: attach_engagements :many
-- Of a year: service done and not ordered, of engagements that have a line of functioning.
SELECT sequence AS sequence, done - (amount - remains) AS cents
FROM (SELECT accounting_engagement.sequence AS sequence, accounting_engagement.number AS number,
        accounting_posted.amount AS amount,
        remains AS remains,
        (SELECT COALESCE(SUM(accounting_attest.amount), 0) FROM accounting_attest
            WHERE accounting_attest.engagement = accounting_engagement.sequence) AS done
    FROM accounting_engagement JOIN accounting_posted ON accounting_posted.sequence = accounting_engagement.sequence
    WHERE budget = :budget AND year = :year AND remains > 0
        AND EXISTS (SELECT 1 FROM accounting_imputation
            WHERE accounting_imputation.sequence = accounting_engagement.sequence AND section = 0)) AS engaged
WHERE done > amount - remains ORDER BY number LIMIT 50;

-- name: attach_pieces :many
-- Mandats and titres of a year that attached to it, with what is left to reverse of them at least.
SELECT accounting_piece.sequence AS sequence FROM accounting_piece
    JOIN accounting_posted ON accounting_posted.sequence = accounting_piece.sequence
WHERE budget = :budget AND year = :year AND remains >= :least
    AND type = CASE WHEN is_receipt = 0 THEN $order ELSE $title END
ORDER BY accounting_piece.sequence LIMIT 500;
