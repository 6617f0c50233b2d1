-- name: budget_programme_use_one :maybe
SELECT accounting_programme.id AS id, accounting_programme.budget AS budget, siret AS siret, label AS label,
    number AS number, title AS title, section AS section, authorised AS authorised, decided_day AS decided_day
FROM accounting_programme JOIN accounting_budget ON accounting_budget.id = accounting_programme.budget
WHERE accounting_programme.id = :id;

-- name: budget_programme_use_credits :many
SELECT year AS year, credit AS credit FROM accounting_programme_year WHERE programme = :programme
ORDER BY year LIMIT 100;

-- name: budget_programme_use_reserved :one
-- Engaged and not ordered: on credits of a year, and for years to come (../spend/slice).
SELECT COALESCE(SUM(remains), 0) + (SELECT COALESCE(SUM(net), 0) FROM accounting_later
        JOIN accounting_programme_use AS other ON other.engagement = accounting_later.engagement
        WHERE other.programme = :programme AND next IS NULL AND released_ms = 0) AS cents
FROM accounting_programme_use
    JOIN accounting_posted ON accounting_posted.sequence = accounting_programme_use.engagement
WHERE accounting_programme_use.programme = :programme;

-- name: budget_programme_use_year :one
-- Of that, on credits of one year.
SELECT COALESCE(SUM(remains), 0) AS cents FROM accounting_programme_use
    JOIN accounting_posted ON accounting_posted.sequence = accounting_programme_use.engagement
    JOIN accounting_exercise ON accounting_exercise.id = accounting_posted.exercise
WHERE programme = :programme AND accounting_exercise.year = :year;

-- name: budget_programme_use_ordered :many
-- By year: mandats of its engagements (kind 5 of the journal), without what reduced them in that year (7); the reversal
-- of what was attached to a year does not count, nor does the engagement that goes on from it (../close).
SELECT year AS year, SUM(cents) AS cents
FROM (SELECT accounting_exercise.year AS year, mandat.amount AS cents
    FROM accounting_programme_use
        JOIN accounting_posted AS mandat ON mandat.reference = accounting_programme_use.engagement AND mandat.kind = 5
        JOIN accounting_exercise ON accounting_exercise.id = mandat.exercise
    WHERE programme = :programme
    UNION ALL
    SELECT accounting_exercise.year AS year, -reduction.amount AS cents
    FROM accounting_programme_use
        JOIN accounting_posted AS mandat ON mandat.reference = accounting_programme_use.engagement AND mandat.kind = 5
        JOIN accounting_posted AS reduction ON reduction.reference = mandat.sequence AND reduction.kind = 7
            AND reduction.exercise = mandat.exercise
        JOIN accounting_exercise ON accounting_exercise.id = reduction.exercise
    WHERE programme = :programme) AS moved
GROUP BY year ORDER BY year LIMIT 100;

-- name: budget_programme_use_of :maybe
SELECT programme AS programme FROM accounting_programme_use WHERE engagement = :engagement;

-- name: budget_programme_use_add :none
INSERT INTO accounting_programme_use (engagement, programme) VALUES (:engagement, :programme);

-- name: budget_programme_use_engagements :many
SELECT accounting_engagement.sequence AS sequence, number AS number, year AS year, object AS object
FROM accounting_programme_use
    JOIN accounting_engagement ON accounting_engagement.sequence = accounting_programme_use.engagement
WHERE programme = :programme ORDER BY accounting_engagement.sequence DESC LIMIT 500;

-- name: budget_programme_use_all :many
SELECT programme AS programme FROM accounting_programme_use GROUP BY programme ORDER BY programme LIMIT 500;

-- name: budget_programme_use_named :maybe
SELECT id AS id FROM accounting_programme WHERE budget = :budget AND number = $number;

-- name: budget_programme_use_choices :many
SELECT number AS number, title AS title FROM accounting_programme WHERE budget = :budget
ORDER BY section DESC, number LIMIT 500;
