-- name: mailbox_get :maybe
SELECT id, account, name, special_use, uid_validity, uid_next, modseq, recent_uid, message_count,
       unseen_count, bytes, is_subscribed, created_ms FROM mailbox WHERE id = :id;

-- name: mailbox_by_name :maybe
SELECT id, account, name, special_use, uid_validity, uid_next, modseq, recent_uid, message_count,
       unseen_count, bytes, is_subscribed, created_ms FROM mailbox WHERE account = :account AND name = $name;

-- name: mailbox_by_use :maybe
SELECT id FROM mailbox WHERE account = :account AND special_use = $special_use ORDER BY name LIMIT 1;

-- name: mailbox_list :many
SELECT id, account, name, special_use, uid_validity, uid_next, modseq, recent_uid, message_count,
       unseen_count, bytes, is_subscribed, created_ms FROM mailbox WHERE account = :account ORDER BY name LIMIT 1000;

-- name: mailbox_count :one
SELECT count(*) AS number FROM mailbox WHERE account = :account;

-- name: mailbox_add :none
INSERT INTO mailbox (id, account, name, special_use, uid_validity, uid_next, modseq, recent_uid, message_count,
                     unseen_count, bytes, is_subscribed, created_ms)
VALUES (:id, :account, $name, $special_use, :uid_validity, 1, 1, 1, 0, 0, 0, :is_subscribed, :created_ms);

-- name: mailbox_rename :none
UPDATE mailbox SET name = $name WHERE id = :id;

-- name: mailbox_set_use :none
UPDATE mailbox SET special_use = $special_use WHERE id = :id;

-- name: mailbox_subscribe :none
UPDATE mailbox SET is_subscribed = :is_subscribed WHERE account = :account AND name = $name;

-- name: mailbox_remove :none
DELETE FROM mailbox WHERE id = :id;

-- name: mailbox_change :none
-- After adding or removing messages: what changed, and the highest numbers given.
UPDATE mailbox SET uid_next = :uid_next, modseq = :modseq, message_count = message_count + :messages,
       unseen_count = unseen_count + :unseen, bytes = bytes + :bytes WHERE id = :id;

-- name: mailbox_set_recent :none
UPDATE mailbox SET recent_uid = :recent_uid WHERE id = :id;

-- name: mailbox_recount :none
-- Derived: counts again from the messages.
UPDATE mailbox SET
    message_count = (SELECT count(*) FROM message WHERE message.mailbox = mailbox.id),
    unseen_count = (SELECT count(*) FROM message WHERE message.mailbox = mailbox.id AND message.flags & 1 = 0),
    bytes = (SELECT coalesce(sum(message.size), 0) FROM message WHERE message.mailbox = mailbox.id);

-- name: mailbox_take_number :one
UPDATE mail_state SET next_mailbox = next_mailbox + 1, uid_validity = uid_validity + 1 WHERE id = 1
RETURNING next_mailbox - 1 AS id, uid_validity AS uid_validity;

-- name: mailbox_subscription_add :none
INSERT INTO subscription (account, name) VALUES (:account, $name) ON CONFLICT (account, name) DO NOTHING;

-- name: mailbox_subscription_remove :none
DELETE FROM subscription WHERE account = :account AND name = $name;

-- name: mailbox_subscription_list :many
SELECT name FROM subscription WHERE account = :account ORDER BY name LIMIT 1000;

-- name: mailbox_raise_validity :none
UPDATE mail_state SET uid_validity = max(uid_validity + 1, :now_s) WHERE id = 1;

-- name: mailbox_set_validity :none
UPDATE mailbox SET uid_validity = (SELECT mail_state.uid_validity FROM mail_state WHERE mail_state.id = 1);
