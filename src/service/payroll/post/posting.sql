-- name: posting_done :maybe
SELECT budget AS budget, amount AS amount, pieces AS pieces, posted_ms AS posted_ms FROM payroll_posted
WHERE run = :run;

-- name: posting_add :none
INSERT INTO payroll_posted (run, command, budget, amount, pieces, posted_by, posted_ms)
VALUES (:run, @command, $budget, :amount, :pieces, :posted_by, :posted_ms);

-- name: posting_creditor_put :none
INSERT INTO payroll_creditor (code, siret) VALUES ($code, $siret)
ON CONFLICT (code) DO UPDATE SET siret = excluded.siret;

-- name: posting_creditors :many
SELECT code AS code, siret AS siret FROM payroll_creditor ORDER BY code LIMIT 20;
