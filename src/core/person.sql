-- name: person_get :maybe
SELECT id, address, display_name, department, language, is_active, quota_bytes, created_ms, role FROM person
WHERE id = :id;

-- name: person_by_address :maybe
SELECT id, address, display_name, department, language, is_active, quota_bytes, created_ms, role FROM person
WHERE address = $address;

-- name: person_list :many
SELECT id, address, display_name, department, language, is_active, quota_bytes, created_ms, role FROM person
ORDER BY address LIMIT 10000;

-- name: person_add :one
INSERT INTO person (address, display_name, department, language, is_active, quota_bytes, created_ms)
VALUES ($address, $display_name, $department, '', 1, 0, :created_ms) RETURNING id AS id;

-- name: person_owner :maybe
-- Most addresses are a person's own: one step of one index.
SELECT id FROM person WHERE address = $address AND is_active = 1;

-- name: person_resolve :many
-- The active people behind an address: the person's own, an alias, or a group.
SELECT person.id AS id, person.address AS address FROM person
WHERE person.is_active = 1 AND (person.address = $address
    OR person.id IN (SELECT alias.person FROM alias WHERE alias.address = $address)
    OR person.id IN (SELECT group_member.person FROM group_member
                     JOIN person_group ON person_group.id = group_member.person_group
                     WHERE person_group.address = $address))
ORDER BY person.id LIMIT 1000;

-- name: person_taken :one
SELECT (SELECT count(*) FROM person WHERE person.address = $address)
     + (SELECT count(*) FROM alias WHERE alias.address = $address)
     + (SELECT count(*) FROM person_group WHERE person_group.address = $address) AS number;

-- name: person_add_alias :none
INSERT INTO alias (address, person) VALUES ($address, :person);

-- name: person_set :none
UPDATE person SET display_name = $display_name, department = $department, is_active = :is_active,
    quota_bytes = :quota_bytes WHERE id = :id;

-- name: person_aliases :many
SELECT alias.address AS address, alias.person AS person, person.display_name AS name
FROM alias JOIN person ON person.id = alias.person ORDER BY alias.address LIMIT 10000;

-- name: person_drop_alias :none
DELETE FROM alias WHERE address = $address;
