-- database: syndicate
-- name: member_add :one
INSERT INTO member (name, title, kind, insee, siret, zone, language, created_ms)
VALUES ($name, $title, $kind, $insee, $siret, $zone, $language, :created_ms) RETURNING id AS id;

-- name: member_add_domain :none
INSERT INTO member_domain (domain, member, position)
VALUES ($domain, :member, (SELECT count(*) + 1 FROM member_domain WHERE member = :member));

-- name: member_list :many
SELECT id, name, title, kind, insee, siret, zone, language, created_ms FROM member ORDER BY id LIMIT 1000;

-- name: member_by_name :maybe
SELECT id, name, title, kind, insee, siret, zone, language, created_ms FROM member WHERE name = $name;

-- name: member_by_domain :maybe
SELECT member.id AS id, member.name AS name FROM member_domain JOIN member ON member.id = member_domain.member
WHERE member_domain.domain = $domain;

-- name: member_domains :many
SELECT domain FROM member_domain WHERE member = :member ORDER BY position LIMIT 64;

-- name: member_domain_count :one
SELECT count(*) AS number FROM member_domain WHERE domain = $domain;
