-- name: search_town_next :many
-- The emails that arrived after one, in the order of arrival.
SELECT id, body FROM email
WHERE body >= :body AND (body > :body OR id > :email) ORDER BY body, id LIMIT 64;

-- name: search_town_rest :each
-- Those of one account among them: few, so by body (the index chosen by the '+'), not by account.
SELECT id FROM email
WHERE body >= :body AND (body > :body OR id > :email) AND +id >= :first AND +id <= :last ORDER BY body, id;

-- name: search_town_every :each
SELECT id FROM email WHERE id >= :first AND id <= :last ORDER BY id;

-- name: search_town_until :each
-- What the index should have.
SELECT id FROM email WHERE body < :body OR (body = :body AND id <= :email);

-- name: search_town_body :maybe
SELECT body FROM email WHERE id = :email;
