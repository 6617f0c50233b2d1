-- name: staff_rows_right :each
SELECT
    person.address AS person, staff_right.rights AS rights
FROM staff_right JOIN person ON person.id = staff_right.person ORDER BY person.address;

-- name: staff_rows_right_add :none
INSERT INTO staff_right (
    person, rights)
VALUES (
    :person, :rights);

-- name: staff_rows_setting :each
SELECT
    staff_setting.name AS name, staff_setting.value AS value
FROM staff_setting ORDER BY staff_setting.name;

-- name: staff_rows_setting_add :none
INSERT INTO staff_setting (
    name, value)
VALUES (
    $name, $value);

-- name: staff_rows_team :each
-- text: manager
SELECT
    staff_team.id AS id, staff_team.code AS code, staff_team.name AS name,
    coalesce((SELECT address FROM person WHERE person.id = staff_team.manager), '') AS manager
FROM staff_team ORDER BY staff_team.id;

-- name: staff_rows_team_add :none
INSERT INTO staff_team (
    id, code, name, manager)
VALUES (
    :id, $code, $name, nullif(:manager, 0));

-- name: staff_rows_post :each
SELECT
    staff_post.id AS id, staff_post.code AS code, staff_post.title AS title, coalesce(staff_post.team, 0) AS team,
    staff_post.category AS category, staff_post.week_tenths AS week_tenths,
    staff_post.deliberation AS deliberation, staff_post.deliberated_day AS deliberated_day,
    staff_post.since_day AS since_day, staff_post.until_day AS until_day
FROM staff_post ORDER BY staff_post.id;

-- name: staff_rows_post_add :none
INSERT INTO staff_post (
    id, code, title, team, category, week_tenths, deliberation, deliberated_day, since_day, until_day)
VALUES (
    :id, $code, $title, nullif(:team, 0), :category, :week_tenths, $deliberation, :deliberated_day, :since_day,
    :until_day);

-- name: staff_rows_agent :each
-- text: person made_by
SELECT
    staff_agent.id AS id, staff_agent.code AS code,
    coalesce((SELECT address FROM person WHERE person.id = staff_agent.person), '') AS person,
    coalesce((SELECT address FROM person WHERE person.id = staff_agent.made_by), '') AS made_by,
    staff_agent.made_ms AS made_ms
FROM staff_agent ORDER BY staff_agent.id;

-- name: staff_rows_agent_add :none
INSERT INTO staff_agent (
    id, code, person, made_by, made_ms)
VALUES (
    :id, $code, nullif(:person, 0), nullif(:made_by, 0), :made_ms);

-- name: staff_rows_identity :each
-- text: agent person
SELECT
    staff_identity.id AS id, (SELECT code FROM staff_agent WHERE staff_agent.id = staff_identity.agent) AS agent,
    staff_identity.sealed AS sealed, staff_identity.mark AS mark,
    coalesce((SELECT address FROM person WHERE person.id = staff_identity.person), '') AS person,
    staff_identity.known_ms AS known_ms
FROM staff_identity ORDER BY staff_identity.id;

-- name: staff_rows_identity_add :none
INSERT INTO staff_identity (
    id, agent, sealed, mark, person, known_ms)
VALUES (
    :id, :agent, @sealed, @mark, nullif(:person, 0), :known_ms);

-- name: staff_rows_act :each
-- text: agent made_by signed_by
SELECT
    staff_act.id AS id, staff_act.year AS year, staff_act.number AS number,
    (SELECT code FROM staff_agent WHERE staff_agent.id = staff_act.agent) AS agent, staff_act.kind AS kind,
    staff_act.day AS day, staff_act.state AS state, staff_act.signatory AS signatory,
    coalesce((SELECT address FROM person WHERE person.id = staff_act.made_by), '') AS made_by,
    staff_act.made_ms AS made_ms,
    coalesce((SELECT address FROM person WHERE person.id = staff_act.signed_by), '') AS signed_by,
    staff_act.signed_ms AS signed_ms, staff_act.reason AS reason
FROM staff_act ORDER BY staff_act.id;

-- name: staff_rows_act_add :none
INSERT INTO staff_act (
    id, year, number, agent, kind, day, state, signatory, made_by, made_ms, signed_by, signed_ms, reason)
VALUES (
    :id, :year, :number, :agent, :kind, :day, :state, $signatory, nullif(:made_by, 0), :made_ms,
    nullif(:signed_by, 0), :signed_ms, $reason);

-- name: staff_rows_act_text :each
SELECT
    staff_act_text.act AS act, staff_act_text.sealed AS sealed
FROM staff_act_text ORDER BY staff_act_text.act;

-- name: staff_rows_act_text_add :none
INSERT INTO staff_act_text (
    act, sealed)
VALUES (
    :act, @sealed);

-- name: staff_rows_fact :each
-- text: agent person
SELECT
    staff_fact.id AS id, (SELECT code FROM staff_agent WHERE staff_agent.id = staff_fact.agent) AS agent,
    staff_fact.kind AS kind, staff_fact.item AS item, staff_fact.number AS number, staff_fact.words AS words,
    staff_fact.link AS link, staff_fact.since_day AS since_day, staff_fact.until_day AS until_day,
    staff_fact.known_ms AS known_ms, coalesce(staff_fact.corrects, 0) AS corrects, staff_fact.is_back AS is_back,
    coalesce(staff_fact.act, 0) AS act,
    coalesce((SELECT address FROM person WHERE person.id = staff_fact.person), '') AS person
FROM staff_fact ORDER BY staff_fact.id;

-- name: staff_rows_fact_add :none
INSERT INTO staff_fact (
    id, agent, kind, item, number, words, link, since_day, until_day, known_ms, corrects, is_back, act, person)
VALUES (
    :id, :agent, :kind, :item, :number, $words, :link, :since_day, :until_day, :known_ms, nullif(:corrects, 0),
    :is_back, nullif(:act, 0), nullif(:person, 0));

-- name: staff_rows_bank :each
-- text: agent entered_by decided_by
SELECT
    staff_bank.id AS id, (SELECT code FROM staff_agent WHERE staff_agent.id = staff_bank.agent) AS agent,
    staff_bank.sealed AS sealed, staff_bank.mark AS mark, staff_bank.state AS state,
    coalesce((SELECT address FROM person WHERE person.id = staff_bank.entered_by), '') AS entered_by,
    staff_bank.entered_ms AS entered_ms,
    coalesce((SELECT address FROM person WHERE person.id = staff_bank.decided_by), '') AS decided_by,
    staff_bank.decided_ms AS decided_ms
FROM staff_bank ORDER BY staff_bank.id;

-- name: staff_rows_bank_add :none
INSERT INTO staff_bank (
    id, agent, sealed, mark, state, entered_by, entered_ms, decided_by, decided_ms)
VALUES (
    :id, :agent, @sealed, @mark, :state, nullif(:entered_by, 0), :entered_ms, nullif(:decided_by, 0), :decided_ms);

-- name: staff_rows_request :each
-- text: agent decided_by
SELECT
    staff_request.id AS id, (SELECT code FROM staff_agent WHERE staff_agent.id = staff_request.agent) AS agent,
    staff_request.kind AS kind, staff_request.since_day AS since_day, staff_request.until_day AS until_day,
    staff_request.state AS state, staff_request.asked_ms AS asked_ms,
    coalesce((SELECT address FROM person WHERE person.id = staff_request.decided_by), '') AS decided_by,
    staff_request.decided_ms AS decided_ms, coalesce(staff_request.fact, 0) AS fact
FROM staff_request ORDER BY staff_request.id;

-- name: staff_rows_request_add :none
INSERT INTO staff_request (
    id, agent, kind, since_day, until_day, state, asked_ms, decided_by, decided_ms, fact)
VALUES (
    :id, :agent, :kind, :since_day, :until_day, :state, :asked_ms, nullif(:decided_by, 0), :decided_ms,
    nullif(:fact, 0));

-- name: staff_rows_read :each
-- text: agent person
SELECT
    staff_read.id AS id, (SELECT code FROM staff_agent WHERE staff_agent.id = staff_read.agent) AS agent,
    coalesce((SELECT address FROM person WHERE person.id = staff_read.person), '') AS person,
    staff_read.what AS what, staff_read.reason AS reason, staff_read.at_ms AS at_ms
FROM staff_read ORDER BY staff_read.id;

-- name: staff_rows_read_add :none
INSERT INTO staff_read (
    id, agent, person, what, reason, at_ms)
VALUES (
    :id, :agent, nullif(:person, 0), :what, :reason, :at_ms);

-- name: staff_rows_index :each
SELECT
    staff_index.since_day AS since_day, staff_index.gross AS gross, staff_index.points AS points,
    staff_index.source AS source
FROM staff_index ORDER BY staff_index.since_day, staff_index.gross;

-- name: staff_rows_index_add :none
INSERT INTO staff_index (
    since_day, gross, points, source)
VALUES (
    :since_day, :gross, :points, $source);
