-- name: staff_bank_add :none
INSERT INTO staff_bank (agent, sealed, mark, state, entered_by, entered_ms, decided_by, decided_ms)
VALUES (:agent, @sealed, @mark, 0, nullif(:entered_by, 0), :entered_ms, NULL, 0);

-- name: staff_bank_of :maybe
SELECT id AS id, sealed AS sealed, mark AS mark, coalesce(entered_by, 0) AS entered_by, entered_ms AS entered_ms
FROM staff_bank WHERE agent = :agent AND state = :state ORDER BY id DESC LIMIT 1;

-- name: staff_bank_get :maybe
SELECT state AS state, coalesce(entered_by, 0) AS entered_by FROM staff_bank WHERE id = :id AND agent = :agent;

-- name: staff_bank_decide :none
UPDATE staff_bank SET state = :state, decided_by = nullif(:person, 0), decided_ms = :at_ms WHERE id = :id;

-- name: staff_bank_replace :none
UPDATE staff_bank SET state = 3 WHERE agent = :agent AND state = 1;

-- name: staff_bank_shared :many
SELECT DISTINCT staff_agent.code AS code FROM staff_bank JOIN staff_agent ON staff_agent.id = staff_bank.agent
WHERE staff_bank.mark = @mark AND staff_bank.state IN (0, 1) AND staff_bank.agent <> :agent
ORDER BY staff_agent.code LIMIT 20;
