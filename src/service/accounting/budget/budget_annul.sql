-- name: budget_annul_voter :maybe
-- Who recorded the vote of an act.
SELECT COALESCE(person, 0) AS person FROM accounting_deed WHERE kind = :kind AND object = :act AND deed = 'accounting.vote'
ORDER BY id DESC LIMIT 1;

-- name: budget_annul_put :none
UPDATE accounting_act SET annulled_ms = :at_ms, annulled_why = $why WHERE id = :act;
