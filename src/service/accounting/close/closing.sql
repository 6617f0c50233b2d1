-- name: closing_undone :one
-- Service done and not ordered, of engagements that have a line of functioning.
SELECT COUNT(*) AS engagements, COALESCE(SUM(done - (amount - remains)), 0) AS cents
FROM (SELECT accounting_posted.amount AS amount, remains AS remains,
        (SELECT COALESCE(SUM(accounting_attest.amount), 0) FROM accounting_attest
            WHERE accounting_attest.engagement = accounting_engagement.sequence) AS done
    FROM accounting_engagement JOIN accounting_posted ON accounting_posted.sequence = accounting_engagement.sequence
    WHERE budget = :budget AND year = :year AND remains > 0
        AND EXISTS (SELECT 1 FROM accounting_imputation
            WHERE accounting_imputation.sequence = accounting_engagement.sequence AND section = 0)) AS engaged
WHERE done > amount - remains;

-- name: closing_reserved :one
SELECT COUNT(*) AS engagements, COALESCE(SUM(remains), 0) AS cents
FROM accounting_engagement JOIN accounting_posted ON accounting_posted.sequence = accounting_engagement.sequence
WHERE budget = :budget AND year = :year AND remains > 0;
