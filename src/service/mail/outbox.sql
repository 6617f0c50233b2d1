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

-- name: outbox_wait :none
UPDATE outbox SET next_ms = :until_ms WHERE lower(destination) = lower($destination) AND next_ms < :until_ms;

-- name: outbox_queues :many
-- Where mail waits to go, the oldest first: sizes and ages, no sender, no recipient.
SELECT outbox.destination AS destination, count(*) AS messages, coalesce(sum(body.size), 0) AS bytes,
    coalesce(min(outbox.created_ms), 0) AS oldest_ms, coalesce(min(outbox.next_ms), 0) AS next_ms,
    coalesce(max(outbox.attempts), 0) AS attempts
FROM outbox LEFT JOIN body ON body.id = outbox.body GROUP BY outbox.destination ORDER BY 4 LIMIT 100;
