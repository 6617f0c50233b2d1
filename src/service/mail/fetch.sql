-- name: fetch_facts :each
-- What FETCH may need of each message, bodies apart.
SELECT message.uid AS uid, message.flags AS flags, message.modseq AS modseq, message.received_ms AS received_ms,
    message.email AS email, message.thread AS thread, message.size AS size, email.body AS body,
    email.envelope AS envelope, email.structure AS structure
FROM message JOIN email ON email.id = message.email
WHERE message.mailbox = :mailbox AND message.uid >= :first AND message.uid <= :last ORDER BY message.uid;
