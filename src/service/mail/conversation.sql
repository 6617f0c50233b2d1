-- name: conversation_drop :none
DELETE FROM conversation WHERE mailbox = :mailbox AND thread = :thread;

-- name: conversation_make :none
-- From the messages that are there now; nothing when there are none. By the emails of the thread: no account has many in
-- one, and "+ 0" keeps the planner from walking the whole mailbox instead.
INSERT INTO conversation (mailbox, thread, at_ms, messages, unseen, flagged)
SELECT message.mailbox, message.thread, max(message.received_ms), count(*), sum(1 - (message.flags & 1)),
    max(message.flags & 4) / 4
FROM email JOIN message ON message.email = email.id
WHERE email.thread = :thread AND message.mailbox + 0 = :mailbox GROUP BY message.mailbox, message.thread;

-- name: conversation_come :none
-- One message more: as conversation_make would count, without looking at the others.
INSERT INTO conversation (mailbox, thread, at_ms, messages, unseen, flagged)
VALUES (:mailbox, :thread, :received_ms, 1, :unseen, :flagged)
ON CONFLICT (mailbox, thread) DO UPDATE SET at_ms = max(conversation.at_ms, excluded.at_ms),
    messages = conversation.messages + 1, unseen = conversation.unseen + excluded.unseen,
    flagged = max(conversation.flagged, excluded.flagged);

-- name: conversation_mark :none
UPDATE conversation SET unseen = unseen + :unseen, flagged = max(flagged, :flagged)
WHERE mailbox = :mailbox AND thread = :thread;

-- name: conversation_drop_all :none
DELETE FROM conversation;

-- name: conversation_make_all :none
INSERT INTO conversation (mailbox, thread, at_ms, messages, unseen, flagged)
SELECT mailbox, thread, max(received_ms), count(*), sum(1 - (flags & 1)), max(flags & 4) / 4
FROM message GROUP BY mailbox, thread;

-- name: conversation_older :many
SELECT thread, at_ms, messages, unseen, flagged FROM conversation
WHERE mailbox = :mailbox AND (at_ms, thread) < (:at_ms, :thread) ORDER BY at_ms DESC, thread DESC LIMIT :limit;

-- name: conversation_newer :many
SELECT thread, at_ms, messages, unseen, flagged FROM conversation
WHERE mailbox = :mailbox AND (at_ms, thread) > (:at_ms, :thread) ORDER BY at_ms, thread LIMIT :limit;

-- name: conversation_count :one
SELECT count(*) AS number FROM conversation WHERE mailbox = :mailbox;

-- name: conversation_before :one
SELECT count(*) AS number FROM conversation WHERE mailbox = :mailbox AND (at_ms, thread) > (:at_ms, :thread);

-- name: conversation_get :maybe
SELECT thread, at_ms, messages, unseen, flagged FROM conversation WHERE mailbox = :mailbox AND thread = :thread;

-- name: conversation_flagged :many
SELECT conversation.thread AS thread, conversation.at_ms AS at_ms, conversation.mailbox AS mailbox
FROM conversation JOIN mailbox ON mailbox.id = conversation.mailbox
WHERE mailbox.account = :account AND conversation.flagged = 1
ORDER BY conversation.at_ms DESC, conversation.thread DESC LIMIT 1000;

-- name: conversation_deleted :many
-- What was deleted for good and lies nowhere any more.
SELECT expunged.email AS email, max(expunged.expunged_ms) AS expunged_ms
FROM expunged WHERE expunged.account = :account AND expunged.expunged_ms > :since_ms AND expunged.email <> 0
    AND NOT EXISTS (SELECT 1 FROM message WHERE message.email = expunged.email)
GROUP BY expunged.email ORDER BY max(expunged.expunged_ms) DESC LIMIT 1000;

-- name: conversation_messages :many
-- Of one thread in one mailbox, oldest first; "+ 0" as above.
SELECT message.mailbox AS mailbox, message.uid AS uid, message.email AS email, message.flags AS flags,
    message.received_ms AS received_ms, email.body AS body, email.size AS size, email.sent_ms AS sent_ms,
    email.has_attachment AS has_attachment, email.base_subject AS base_subject, email.subject AS subject,
    email.from_text AS from_text, email.to_text AS to_text, email.preview AS preview
FROM email JOIN message ON message.email = email.id
WHERE email.thread = :thread AND message.mailbox + 0 = :mailbox
ORDER BY message.received_ms, message.uid LIMIT 1000;

-- name: conversation_expunged :many
SELECT expunged.mailbox AS mailbox, expunged.uid AS uid, expunged.email AS email, expunged.flags AS flags,
    expunged.received_ms AS received_ms
FROM expunged WHERE expunged.email = :email AND expunged.account = :account
ORDER BY expunged.expunged_ms DESC LIMIT 10;

-- name: conversation_forget_expunged :none
UPDATE expunged SET email = 0 WHERE mailbox = :mailbox AND uid = :uid;

-- name: conversation_changed :one
-- Messages not read that came or changed after a modification sequence.
SELECT count(*) AS number FROM message WHERE mailbox = :mailbox AND modseq > :since AND flags & 1 = 0;

-- name: conversation_origin_set :none
INSERT INTO trash_origin (email, mailbox) VALUES (:email, :mailbox)
ON CONFLICT (email) DO UPDATE SET mailbox = excluded.mailbox;

-- name: conversation_origin_get :maybe
SELECT mailbox FROM trash_origin WHERE email = :email;

-- name: conversation_origin_drop :none
DELETE FROM trash_origin WHERE email = :email;

-- name: conversation_every :each
-- Every message of an account, for a search that may be true of any.
SELECT message.mailbox AS mailbox, message.thread AS thread, message.email AS email, message.flags AS flags,
    message.received_ms AS received_ms, email.has_attachment AS has_attachment
FROM message JOIN email ON email.id = message.email JOIN mailbox ON mailbox.id = message.mailbox
WHERE mailbox.account = :account;

-- name: conversation_every_of :each
-- Those of one email.
SELECT message.mailbox AS mailbox, message.thread AS thread, message.email AS email, message.flags AS flags,
    message.received_ms AS received_ms, email.has_attachment AS has_attachment
FROM message JOIN email ON email.id = message.email JOIN mailbox ON mailbox.id = message.mailbox
WHERE message.email = :email AND mailbox.account + 0 = :account;

-- name: conversation_found :one
-- What a result shows.
SELECT body, base_subject, from_text FROM email WHERE id = :email;
