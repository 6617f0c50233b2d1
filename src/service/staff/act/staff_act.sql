-- name: staff_act_next :one
SELECT coalesce(max(number), 0) + 1 AS number FROM staff_act WHERE year = :year;

-- name: staff_act_add :one
INSERT INTO staff_act (year, number, agent, kind, day, state, signatory, made_by, made_ms, signed_by, signed_ms, reason)
VALUES (:year, :number, :agent, :kind, :day, 0, '', nullif(:made_by, 0), :made_ms, NULL, 0, $reason)
RETURNING id AS id;

-- name: staff_act_get :maybe
-- text: code signer
SELECT staff_act.id AS id, staff_act.year AS year, staff_act.number AS number, staff_act.agent AS agent,
    staff_agent.code AS code, staff_act.kind AS kind, staff_act.day AS day, staff_act.state AS state,
    staff_act.signatory AS signatory, coalesce(staff_act.made_by, 0) AS made_by, staff_act.reason AS reason,
    staff_act.signed_ms AS signed_ms, coalesce(person.display_name, '') AS signer
FROM staff_act JOIN staff_agent ON staff_agent.id = staff_act.agent
LEFT JOIN person ON person.id = staff_act.signed_by WHERE staff_act.id = :id;

-- name: staff_act_list :many
SELECT staff_act.id AS id, staff_act.number AS number, staff_agent.code AS code, staff_act.kind AS kind,
    staff_act.day AS day, staff_act.state AS state, staff_act.reason AS reason
FROM staff_act JOIN staff_agent ON staff_agent.id = staff_act.agent
WHERE staff_act.year = :year ORDER BY staff_act.number DESC LIMIT 1000;

-- name: staff_act_of :many
SELECT id AS id, year AS year, number AS number, kind AS kind, day AS day, reason AS reason FROM staff_act
WHERE agent = :agent AND state = 1 ORDER BY id DESC LIMIT 200;

-- name: staff_act_lives :one
SELECT count(*) AS number FROM staff_fact WHERE staff_fact.act = :act AND staff_fact.is_back = 0
    AND NOT EXISTS (SELECT 1 FROM staff_fact AS later WHERE later.corrects = staff_fact.id);

-- name: staff_act_after :maybe
SELECT later.act AS act FROM staff_fact JOIN staff_fact AS later ON later.corrects = staff_fact.id
WHERE staff_fact.act = :act AND later.act IS NOT NULL AND later.act <> staff_fact.act ORDER BY later.id DESC LIMIT 1;

-- name: staff_act_drafts :one
SELECT count(*) AS number FROM staff_act WHERE state = 0;

-- name: staff_act_void :none
UPDATE staff_act SET state = 2 WHERE id = :id AND state = 0;

-- name: staff_act_sign :none
UPDATE staff_act SET state = 1, signatory = $signatory, signed_by = nullif(:person, 0), signed_ms = :signed_ms
WHERE id = :id AND state = 0;

-- name: staff_act_keep :none
INSERT INTO staff_act_text (act, sealed) VALUES (:act, @sealed);

-- name: staff_act_kept :maybe
SELECT sealed AS sealed FROM staff_act_text WHERE act = :act;
