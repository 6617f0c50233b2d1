-- name: staff_fact_add :one
INSERT INTO staff_fact (agent, kind, item, number, words, link, since_day, until_day, known_ms, corrects, is_back, act,
    person)
VALUES (:agent, :kind, :item, :number, $words, :link, :since_day, :until_day, :known_ms, nullif(:corrects, 0), :is_back,
    nullif(:act, 0), nullif(:person, 0)) RETURNING id AS id;

-- name: staff_fact_list :many
SELECT id AS id, kind AS kind, item AS item, number AS number, words AS words, link AS link, since_day AS since_day,
    until_day AS until_day, known_ms AS known_ms, coalesce(corrects, 0) AS corrects, is_back AS is_back,
    coalesce(act, 0) AS act, coalesce(person, 0) AS person
FROM staff_fact WHERE agent = :agent ORDER BY id LIMIT 4000;

-- name: staff_fact_twin :maybe
-- Another agent's child born that day.
SELECT staff_fact.id AS id, staff_agent.code AS code, staff_fact.since_day AS since_day,
    staff_fact.until_day AS until_day
FROM staff_fact JOIN staff_agent ON staff_agent.id = staff_fact.agent
WHERE staff_fact.kind = :kind AND staff_fact.number = :number AND staff_fact.agent <> :agent
    AND staff_fact.is_back = 0 AND NOT EXISTS (SELECT 1 FROM staff_fact AS later WHERE later.corrects = staff_fact.id)
ORDER BY staff_fact.id LIMIT 1;

-- name: staff_fact_pairs :many
SELECT gross AS gross, points AS points, since_day AS since_day, source AS source FROM staff_index
ORDER BY since_day, gross LIMIT 2000;

-- name: staff_fact_pair_put :none
INSERT INTO staff_index (since_day, gross, points, source) VALUES (:since_day, :gross, :points, $source)
ON CONFLICT (since_day, gross) DO UPDATE SET points = excluded.points, source = excluded.source;
