-- name: right_rows_right :each
SELECT person.address AS person, accounting_right.rights AS rights
FROM accounting_right JOIN person ON person.id = accounting_right.person ORDER BY person.address;

-- name: right_rows_right_add :none
INSERT INTO accounting_right (person, rights) VALUES (:person, :rights);

-- name: right_rows_setting :each
SELECT name AS name, value AS value FROM accounting_setting ORDER BY name;

-- name: right_rows_setting_add :none
INSERT INTO accounting_setting (name, value) VALUES ($name, $value);

-- name: right_rows_unit :each
SELECT id AS id, code AS code, name AS name, is_active AS is_active FROM accounting_unit ORDER BY id;

-- name: right_rows_unit_add :none
INSERT INTO accounting_unit (id, code, name, is_active) VALUES (:id, $code, $name, :is_active);

-- name: right_rows_signatory :each
SELECT accounting_signatory.id AS id, person.address AS person, coalesce(accounting_signatory.unit, 0) AS unit,
    accounting_signatory.rights AS rights, accounting_signatory.limit_cents AS limit_cents,
    accounting_signatory.since_day AS since_day, accounting_signatory.until_day AS until_day,
    accounting_signatory.is_head AS is_head, accounting_signatory.reference AS reference
FROM accounting_signatory JOIN person ON person.id = accounting_signatory.person ORDER BY accounting_signatory.id;

-- name: right_rows_signatory_add :none
INSERT INTO accounting_signatory (id, person, unit, rights, limit_cents, since_day, until_day, is_head, reference)
VALUES (:id, :person, nullif(:unit, 0), :rights, :limit_cents, :since_day, :until_day, :is_head, $reference);
