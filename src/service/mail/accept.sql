-- name: accept_add :none
INSERT INTO accepted (source, accepted_ms) VALUES ($source, :accepted_ms) ON CONFLICT (source) DO NOTHING;

-- name: accept_find :maybe
SELECT accepted_ms FROM accepted WHERE source = $source;

-- name: accept_sweep :none
DELETE FROM accepted WHERE accepted_ms < :before_ms;
