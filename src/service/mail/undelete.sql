-- name: undelete_due :many
SELECT mailbox, uid, email FROM expunged WHERE expunged_ms < :before_ms AND email <> 0 ORDER BY expunged_ms LIMIT 100;

-- name: undelete_forget :none
UPDATE expunged SET email = 0 WHERE mailbox = :mailbox AND uid = :uid;

-- name: undelete_email_body :maybe
-- The body of an email that nothing names any more.
SELECT body FROM email WHERE id = :email
    AND NOT EXISTS (SELECT 1 FROM message WHERE message.email = email.id)
    AND NOT EXISTS (SELECT 1 FROM expunged WHERE expunged.email = email.id)
    AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.draft = email.id)
    AND NOT EXISTS (SELECT 1 FROM draft WHERE draft.email = email.id);

-- name: undelete_drop_email :none
DELETE FROM email WHERE id = :email;

-- name: undelete_drop_origin :none
DELETE FROM trash_origin WHERE email = :email;

-- name: undelete_drop_body :none
DELETE FROM body WHERE id = :body AND NOT EXISTS (SELECT 1 FROM email WHERE email.body = body.id)
    AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.body = body.id);
