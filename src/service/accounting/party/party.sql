-- name: party_add :one
INSERT INTO accounting_party (name, complement, title, first_name, id_kind, id_number, category, nature, street_before,
    street, street_after, postcode, place, country, mail, phone, is_active, folded)
VALUES ($name, $complement, $title, $first_name, $id_kind, $id_number, $category, $nature, $street_before,
    $street, $street_after, $postcode, $place, $country, $mail, $phone, 1, $folded) RETURNING id AS id;

-- name: party_set :none
UPDATE accounting_party SET name = $name, complement = $complement, title = $title, first_name = $first_name,
    id_kind = $id_kind, id_number = $id_number, category = $category, nature = $nature,
    street_before = $street_before, street = $street, street_after = $street_after, postcode = $postcode,
    place = $place, country = $country, mail = $mail, phone = $phone, is_active = :is_active, folded = $folded
WHERE id = :id;

-- name: party_get :maybe
SELECT id AS id, name AS name, complement AS complement, title AS title, first_name AS first_name, id_kind AS id_kind,
    id_number AS id_number, category AS category, nature AS nature, street_before AS street_before, street AS street,
    street_after AS street_after, postcode AS postcode, place AS place, country AS country, mail AS mail,
    phone AS phone, is_active AS is_active
FROM accounting_party WHERE id = :id;

-- name: party_of_number :maybe
SELECT id AS id FROM accounting_party WHERE id_kind = $id_kind AND id_number = $id_number AND id_number <> '';

-- name: party_twin :one
-- Of those without a number.
SELECT count(*) AS number FROM accounting_party
WHERE id_number = '' AND name = $name AND first_name = $first_name AND postcode = $postcode;

-- name: party_find :many
SELECT id AS id, name AS name, first_name AS first_name, id_kind AS id_kind, id_number AS id_number, place AS place,
    is_active AS is_active,
    (SELECT count(*) FROM accounting_party_bank WHERE party = accounting_party.id AND state = 0) AS held,
    (SELECT count(*) FROM accounting_party_bank WHERE party = accounting_party.id AND state = 1) AS confirmed
FROM accounting_party WHERE folded LIKE $pattern ESCAPE '!' ORDER BY folded, id LIMIT 50 OFFSET :skip;

-- name: party_count :one
SELECT count(*) AS number FROM accounting_party WHERE folded LIKE $pattern ESCAPE '!';

-- name: party_change_add :none
INSERT INTO accounting_party_change (party, at_ms, person, field, before, after)
VALUES (:party, :at_ms, nullif(:person, 0), $field, $before, $after);

-- name: party_changes :many
-- text: who
SELECT accounting_party_change.at_ms AS at_ms, coalesce(person.display_name, '') AS who,
    accounting_party_change.field AS field, accounting_party_change.before AS before,
    accounting_party_change.after AS after
FROM accounting_party_change LEFT JOIN person ON person.id = accounting_party_change.person
WHERE accounting_party_change.party = :party ORDER BY accounting_party_change.id DESC LIMIT 500;

-- name: party_named :many
-- Whose folded names begin so, up to the end of a word.
SELECT id AS id, name AS name, first_name AS first_name FROM accounting_party
WHERE folded >= $from AND folded < $to ORDER BY folded LIMIT 20;
