-- name: desk_list :many
SELECT id AS id, name AS name, subjects AS subjects, place AS place, phone AS phone, hours AS hours
FROM assistant_desk ORDER BY name, id LIMIT 100;

-- name: desk_count :one
SELECT count(*) AS number FROM assistant_desk;

-- name: desk_add :none
INSERT INTO assistant_desk (name, subjects, place, phone, hours) VALUES ($name, $subjects, $place, $phone, $hours);

-- name: desk_remove :none
DELETE FROM assistant_desk WHERE id = :id;

-- name: desk_export :each
SELECT name AS name, subjects AS subjects, place AS place, phone AS phone, hours AS hours
FROM assistant_desk ORDER BY id;
