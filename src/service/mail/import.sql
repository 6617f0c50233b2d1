-- name: import_there :one
-- How often a folder holds this very content, or held it until lately. "+ 0" makes the planner begin at the content,
-- not walk the folder.
SELECT (SELECT count(*) FROM body JOIN email ON email.body = body.id JOIN message ON message.email = email.id
        WHERE body.hash = @hash AND message.mailbox + 0 = :mailbox)
     + (SELECT count(*) FROM body JOIN email ON email.body = body.id JOIN expunged ON expunged.email = email.id
        WHERE body.hash = @hash AND expunged.mailbox + 0 = :mailbox) AS number;

-- name: import_same :maybe
-- An email of the account, ids first to last, with this very content.
SELECT email.id AS id, email.thread AS thread FROM body JOIN email ON email.body = body.id
WHERE body.hash = @hash AND email.id + 0 >= :first AND email.id + 0 <= :last ORDER BY email.id LIMIT 1;

-- name: import_bodies :one
SELECT count(*) AS number FROM body;
