-- name: unit_list :many
SELECT id AS id, code AS code, name AS name, is_active AS is_active FROM accounting_unit ORDER BY code LIMIT 500;

-- name: unit_get :maybe
SELECT id AS id, code AS code, name AS name, is_active AS is_active FROM accounting_unit WHERE id = :id;

-- name: unit_by_code :maybe
SELECT id AS id, code AS code, name AS name, is_active AS is_active FROM accounting_unit WHERE code = $code;

-- name: unit_count :one
SELECT count(*) AS number FROM accounting_unit;

-- name: unit_add :one
INSERT INTO accounting_unit (code, name, is_active) VALUES ($code, $name, 1) RETURNING id AS id;

-- name: unit_set :none
UPDATE accounting_unit SET name = $name, is_active = :is_active WHERE id = :id;
