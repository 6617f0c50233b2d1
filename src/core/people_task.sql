-- name: people_task_add :one
INSERT INTO people_task (person, kind, role, is_active, address, language, hash, ends_ms, created_ms,
                         is_done)
VALUES (:person, :kind, :role, :is_active, $address, $language, @hash, :ends_ms, :now_ms, 0) RETURNING id AS id;

-- name: people_task_after :many
SELECT id, person, kind, role, is_active, address, language, hash, ends_ms FROM people_task
WHERE id > :after AND is_done = 0 ORDER BY id LIMIT 100;

-- name: people_task_done :none
UPDATE people_task SET is_done = 1 WHERE id = :id;

-- name: people_task_forget :none
DELETE FROM people_task WHERE is_done = 1 AND id < (SELECT max(id) FROM people_task);

-- name: people_task_set_role :none
UPDATE person SET role = :role WHERE id = :person;

-- name: people_task_waiting :one
SELECT count(*) AS number FROM people_task WHERE is_done = 0;
