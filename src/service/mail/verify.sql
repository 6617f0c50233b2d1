-- Each query but the last three counts what breaks one rule, with an example.

-- name: verify_email_body :one
SELECT count(*) AS number, coalesce(min(email.id), 0) AS example FROM email
WHERE NOT EXISTS (SELECT 1 FROM body WHERE body.id = email.body AND body.size = email.size);

-- name: verify_outbox_body :one
SELECT count(*) AS number, coalesce(min(outbox.id), 0) AS example FROM outbox
WHERE NOT EXISTS (SELECT 1 FROM body WHERE body.id = outbox.body);

-- name: verify_message_email :one
SELECT count(*) AS number, coalesce(min(message.email), 0) AS example FROM message
WHERE NOT EXISTS (SELECT 1 FROM email WHERE email.id = message.email AND email.thread = message.thread
                  AND email.size = message.size);

-- name: verify_message_account :one
SELECT count(*) AS number, coalesce(min(message.email), 0) AS example FROM message
WHERE NOT EXISTS (SELECT 1 FROM mailbox WHERE mailbox.id = message.mailbox AND mailbox.account = message.email >> 32);

-- name: verify_expunged_email :one
SELECT count(*) AS number, coalesce(min(expunged.email), 0) AS example FROM expunged
WHERE expunged.email <> 0 AND NOT EXISTS (SELECT 1 FROM email WHERE email.id = expunged.email);

-- name: verify_uid :one
SELECT count(*) AS number, coalesce(min(mailbox.id), 0) AS example FROM mailbox
WHERE EXISTS (SELECT 1 FROM message WHERE message.mailbox = mailbox.id
              AND (message.uid < 1 OR message.uid >= mailbox.uid_next OR message.modseq > mailbox.modseq))
   OR EXISTS (SELECT 1 FROM expunged WHERE expunged.mailbox = mailbox.id
              AND (expunged.uid < 1 OR expunged.uid >= mailbox.uid_next OR expunged.modseq > mailbox.modseq));

-- name: verify_uid_twice :one
SELECT count(*) AS number, coalesce(min(message.mailbox), 0) AS example FROM message
JOIN expunged ON expunged.mailbox = message.mailbox AND expunged.uid = message.uid;

-- name: verify_mailbox_count :one
SELECT count(*) AS number, coalesce(min(mailbox.id), 0) AS example FROM mailbox
WHERE message_count <> (SELECT count(*) FROM message WHERE message.mailbox = mailbox.id)
   OR unseen_count <> (SELECT count(*) FROM message WHERE message.mailbox = mailbox.id AND message.flags & 1 = 0)
   OR bytes <> (SELECT coalesce(sum(message.size), 0) FROM message WHERE message.mailbox = mailbox.id);

-- name: verify_account_count :one
SELECT count(*) AS number, coalesce(min(person), 0) AS example FROM mail_account
WHERE used_bytes <> (SELECT coalesce(sum(mailbox.bytes), 0) FROM mailbox WHERE mailbox.account = mail_account.person)
   OR message_count <> (SELECT coalesce(sum(mailbox.message_count), 0) FROM mailbox
                        WHERE mailbox.account = mail_account.person);

-- name: verify_account_person :one
SELECT count(*) AS number, coalesce(min(mail_account.person), 0) AS example FROM mail_account
WHERE NOT EXISTS (SELECT 1 FROM person WHERE person.id = mail_account.person);

-- name: verify_mailbox_account :one
SELECT count(*) AS number, coalesce(min(mailbox.id), 0) AS example FROM mailbox
WHERE NOT EXISTS (SELECT 1 FROM mail_account WHERE mail_account.person = mailbox.account);

-- name: verify_next :one
-- Numbers that would be given twice.
SELECT (SELECT count(*) FROM body WHERE body.id >= mail_state.next_body)
     + (SELECT count(*) FROM mailbox WHERE mailbox.id >= mail_state.next_mailbox)
     + (SELECT count(*) FROM mail_account WHERE EXISTS
           (SELECT 1 FROM email WHERE email.id >= (mail_account.person << 32) + mail_account.next_email
            AND email.id < (mail_account.person + 1) << 32)) AS number, 0 AS example
FROM mail_state;

-- name: verify_place :one
-- Bodies behind the place up to which the segments are said to be in the tables.
SELECT count(*) AS number, coalesce(min(body.id), 0) AS example FROM body JOIN mail_state ON mail_state.id = 1
WHERE (body.segment, body.position) >= (mail_state.segment, mail_state.position);

-- name: verify_conversation :one
SELECT (SELECT count(*) FROM (SELECT mailbox, thread, at_ms, messages, unseen, flagged FROM conversation EXCEPT
        SELECT mailbox, thread, max(received_ms), count(*), sum(1 - (flags & 1)), max(flags & 4) / 4
        FROM message GROUP BY mailbox, thread) AS extra)
     + (SELECT count(*) FROM (SELECT mailbox, thread, max(received_ms), count(*), sum(1 - (flags & 1)), max(flags & 4) / 4
        FROM message GROUP BY mailbox, thread EXCEPT
        SELECT mailbox, thread, at_ms, messages, unseen, flagged FROM conversation) AS missing) AS number, 0 AS example;

-- name: verify_bodies :many
SELECT id, segment, position, size, hash FROM body
WHERE (segment, position) > (:segment, :position) ORDER BY segment, position LIMIT 200;

-- name: verify_body_count :one
SELECT count(*) AS number FROM body;

-- name: verify_body_owner :many
SELECT email.id AS id FROM email WHERE email.body = :body ORDER BY email.id LIMIT 5;
