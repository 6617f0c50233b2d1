-- name: mandate_add :one
INSERT INTO mandate (operator, reason, person, given_ms, ends_ms, ended_ms)
VALUES ($operator, $reason, :person, :given_ms, :ends_ms, 0) RETURNING id AS id;

-- name: mandate_list :many
SELECT mandate.id AS id, mandate.operator AS operator, mandate.reason AS reason, mandate.person AS person,
    mandate.given_ms AS given_ms, mandate.ends_ms AS ends_ms, mandate.ended_ms AS ended_ms,
    person.address AS giver, person.display_name AS giver_name
FROM mandate JOIN person ON person.id = mandate.person ORDER BY mandate.id DESC LIMIT 100;

-- name: mandate_get :maybe
SELECT id, operator, reason, ends_ms, ended_ms FROM mandate WHERE id = :id;

-- name: mandate_end :none
UPDATE mandate SET ended_ms = :ended_ms WHERE id = :id AND ended_ms = 0;
