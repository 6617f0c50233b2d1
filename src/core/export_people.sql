-- name: export_people_person :each
SELECT address, display_name AS name, department, language, role, is_active, quota_bytes, created_ms FROM person
ORDER BY address;

-- name: export_people_alias :each
SELECT alias.address AS address, person.address AS person FROM alias JOIN person ON person.id = alias.person
ORDER BY alias.address;

-- name: export_people_group :each
SELECT address, display_name AS name FROM person_group ORDER BY address;

-- name: export_people_member :each
SELECT person_group.address AS address, person.address AS person FROM group_member
JOIN person_group ON person_group.id = group_member.person_group JOIN person ON person.id = group_member.person
ORDER BY person_group.address, person.address;

-- name: export_people_mandate :each
SELECT mandate.operator AS operator, mandate.reason AS reason, person.address AS giver, mandate.given_ms AS given_ms,
    mandate.ends_ms AS ends_ms, mandate.ended_ms AS ended_ms
FROM mandate JOIN person ON person.id = mandate.person ORDER BY mandate.id;

-- name: export_people_setting :each
SELECT name, value FROM setting ORDER BY name;

-- name: export_people_audit :each
SELECT id, at_ms, person, mandate, actor, kind, subject, detail, hash FROM audit ORDER BY id;

-- name: export_people_add_person :one
INSERT INTO person (address, display_name, department, language, is_active, quota_bytes, created_ms, role)
VALUES ($address, $name, $department, $language, :is_active, :quota_bytes, :created_ms, :role) RETURNING id AS id;

-- name: export_people_add_alias :none
INSERT INTO alias (address, person) VALUES ($address, :person);

-- name: export_people_add_group :none
INSERT INTO person_group (address, display_name) VALUES ($address, $name);

-- name: export_people_add_member :none
INSERT INTO group_member (person_group, person) SELECT id, :person FROM person_group WHERE address = $address;

-- name: export_people_add_mandate :none
INSERT INTO mandate (operator, reason, person, given_ms, ends_ms, ended_ms)
VALUES ($operator, $reason, :person, :given_ms, :ends_ms, :ended_ms);

-- name: export_people_id :maybe
SELECT id FROM person WHERE address = $address;
