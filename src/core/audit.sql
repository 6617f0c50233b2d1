-- name: audit_add :none
INSERT INTO audit (id, at_ms, person, mandate, actor, kind, subject, detail, hash)
VALUES (:id, :at_ms, :person, :mandate, $actor, $kind, $subject, $detail, @hash);

-- name: audit_last :maybe
SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1;

-- name: audit_before :many
SELECT id, at_ms, person, mandate, actor, kind, subject, detail, hash FROM audit
WHERE id < :before ORDER BY id DESC LIMIT 100;

-- name: audit_each :each
SELECT id, at_ms, person, mandate, actor, kind, subject, detail, hash FROM audit ORDER BY id;

-- name: audit_last_of :one
SELECT coalesce(max(at_ms), 0) AS at_ms FROM audit WHERE kind = $kind;

-- name: audit_same :one
SELECT count(*) AS number FROM audit
WHERE kind = $kind AND at_ms = :at_ms AND actor = $actor AND subject = $subject AND detail = $detail;
