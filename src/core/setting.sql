-- name: setting_get :maybe
SELECT value FROM setting WHERE name = $name;

-- name: setting_put :none
INSERT INTO setting (name, value) VALUES ($name, $value) ON CONFLICT (name) DO UPDATE SET value = excluded.value;
