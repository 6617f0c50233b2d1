-- name: rebuild_emails :many
SELECT email.id AS id, email.body AS body, email.size AS size,
    coalesce((SELECT min(message.received_ms) FROM message WHERE message.email = email.id), email.sent_ms) AS received_ms
FROM email WHERE email.id > :last ORDER BY email.id LIMIT 50;

-- name: rebuild_email_set :none
UPDATE email SET sent_ms = :sent_ms, has_attachment = :has_attachment, message_id = $message_id,
    reference_ids = $reference_ids, base_subject = $base_subject, subject = $subject, from_text = $from_text,
    to_text = $to_text, preview = $preview, envelope = $envelope, structure = $structure WHERE id = :id;

-- name: rebuild_next_mailbox :maybe
SELECT id FROM mailbox WHERE id > :last ORDER BY id LIMIT 1;

-- name: rebuild_mailbox :none
UPDATE mailbox SET
    message_count = (SELECT count(*) FROM message WHERE message.mailbox = mailbox.id),
    unseen_count = (SELECT count(*) FROM message WHERE message.mailbox = mailbox.id AND message.flags & 1 = 0),
    bytes = (SELECT coalesce(sum(message.size), 0) FROM message WHERE message.mailbox = mailbox.id)
WHERE id = :id;

-- name: rebuild_conversation_drop :none
DELETE FROM conversation WHERE mailbox = :mailbox;

-- name: rebuild_conversation_make :none
INSERT INTO conversation (mailbox, thread, at_ms, messages, unseen, flagged)
SELECT mailbox, thread, max(received_ms), count(*), sum(1 - (flags & 1)), max(flags & 4) / 4
FROM message WHERE mailbox = :mailbox GROUP BY mailbox, thread;

-- name: rebuild_conversation_lost :none
DELETE FROM conversation WHERE NOT EXISTS (SELECT 1 FROM mailbox WHERE mailbox.id = conversation.mailbox);

-- name: rebuild_count :one
SELECT (SELECT count(*) FROM email) + (SELECT count(*) FROM mailbox) AS number;
