-- name: outbox_insert :one
INSERT INTO outbox (body, account, sender, destination, recipients, next_ms, attempts, created_ms, draft, last_failure)
VALUES (:body, :account, $sender, $destination, $recipients, :next_ms, 0, :created_ms, :draft, '') RETURNING id AS id;

-- name: outbox_get :maybe
SELECT id, body, account, sender, destination, recipients, next_ms, attempts, created_ms, draft FROM outbox
WHERE id = :id;

-- name: outbox_due :many
SELECT id, destination FROM outbox WHERE next_ms <= :now_ms ORDER BY next_ms, id LIMIT 100;

-- name: outbox_next :maybe
SELECT next_ms FROM outbox WHERE next_ms > :after_ms ORDER BY next_ms LIMIT 1;

-- name: outbox_delete :none
DELETE FROM outbox WHERE id = :id;

-- name: outbox_put_off :none
UPDATE outbox SET recipients = $recipients, next_ms = :next_ms, attempts = :attempts, last_failure = $last_failure
WHERE id = :id;
