-- name: compact_living :one
SELECT count(*) AS number, coalesce(sum(size), 0) AS bytes FROM body WHERE segment = :segment;

-- name: compact_bodies :many
SELECT body.id AS id, body.segment AS segment, body.position AS position, body.size AS size, body.hash AS hash,
    (SELECT count(*) FROM email WHERE email.body = body.id) + (SELECT count(*) FROM outbox WHERE outbox.body = body.id)
    AS owners
FROM body WHERE body.segment = :segment ORDER BY body.position LIMIT 50;

-- name: compact_drop :none
DELETE FROM body WHERE id = :id;

-- name: compact_move :none
UPDATE body SET segment = :segment, position = :position WHERE id = :id AND hash = @hash;
