-- name: staff_month_setting :maybe
SELECT value AS value FROM staff_setting WHERE name = $name;

-- name: staff_month_setting_put :none
INSERT INTO staff_setting (name, value) VALUES ($name, $value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;
