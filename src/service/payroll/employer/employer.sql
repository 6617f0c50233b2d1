-- name: employer_list :many
-- text: added_by
SELECT payroll_employer.id AS id, code AS code, since_day AS since_day, value AS value, source AS source,
    COALESCE(person.display_name, '') AS added_by, added_ms AS added_ms
FROM payroll_employer LEFT JOIN person ON person.id = payroll_employer.added_by
ORDER BY code, since_day DESC, payroll_employer.id DESC LIMIT 1000;

-- name: employer_of :maybe
SELECT value AS value FROM payroll_employer
WHERE code = $code AND since_day <= :day AND added_ms <= :known_ms ORDER BY since_day DESC, id DESC LIMIT 1;

-- name: employer_add :none
INSERT INTO payroll_employer (code, since_day, value, source, added_by, added_ms)
VALUES ($code, :since_day, :value, $source, NULLIF(:added_by, 0), :added_ms);

-- name: employer_count :one
SELECT COUNT(*) AS count FROM payroll_employer;
