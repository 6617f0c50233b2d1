-- name: payrun_rows_right :each
SELECT
    person.address AS person, payroll_right.rights AS rights
FROM payroll_right JOIN person ON person.id = payroll_right.person ORDER BY person.address;

-- name: payrun_rows_right_add :none
INSERT INTO payroll_right (
    person, rights)
VALUES (
    :person, :rights);

-- name: payrun_rows_employer :each
-- text: added_by
SELECT
    payroll_employer.id AS id, payroll_employer.code AS code, payroll_employer.since_day AS since_day,
    payroll_employer.value AS value, payroll_employer.source AS source,
    COALESCE((SELECT address FROM person WHERE person.id = payroll_employer.added_by), '') AS added_by,
    payroll_employer.added_ms AS added_ms
FROM payroll_employer ORDER BY payroll_employer.id;

-- name: payrun_rows_employer_add :none
INSERT INTO payroll_employer (
    id, code, since_day, value, source, added_by, added_ms)
VALUES (
    :id, $code, :since_day, :value, $source, NULLIF(:added_by, 0), :added_ms);

-- name: payrun_rows_import :each
-- text: added_by
SELECT
    payroll_import.id AS id, payroll_import.hash AS hash, payroll_import.name AS name,
    payroll_import.month_day AS month_day, payroll_import.taken AS taken, payroll_import.refused AS refused,
    COALESCE((SELECT address FROM person WHERE person.id = payroll_import.added_by), '') AS added_by,
    payroll_import.added_ms AS added_ms
FROM payroll_import ORDER BY payroll_import.id;

-- name: payrun_rows_import_add :none
INSERT INTO payroll_import (
    id, hash, name, month_day, taken, refused, added_by, added_ms)
VALUES (
    :id, @hash, $name, :month_day, :taken, :refused, NULLIF(:added_by, 0), :added_ms);

-- name: payrun_rows_element :each
-- text: added_by withdrawn_by
SELECT
    payroll_element.id AS id, payroll_element.agent AS agent, payroll_element.matricule AS matricule,
    payroll_element.code AS code, payroll_element.amount AS amount, payroll_element.since_day AS since_day,
    payroll_element.until_day AS until_day, payroll_element.source AS source,
    COALESCE(payroll_element.import, 0) AS import,
    COALESCE((SELECT address FROM person WHERE person.id = payroll_element.added_by), '') AS added_by,
    payroll_element.added_ms AS added_ms,
    COALESCE((SELECT address FROM person WHERE person.id = payroll_element.withdrawn_by), '') AS withdrawn_by,
    payroll_element.withdrawn_ms AS withdrawn_ms
FROM payroll_element ORDER BY payroll_element.id;

-- name: payrun_rows_element_add :none
INSERT INTO payroll_element (
    id, agent, matricule, code, amount, since_day, until_day, source, import, added_by, added_ms, withdrawn_by,
    withdrawn_ms)
VALUES (
    :id, :agent, $matricule, $code, :amount, :since_day, :until_day, $source, NULLIF(:import, 0),
    NULLIF(:added_by, 0), :added_ms, NULLIF(:withdrawn_by, 0), :withdrawn_ms);

-- name: payrun_rows_value :each
-- text: added_by approved_by
SELECT
    payroll_value.id AS id, payroll_value.code AS code, payroll_value.since_day AS since_day,
    payroll_value.until_day AS until_day, payroll_value.value AS value, payroll_value.unit AS unit,
    payroll_value.trust AS trust, payroll_value.name AS name, payroll_value.source AS source,
    payroll_value.link AS link, payroll_value.scope AS scope, payroll_value.again_day AS again_day,
    COALESCE((SELECT address FROM person WHERE person.id = payroll_value.added_by), '') AS added_by,
    payroll_value.added_ms AS added_ms,
    COALESCE((SELECT address FROM person WHERE person.id = payroll_value.approved_by), '') AS approved_by,
    payroll_value.approved_ms AS approved_ms, payroll_value.dropped_ms AS dropped_ms
FROM payroll_value ORDER BY payroll_value.id;

-- name: payrun_rows_value_add :none
INSERT INTO payroll_value (
    id, code, since_day, until_day, value, unit, trust, name, source, link, scope, again_day, added_by, added_ms,
    approved_by, approved_ms, dropped_ms)
VALUES (
    :id, $code, :since_day, :until_day, $value, $unit, $trust, $name, $source, $link, $scope, :again_day,
    NULLIF(:added_by, 0), :added_ms, NULLIF(:approved_by, 0), :approved_ms, :dropped_ms);

-- name: payrun_rows_law :each
SELECT
    payroll_law.hash AS hash, payroll_law.text AS text
FROM payroll_law ORDER BY payroll_law.hash;

-- name: payrun_rows_law_add :none
INSERT INTO payroll_law (
    hash, text)
VALUES (
    @hash, @text);

-- name: payrun_rows_run :each
-- text: made_by approved_by closed_by
SELECT
    payroll_run.id AS id, payroll_run.month_day AS month_day, payroll_run.number AS number,
    payroll_run.known_ms AS known_ms, payroll_run.law AS law, payroll_run.state AS state,
    payroll_run.agents AS agents, payroll_run.made AS made, payroll_run.after_agent AS after_agent,
    payroll_run.again_day AS again_day,
    COALESCE((SELECT address FROM person WHERE person.id = payroll_run.made_by), '') AS made_by,
    payroll_run.made_ms AS made_ms,
    COALESCE((SELECT address FROM person WHERE person.id = payroll_run.approved_by), '') AS approved_by,
    payroll_run.approved_ms AS approved_ms,
    COALESCE((SELECT address FROM person WHERE person.id = payroll_run.closed_by), '') AS closed_by,
    payroll_run.closed_ms AS closed_ms, payroll_run.said AS said
FROM payroll_run ORDER BY payroll_run.id;

-- name: payrun_rows_run_add :none
INSERT INTO payroll_run (
    id, month_day, number, known_ms, law, state, agents, made, after_agent, again_day, made_by, made_ms,
    approved_by, approved_ms, closed_by, closed_ms, said)
VALUES (
    :id, :month_day, :number, :known_ms, @law, :state, :agents, :made, :after_agent, :again_day,
    NULLIF(:made_by, 0), :made_ms, NULLIF(:approved_by, 0), :approved_ms, NULLIF(:closed_by, 0), :closed_ms, $said);

-- name: payrun_rows_slip :each
SELECT
    payroll_slip.id AS id, payroll_slip.run AS run, payroll_slip.agent AS agent,
    payroll_slip.matricule AS matricule, payroll_slip.part AS part, payroll_slip.bytes AS bytes,
    payroll_slip.hash AS hash, payroll_slip.gross AS gross, payroll_slip.withheld AS withheld,
    payroll_slip.employer AS employer, payroll_slip.tax AS tax, payroll_slip.net AS net
FROM payroll_slip ORDER BY payroll_slip.id;

-- name: payrun_rows_slip_add :none
INSERT INTO payroll_slip (
    id, run, agent, matricule, part, bytes, hash, gross, withheld, employer, tax, net)
VALUES (
    :id, :run, :agent, $matricule, :part, @bytes, @hash, :gross, :withheld, :employer, :tax, :net);

-- name: payrun_rows_difference :each
SELECT
    payroll_difference.run AS run, payroll_difference.agent AS agent, payroll_difference.month_day AS month_day,
    payroll_difference.line AS line, payroll_difference.cents AS cents
FROM payroll_difference ORDER BY payroll_difference.run, payroll_difference.agent, payroll_difference.month_day, payroll_difference.line;

-- name: payrun_rows_difference_add :none
INSERT INTO payroll_difference (
    run, agent, month_day, line, cents)
VALUES (
    :run, :agent, :month_day, $line, :cents);

-- name: payrun_rows_failed :each
SELECT
    payroll_failed.run AS run, payroll_failed.agent AS agent, payroll_failed.matricule AS matricule,
    payroll_failed.field AS field
FROM payroll_failed ORDER BY payroll_failed.run, payroll_failed.matricule;

-- name: payrun_rows_failed_add :none
INSERT INTO payroll_failed (
    run, agent, matricule, field)
VALUES (
    :run, :agent, $matricule, $field);

-- name: payrun_rows_look :each
SELECT
    payroll_look.agent AS agent, person.address AS person, payroll_look.day AS day, payroll_look.count AS count
FROM payroll_look JOIN person ON person.id = payroll_look.person ORDER BY payroll_look.agent, payroll_look.day, person.address;

-- name: payrun_rows_look_add :none
INSERT INTO payroll_look (
    agent, person, day, count)
VALUES (
    :agent, :person, :day, :count);

-- name: payrun_rows_posted :each
SELECT
    payroll_posted.run AS run, payroll_posted.command AS command, payroll_posted.budget AS budget,
    payroll_posted.amount AS amount, payroll_posted.pieces AS pieces, person.address AS posted_by,
    payroll_posted.posted_ms AS posted_ms
FROM payroll_posted JOIN person ON person.id = payroll_posted.posted_by ORDER BY payroll_posted.run;

-- name: payrun_rows_posted_add :none
INSERT INTO payroll_posted (
    run, command, budget, amount, pieces, posted_by, posted_ms)
VALUES (
    :run, @command, $budget, :amount, :pieces, :posted_by, :posted_ms);

-- name: payrun_rows_creditor :each
SELECT
    payroll_creditor.code AS code, payroll_creditor.siret AS siret
FROM payroll_creditor ORDER BY payroll_creditor.code;

-- name: payrun_rows_creditor_add :none
INSERT INTO payroll_creditor (
    code, siret)
VALUES (
    $code, $siret);
