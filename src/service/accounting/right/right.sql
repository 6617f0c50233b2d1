-- name: right_get :maybe
SELECT rights AS rights FROM accounting_right WHERE person = :person;

-- name: right_put :none
INSERT INTO accounting_right (person, rights) VALUES (:person, :rights)
ON CONFLICT (person) DO UPDATE SET rights = excluded.rights;

-- name: right_setting_get :maybe
SELECT value AS value FROM accounting_setting WHERE name = $name;

-- name: right_setting_put :none
INSERT INTO accounting_setting (name, value) VALUES ($name, $value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;
