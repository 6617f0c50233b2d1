-- name: look_add :none
INSERT INTO payroll_look (agent, person, day, count) VALUES (:agent, :person, :day, 1)
ON CONFLICT (agent, person, day) DO UPDATE SET count = payroll_look.count + 1;

-- name: look_list :many
-- text: name
SELECT person.display_name AS name, day AS day, count AS count
FROM payroll_look JOIN person ON person.id = payroll_look.person
WHERE agent = :agent ORDER BY day DESC, person.display_name LIMIT 100;
