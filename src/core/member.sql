-- database: syndicate
-- name: member_add :one
INSERT INTO member (name, title, kind, insee, siret, zone, language, created_ms)
VALUES ($name, $title, $kind, $insee, $siret, $zone, $language, :created_ms) RETURNING id AS id;

-- name: member_add_domain :none
INSERT INTO member_domain (domain, member, position)
VALUES ($domain, :member, (SELECT count(*) + 1 FROM member_domain WHERE member = :member));

-- name: member_list :many
SELECT id, name, title, kind, insee, siret, zone, language, desk, phone, hours, created_ms
FROM member ORDER BY id LIMIT 1000;

-- name: member_by_name :maybe
SELECT id, name, title, kind, insee, siret, zone, language, created_ms FROM member WHERE name = $name;

-- name: member_by_domain :maybe
SELECT member.id AS id, member.name AS name FROM member_domain JOIN member ON member.id = member_domain.member
WHERE member_domain.domain = $domain;

-- name: member_domains :many
SELECT domain FROM member_domain WHERE member = :member ORDER BY position LIMIT 64;

-- name: member_domain_count :one
SELECT count(*) AS number FROM member_domain WHERE domain = $domain;

-- name: member_opt_in :none
INSERT INTO member_service (member, service, since_ms, until_ms)
SELECT :member, $service, :since_ms, 0
WHERE NOT EXISTS (SELECT 1 FROM member_service WHERE member = :member AND service = $service AND until_ms = 0);

-- name: member_opt_out :none
UPDATE member_service SET until_ms = :until_ms WHERE member = :member AND service = $service AND until_ms = 0;

-- name: member_hosts :many
SELECT host FROM member_host WHERE member = :member ORDER BY host LIMIT 64;

-- name: member_add_host :none
INSERT INTO member_host (host, member) VALUES ($host, :member);

-- name: member_set :none
UPDATE member SET title = $title, kind = $kind, insee = $insee, siret = $siret, zone = $zone, language = $language,
    desk = $desk, phone = $phone, hours = $hours WHERE id = :id;

-- name: member_services :many
SELECT service FROM member_service WHERE member = :member AND until_ms = 0 ORDER BY service LIMIT 64;

-- name: member_service_days :many
SELECT service, since_ms, until_ms FROM member_service WHERE member = :member ORDER BY since_ms LIMIT 10000;

-- name: member_house :maybe
-- Who runs the house: the first member that is a syndicate.
SELECT id FROM member WHERE kind = 'syndicate' ORDER BY id LIMIT 1;
