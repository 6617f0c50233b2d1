-- name: payrun_get :maybe
-- text: made_by approved_by closed_by
SELECT payroll_run.id AS id, month_day AS month_day, number AS number, known_ms AS known_ms, law AS law, state AS state,
    agents AS agents, made AS made, after_agent AS after_agent,
    again_day AS again_day, COALESCE(payroll_run.made_by, 0) AS maker,
    made_ms AS made_ms, approved_ms AS approved_ms, closed_ms AS closed_ms, said AS said,
    COALESCE((SELECT display_name FROM person WHERE person.id = payroll_run.made_by), '') AS made_by,
    COALESCE((SELECT display_name FROM person WHERE person.id = payroll_run.approved_by), '') AS approved_by,
    COALESCE((SELECT display_name FROM person WHERE person.id = payroll_run.closed_by), '') AS closed_by,
    (SELECT COUNT(*) FROM payroll_failed WHERE run = payroll_run.id) AS failed,
    (SELECT COALESCE(SUM(gross), 0) FROM payroll_slip WHERE run = payroll_run.id) AS gross,
    (SELECT COALESCE(SUM(withheld), 0) FROM payroll_slip WHERE run = payroll_run.id) AS withheld,
    (SELECT COALESCE(SUM(employer), 0) FROM payroll_slip WHERE run = payroll_run.id) AS employer,
    (SELECT COALESCE(SUM(tax), 0) FROM payroll_slip WHERE run = payroll_run.id) AS tax,
    (SELECT COALESCE(SUM(net), 0) FROM payroll_slip WHERE run = payroll_run.id) AS net
FROM payroll_run WHERE payroll_run.id = :id;

-- name: payrun_of :maybe
SELECT id AS id FROM payroll_run WHERE month_day = :month_day AND state <> 4 ORDER BY number DESC LIMIT 1;

-- name: payrun_list :many
SELECT id AS id FROM payroll_run WHERE state <> 4 ORDER BY month_day DESC, number DESC LIMIT 600;

-- name: payrun_last_closed :one
SELECT COALESCE(MAX(month_day), 0) AS month_day FROM payroll_run WHERE state = 3;

-- name: payrun_number :one
SELECT COALESCE(MAX(number), 0) AS number FROM payroll_run WHERE month_day = :month_day;

-- name: payrun_agents_before :one
-- How many were paid the last time: about as many as will be.
SELECT COALESCE(MAX(made), 0) AS made FROM payroll_run WHERE month_day <= :month_day AND month_day >= :since_day;

-- name: payrun_slips :many
SELECT id AS id, agent AS agent, matricule AS matricule, part AS part, bytes AS bytes, hash AS hash, gross AS gross, withheld AS withheld,
    employer AS employer, tax AS tax, net AS net
FROM payroll_slip WHERE run = :run ORDER BY matricule, part LIMIT 5000;

-- name: payrun_failed :many
SELECT agent AS agent, matricule AS matricule, field AS field FROM payroll_failed WHERE run = :run
ORDER BY matricule LIMIT 500;

-- name: payrun_add :one
INSERT INTO payroll_run (month_day, number, known_ms, law, state, agents, made, after_agent, again_day, made_by,
    made_ms, approved_by, approved_ms, closed_by, closed_ms, said)
VALUES (:month_day, :number, :known_ms, @law, 0, :agents, 0, 0, :again_day, NULLIF(:made_by, 0), :made_ms, NULL, 0,
    NULL, 0, '')
RETURNING id AS id;

-- name: payrun_law_add :none
INSERT INTO payroll_law (hash, text) VALUES (@hash, @text) ON CONFLICT (hash) DO NOTHING;

-- name: payrun_law_get :one
SELECT text AS text FROM payroll_law WHERE hash = @hash;

-- name: payrun_at_work :maybe
SELECT id AS id FROM payroll_run WHERE state = 0 ORDER BY id LIMIT 1;

-- name: payrun_set_made :none
UPDATE payroll_run SET state = :state, made = :made, after_agent = :after_agent, again_day = :again_day WHERE id = :id;

-- name: payrun_set_state :none
UPDATE payroll_run SET state = :state WHERE id = :id;

-- name: payrun_set_approved :none
UPDATE payroll_run SET state = 2, approved_by = :person, approved_ms = :now_ms WHERE id = :id;

-- name: payrun_set_closed :none
UPDATE payroll_run SET state = 3, closed_by = NULLIF(:person, 0), closed_ms = :now_ms WHERE id = :id;

-- name: payrun_drop_slips :none
DELETE FROM payroll_slip WHERE run = :run;

-- name: payrun_drop_failed :none
DELETE FROM payroll_failed WHERE run = :run;

-- name: payrun_drop_differences :none
DELETE FROM payroll_difference WHERE run = :run;

-- name: payrun_drop_unpaid :none
-- Of agents who have no payslip in the run: found again in a later one.
DELETE FROM payroll_difference WHERE run = :run AND NOT EXISTS (
    SELECT 1 FROM payroll_slip WHERE payroll_slip.run = payroll_difference.run
        AND payroll_slip.agent = payroll_difference.agent);

-- name: payrun_difference_add :none
INSERT INTO payroll_difference (run, agent, month_day, line, cents) VALUES (:run, :agent, :month_day, $line, :cents);

-- name: payrun_differences :many
-- Those that go with an agent's payslip.
SELECT month_day AS month_day, line AS line, cents AS cents FROM payroll_difference
WHERE run = :run AND agent = :agent ORDER BY month_day, line LIMIT 2000;

-- name: payrun_differences_of :many
-- What earlier runs have paid of a month's lines since.
SELECT payroll_difference.agent AS agent, payroll_difference.line AS line, payroll_difference.cents AS cents
FROM payroll_difference JOIN payroll_run ON payroll_run.id = payroll_difference.run
WHERE payroll_difference.month_day = :month_day AND payroll_difference.run < :run AND payroll_run.state = 3
    AND payroll_difference.agent > :after AND payroll_difference.agent <= :last
ORDER BY payroll_difference.agent LIMIT 20000;

-- name: payrun_difference_count :one
SELECT COUNT(*) AS count, COALESCE(SUM(cents), 0) AS cents FROM payroll_difference
WHERE run = :run AND month_day = :month_day;

-- name: payrun_slips_between :many
SELECT agent AS agent, matricule AS matricule, bytes AS bytes FROM payroll_slip
WHERE run = :run AND agent > :after AND agent <= :last ORDER BY agent, part LIMIT 1000;

-- name: payrun_closed_after :one
-- The first month closed on or after a day and before another; 0: none.
SELECT COALESCE(MIN(month_day), 0) AS month_day FROM payroll_run
WHERE state = 3 AND month_day >= :since_day AND month_day < :month_day;

-- name: payrun_closed_of :maybe
SELECT id AS id FROM payroll_run WHERE state = 3 AND month_day = :month_day;

-- name: payrun_slip_add :none
INSERT INTO payroll_slip (run, agent, matricule, part, bytes, hash, gross, withheld, employer, tax, net)
VALUES (:run, :agent, $matricule, :part, @bytes, @hash, :gross, :withheld, :employer, :tax, :net);

-- name: payrun_failed_add :none
INSERT INTO payroll_failed (run, agent, matricule, field) VALUES (:run, :agent, $matricule, $field);

-- name: payrun_slip_get :maybe
SELECT id AS id, run AS run, agent AS agent, matricule AS matricule, part AS part, bytes AS bytes, hash AS hash
FROM payroll_slip WHERE id = :id;

-- name: payrun_slip_of :maybe
SELECT id AS id, bytes AS bytes FROM payroll_slip WHERE run = :run AND agent = :agent AND part = :part;

-- name: payrun_slips_of_agent :many
-- What was approved or closed: the agent's own.
SELECT payroll_slip.id AS id, month_day AS month_day, gross AS gross, net AS net
FROM payroll_slip JOIN payroll_run ON payroll_run.id = payroll_slip.run
WHERE agent = :agent AND (state = 2 OR state = 3) ORDER BY month_day DESC LIMIT 600;
