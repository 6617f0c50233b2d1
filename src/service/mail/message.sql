-- name: message_get :maybe
SELECT mailbox, uid, email, thread, flags, modseq, received_ms, saved_ms, size FROM message
WHERE mailbox = :mailbox AND uid = :uid;

-- name: message_each :each
-- In UID order.
SELECT mailbox, uid, email, thread, flags, modseq, received_ms, saved_ms, size FROM message
WHERE mailbox = :mailbox AND uid >= :first AND uid <= :last ORDER BY uid;

-- name: message_flags_each :each
SELECT uid, flags, modseq FROM message WHERE mailbox = :mailbox AND uid >= :first AND uid <= :last ORDER BY uid;

-- name: message_uid_each :each
SELECT uid FROM message WHERE mailbox = :mailbox AND uid >= :first ORDER BY uid;

-- name: message_changed_each :each
SELECT uid, flags, modseq FROM message WHERE mailbox = :mailbox AND modseq > :since ORDER BY uid;

-- name: message_add :none
INSERT INTO message (mailbox, uid, email, thread, flags, modseq, received_ms, saved_ms, size)
VALUES (:mailbox, :uid, :email, :thread, :flags, :modseq, :received_ms, :saved_ms, :size);

-- name: message_set_flags :none
UPDATE message SET flags = :flags, modseq = :modseq WHERE mailbox = :mailbox AND uid = :uid;

-- name: message_remove :none
DELETE FROM message WHERE mailbox = :mailbox AND uid = :uid;

-- name: message_of_email :many
SELECT mailbox, uid, flags FROM message WHERE email = :email ORDER BY mailbox, uid LIMIT 100;

-- name: message_expunged_add :none
INSERT INTO expunged (mailbox, uid, email, account, modseq, flags, received_ms, expunged_ms)
VALUES (:mailbox, :uid, :email, :account, :modseq, :flags, :received_ms, :expunged_ms);

-- name: message_expunged_each :each
SELECT uid FROM expunged WHERE mailbox = :mailbox AND modseq > :since ORDER BY uid;

-- name: message_first_unseen :maybe
SELECT uid FROM message WHERE mailbox = :mailbox AND flags & 1 = 0 ORDER BY uid LIMIT 1;

-- name: message_count_flag :one
SELECT count(*) AS number FROM message WHERE mailbox = :mailbox AND flags & :flag <> 0;

-- name: message_email_get :maybe
SELECT id, body, thread, size, sent_ms, has_attachment, message_id, reference_ids, base_subject, subject,
       from_text, to_text, preview, envelope, structure FROM email WHERE id = :id;

-- name: message_email_add :none
INSERT INTO email (id, body, thread, size, sent_ms, has_attachment, message_id, reference_ids, base_subject,
                   subject, from_text, to_text, preview, envelope, structure)
VALUES (:id, :body, :thread, :size, :sent_ms, :has_attachment, $message_id, $reference_ids, $base_subject,
        $subject, $from_text, $to_text, $preview, $envelope, $structure);

-- name: message_body_add :none
INSERT INTO body (id, segment, position, size, hash) VALUES (:id, :segment, :position, :size, @hash);

-- name: message_body_get :maybe
SELECT id, segment, position, size, hash FROM body WHERE id = :id;

-- name: message_take_body :one
UPDATE mail_state SET next_body = next_body + 1 WHERE id = 1 RETURNING next_body - 1 AS id;

-- name: message_state :one
SELECT next_body, next_mailbox, segment, position, uid_validity FROM mail_state WHERE id = 1;

-- name: message_set_place :none
UPDATE mail_state SET segment = :segment, position = :position WHERE id = 1;

-- name: message_set_next_body :none
UPDATE mail_state SET next_body = max(next_body, :next_body) WHERE id = 1;

-- name: message_thread_find :maybe
SELECT thread FROM thread_reference WHERE account = :account AND hash = :hash;

-- name: message_thread_add :none
INSERT INTO thread_reference (account, hash, thread) VALUES (:account, :hash, :thread)
ON CONFLICT (account, hash) DO NOTHING;
