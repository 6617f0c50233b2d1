-- name: staff_agent_add :one
INSERT INTO staff_agent (code, person, made_by, made_ms)
VALUES ($code, NULL, nullif(:made_by, 0), :made_ms) RETURNING id AS id;

-- name: staff_agent_get :maybe
-- text: address person_name
SELECT staff_agent.id AS id, staff_agent.code AS code, coalesce(staff_agent.person, 0) AS person,
    coalesce(person.address, '') AS address, coalesce(person.display_name, '') AS person_name
FROM staff_agent LEFT JOIN person ON person.id = staff_agent.person WHERE staff_agent.id = :id;

-- name: staff_agent_by_code :maybe
SELECT id AS id FROM staff_agent WHERE code = $code;

-- name: staff_agent_by_person :maybe
SELECT id AS id FROM staff_agent WHERE person = :person;

-- name: staff_agent_link :none
UPDATE staff_agent SET person = nullif(:person, 0) WHERE id = :id;

-- name: staff_agent_find :many
SELECT id AS id, code AS code FROM staff_agent WHERE code >= $from AND code < $to
ORDER BY code LIMIT 50 OFFSET :skip;

-- name: staff_agent_count :one
SELECT count(*) AS number FROM staff_agent WHERE code >= $from AND code < $to;

-- name: staff_agent_after :many
SELECT id AS id, code AS code FROM staff_agent WHERE id > :after AND (:only = 0 OR id = :only)
ORDER BY id LIMIT 200;
