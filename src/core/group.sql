-- name: group_list :many
SELECT person_group.id AS id, person_group.address AS address, person_group.display_name AS name,
    (SELECT count(*) FROM group_member WHERE group_member.person_group = person_group.id) AS members
FROM person_group ORDER BY person_group.address LIMIT 1000;

-- name: group_get :maybe
SELECT id, address, display_name AS name FROM person_group WHERE id = :id;

-- name: group_add :one
INSERT INTO person_group (address, display_name) VALUES ($address, $name) RETURNING id AS id;

-- name: group_rename :none
UPDATE person_group SET display_name = $name WHERE id = :id;

-- name: group_delete :none
DELETE FROM person_group WHERE id = :id;

-- name: group_members :many
SELECT person FROM group_member WHERE person_group = :person_group ORDER BY person LIMIT 10000;

-- name: group_clear :none
DELETE FROM group_member WHERE person_group = :person_group;

-- name: group_join :none
INSERT INTO group_member (person_group, person) SELECT :person_group, id FROM person WHERE id = :person;
