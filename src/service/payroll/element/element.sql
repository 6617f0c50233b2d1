-- name: element_list :many
-- text: added_by
SELECT payroll_element.id AS id, agent AS agent, matricule AS matricule, code AS code, amount AS amount,
    since_day AS since_day, until_day AS until_day, source AS source, COALESCE(import, 0) AS import,
    COALESCE(person.display_name, '') AS added_by, added_ms AS added_ms
FROM payroll_element LEFT JOIN person ON person.id = payroll_element.added_by
WHERE since_day <= :last_day AND (until_day = 0 OR until_day >= :first_day) AND withdrawn_ms = 0
ORDER BY matricule, code, since_day DESC, payroll_element.id DESC LIMIT 500;

-- name: element_of_agent :many
SELECT id AS id, code AS code, amount AS amount, since_day AS since_day, until_day AS until_day, source AS source
FROM payroll_element
WHERE agent = :agent AND since_day <= :last_day AND (until_day = 0 OR until_day >= :first_day)
    AND added_ms <= :known_ms AND (withdrawn_ms = 0 OR withdrawn_ms > :known_ms)
ORDER BY since_day, id LIMIT 200;

-- name: element_twin :maybe
SELECT id AS id FROM payroll_element WHERE agent = :agent AND code = $code AND amount = :amount
    AND since_day = :since_day AND until_day = :until_day AND withdrawn_ms = 0 LIMIT 1;

-- name: element_add :none
INSERT INTO payroll_element (agent, matricule, code, amount, since_day, until_day, source, import, added_by, added_ms,
    withdrawn_by, withdrawn_ms)
VALUES (:agent, $matricule, $code, :amount, :since_day, :until_day, $source, NULLIF(:import, 0), NULLIF(:added_by, 0),
    :added_ms, NULL, 0);

-- name: element_get :maybe
SELECT id AS id, matricule AS matricule, code AS code, since_day AS since_day, withdrawn_ms AS withdrawn_ms
FROM payroll_element WHERE id = :id;

-- name: element_withdraw :none
UPDATE payroll_element SET withdrawn_by = NULLIF(:withdrawn_by, 0), withdrawn_ms = :withdrawn_ms
WHERE id = :id AND withdrawn_ms = 0;

-- name: element_closed :one
-- The last day of the last month that is closed; 0: none is.
SELECT COALESCE(MAX(month_day), 0) AS month_day FROM payroll_run WHERE state = 3;

-- name: element_import_of :maybe
SELECT id AS id, name AS name FROM payroll_import WHERE hash = @hash;

-- name: element_import_add :one
INSERT INTO payroll_import (hash, name, month_day, taken, refused, added_by, added_ms)
VALUES (@hash, $name, :month_day, 0, 0, NULLIF(:added_by, 0), :added_ms) RETURNING id AS id;

-- name: element_import_end :none
UPDATE payroll_import SET taken = :taken, refused = :refused WHERE id = :id;
