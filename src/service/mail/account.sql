-- name: account_get :maybe
SELECT person, next_email, used_bytes, message_count FROM mail_account WHERE person = :person;

-- name: account_add :none
INSERT INTO mail_account (person, next_email, used_bytes, message_count) VALUES (:person, 1, 0, 0);

-- name: account_change :none
UPDATE mail_account SET used_bytes = used_bytes + :bytes, message_count = message_count + :messages
WHERE person = :person;

-- name: account_take_email :one
UPDATE mail_account SET next_email = next_email + 1 WHERE person = :person
RETURNING next_email - 1 AS number;

-- name: account_recount :none
UPDATE mail_account SET
    used_bytes = (SELECT coalesce(sum(mailbox.bytes), 0) FROM mailbox WHERE mailbox.account = mail_account.person),
    message_count = (SELECT coalesce(sum(mailbox.message_count), 0) FROM mailbox
                     WHERE mailbox.account = mail_account.person);

-- name: account_keyword_list :many
SELECT bit, name FROM keyword WHERE account = :account ORDER BY bit LIMIT 64;

-- name: account_keyword_add :none
INSERT INTO keyword (account, bit, name) VALUES (:account, :bit, $name);

-- name: account_set_next_email :none
UPDATE mail_account SET next_email = max(next_email, :next_email) WHERE person = :person;

-- name: account_used :one
SELECT coalesce(sum(used_bytes), 0) AS bytes FROM mail_account;
