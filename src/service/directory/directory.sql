-- name: directory_people :many
SELECT id, address, display_name, department FROM person WHERE is_active = 1
ORDER BY department, display_name, address LIMIT 5000;

-- name: directory_members :many
SELECT person.display_name AS name FROM group_member JOIN person ON person.id = group_member.person
WHERE group_member.person_group = :person_group AND person.is_active = 1 ORDER BY person.display_name LIMIT 1000;

-- name: directory_groups :many
SELECT id, address, display_name FROM person_group ORDER BY display_name LIMIT 1000;
