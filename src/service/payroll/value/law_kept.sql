-- name: law_kept_list :many
-- text: added_by approved_by
SELECT payroll_value.id AS id, code AS code, since_day AS since_day, until_day AS until_day, value AS value,
    unit AS unit, trust AS trust, name AS name, source AS source, link AS link, scope AS scope,
    again_day AS again_day, COALESCE(payroll_value.added_by, 0) AS adder, added_ms AS added_ms,
    approved_ms AS approved_ms, dropped_ms AS dropped_ms,
    COALESCE((SELECT display_name FROM person WHERE person.id = payroll_value.added_by), '') AS added_by,
    COALESCE((SELECT display_name FROM person WHERE person.id = payroll_value.approved_by), '') AS approved_by
FROM payroll_value ORDER BY payroll_value.id DESC LIMIT 500;

-- name: law_kept_count :one
SELECT COUNT(*) AS count FROM payroll_value;

-- name: law_kept_add :none
INSERT INTO payroll_value (code, since_day, until_day, value, unit, trust, name, source, link, scope, again_day,
    added_by, added_ms, approved_by, approved_ms, dropped_ms)
VALUES ($code, :since_day, :until_day, $value, $unit, $trust, $name, $source, $link, $scope, :again_day,
    NULLIF(:added_by, 0), :added_ms, NULL, 0, 0);

-- name: law_kept_approve :none
UPDATE payroll_value SET approved_by = :person, approved_ms = :now_ms WHERE id = :id;

-- name: law_kept_drop :none
UPDATE payroll_value SET dropped_ms = :now_ms WHERE id = :id AND dropped_ms = 0;
