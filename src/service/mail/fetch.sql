-- name: fetch_facts :each
-- What FETCH may need of each message, bodies apart.
SELECT message.uid AS uid, message.flags AS flags, message.modseq AS modseq, message.received_ms AS received_ms,
    message.email AS email, message.thread AS thread, message.size AS size, email.body AS body,
    email.envelope AS envelope, email.structure AS structure
FROM message JOIN email ON email.id = message.email
WHERE message.mailbox = :mailbox AND message.uid >= :first AND message.uid <= :last ORDER BY message.uid;

-- name: fetch_search :each
-- What SEARCH, SORT and THREAD need of each message, texts apart.
SELECT message.uid AS uid, message.flags AS flags, message.modseq AS modseq, message.received_ms AS received_ms,
    message.email AS email, message.thread AS thread, message.size AS size, email.body AS body,
    email.sent_ms AS sent_ms
FROM message JOIN email ON email.id = message.email WHERE message.mailbox = :mailbox ORDER BY message.uid;

-- name: fetch_search_email :each
-- The same of one email; "+ 0" keeps the planner from walking the whole mailbox.
SELECT message.uid AS uid, message.flags AS flags, message.modseq AS modseq, message.received_ms AS received_ms,
    message.email AS email, message.thread AS thread, message.size AS size, email.body AS body,
    email.sent_ms AS sent_ms
FROM message JOIN email ON email.id = message.email
WHERE message.email = :email AND message.mailbox + 0 = :mailbox ORDER BY message.uid;

-- name: fetch_order :maybe
SELECT message.received_ms AS received_ms, message.size AS size, email.body AS body, email.sent_ms AS sent_ms,
    email.message_id AS message_id, email.reference_ids AS reference_ids, email.subject AS subject
FROM message JOIN email ON email.id = message.email WHERE message.mailbox = :mailbox AND message.uid = :uid;
