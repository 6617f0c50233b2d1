-- name: staff_request_add :one
INSERT INTO staff_request (agent, kind, since_day, until_day, state, asked_ms, decided_by, decided_ms, fact)
VALUES (:agent, :kind, :since_day, :until_day, 0, :asked_ms, NULL, 0, NULL) RETURNING id AS id;

-- name: staff_request_get :maybe
SELECT agent AS agent, kind AS kind, since_day AS since_day, until_day AS until_day, state AS state
FROM staff_request WHERE id = :id;

-- name: staff_request_list :many
-- text: decider
SELECT staff_request.id AS id, staff_request.kind AS kind, staff_request.since_day AS since_day,
    staff_request.until_day AS until_day, staff_request.state AS state,
    coalesce(person.display_name, '') AS decider
FROM staff_request LEFT JOIN person ON person.id = staff_request.decided_by
WHERE staff_request.agent = :agent ORDER BY staff_request.id DESC LIMIT 200;

-- name: staff_request_waiting :many
SELECT staff_request.id AS id, staff_request.agent AS agent, staff_agent.code AS code, staff_request.kind AS kind,
    staff_request.since_day AS since_day, staff_request.until_day AS until_day
FROM staff_request JOIN staff_agent ON staff_agent.id = staff_request.agent
WHERE staff_request.state = 0 ORDER BY staff_request.id LIMIT 200;

-- name: staff_request_clash :maybe
SELECT id AS id FROM staff_request
WHERE agent = :agent AND state = 0 AND since_day <= :until_day AND until_day >= :since_day ORDER BY id LIMIT 1;

-- name: staff_request_decide :none
UPDATE staff_request SET state = :state, decided_by = nullif(:person, 0), decided_ms = :at_ms, fact = nullif(:fact, 0)
WHERE id = :id;
