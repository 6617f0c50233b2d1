-- name: staff_identity_add :none
INSERT INTO staff_identity (agent, sealed, mark, person, known_ms)
VALUES (:agent, @sealed, @mark, nullif(:person, 0), :known_ms);

-- name: staff_identity_last :maybe
SELECT sealed AS sealed FROM staff_identity WHERE agent = :agent ORDER BY id DESC LIMIT 1;

-- name: staff_identity_twin :maybe
-- Another agent whose last identity has that NIR.
SELECT staff_agent.code AS code FROM staff_identity JOIN staff_agent ON staff_agent.id = staff_identity.agent
WHERE staff_identity.mark = @mark AND staff_identity.agent <> :agent
    AND NOT EXISTS (SELECT 1 FROM staff_identity AS later
        WHERE later.agent = staff_identity.agent AND later.id > staff_identity.id)
ORDER BY staff_identity.id LIMIT 1;
