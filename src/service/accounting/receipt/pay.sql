-- name: pay_budget :maybe
SELECT id AS id FROM accounting_budget WHERE siret = $siret;
