-- name: staff_log_add :none
INSERT INTO staff_read (agent, person, what, reason, at_ms)
VALUES (:agent, nullif(:person, 0), :what, :reason, :at_ms);

-- name: staff_log_agents :one
SELECT count(DISTINCT agent) AS number FROM staff_read WHERE person = :person AND at_ms > :since_ms;

-- name: staff_log_list :many
-- text: name
SELECT staff_read.at_ms AS at_ms, staff_read.what AS what, staff_read.reason AS reason,
    coalesce(person.display_name, '') AS name
FROM staff_read LEFT JOIN person ON person.id = staff_read.person
WHERE staff_read.agent = :agent ORDER BY staff_read.id DESC LIMIT 200;

-- name: staff_log_bulk :many
-- text: name
SELECT staff_read.at_ms / 3600000 AS hour, coalesce(person.display_name, '') AS name,
    count(DISTINCT staff_read.agent) AS number
FROM staff_read LEFT JOIN person ON person.id = staff_read.person
WHERE staff_read.at_ms > :since_ms
GROUP BY staff_read.person, person.display_name, staff_read.at_ms / 3600000
HAVING count(DISTINCT staff_read.agent) >= :least
ORDER BY hour DESC LIMIT 100;
