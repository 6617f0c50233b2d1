-- name: staff_post_add :one
INSERT INTO staff_post (code, title, team, category, week_tenths, deliberation, deliberated_day, since_day, until_day)
VALUES ($code, $title, nullif(:team, 0), :category, :week_tenths, $deliberation, :deliberated_day, :since_day, 0)
RETURNING id AS id;

-- name: staff_post_by_code :maybe
SELECT id AS id FROM staff_post WHERE code = $code;

-- name: staff_post_get :maybe
SELECT code AS code, title AS title, coalesce(team, 0) AS team FROM staff_post WHERE id = :id;

-- name: staff_post_list :many
-- text: team_name
SELECT staff_post.id AS id, staff_post.code AS code, staff_post.title AS title, coalesce(staff_post.team, 0) AS team,
    coalesce(staff_team.name, '') AS team_name, staff_post.deliberation AS deliberation,
    staff_post.deliberated_day AS deliberated_day, staff_post.week_tenths AS week_tenths
FROM staff_post LEFT JOIN staff_team ON staff_team.id = staff_post.team ORDER BY staff_post.code LIMIT 2000;

-- name: staff_post_holder :many
SELECT staff_fact.number AS post, staff_fact.agent AS agent, staff_agent.code AS code,
    staff_fact.since_day AS since_day, staff_fact.until_day AS until_day
FROM staff_fact JOIN staff_agent ON staff_agent.id = staff_fact.agent
WHERE staff_fact.kind = :kind AND staff_fact.is_back = 0
    AND NOT EXISTS (SELECT 1 FROM staff_fact AS later WHERE later.corrects = staff_fact.id)
ORDER BY staff_fact.agent, staff_fact.since_day LIMIT 20000;

-- name: staff_post_team_add :one
INSERT INTO staff_team (code, name, manager) VALUES ($code, $name, NULL) RETURNING id AS id;

-- name: staff_post_team_by_code :maybe
SELECT id AS id FROM staff_team WHERE code = $code;

-- name: staff_post_team_manager :none
UPDATE staff_team SET manager = nullif(:person, 0) WHERE id = :id;

-- name: staff_post_teams :many
-- text: manager_name
SELECT staff_team.id AS id, staff_team.code AS code, staff_team.name AS name,
    coalesce(staff_team.manager, 0) AS manager, coalesce(person.display_name, '') AS manager_name
FROM staff_team LEFT JOIN person ON person.id = staff_team.manager ORDER BY staff_team.code LIMIT 300;
