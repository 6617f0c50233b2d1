-- name: directory_people :many
SELECT id, address, display_name, department FROM person WHERE is_active = 1
ORDER BY department, display_name, address LIMIT 5000;

-- name: directory_groups :many
SELECT id, address, display_name FROM person_group ORDER BY display_name LIMIT 1000;
