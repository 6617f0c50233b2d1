-- The mail of one town. Truth: every table here but the counters of mailbox and mail_account, which
-- `town rebuild` counts again. Bodies lie in segments/, one record each (service/mail/segment.h).

-- One row: where the next numbers start, and how far the segments are reflected in these tables.
CREATE TABLE mail_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    next_body INTEGER NOT NULL,
    next_mailbox INTEGER NOT NULL,
    segment INTEGER NOT NULL,
    position INTEGER NOT NULL,
    uid_validity INTEGER NOT NULL
) STRICT;
INSERT INTO mail_state VALUES (1, 1, 1, 1, 0, 1);

-- One row per person who has mail.
CREATE TABLE mail_account (
    person INTEGER PRIMARY KEY,
    next_email INTEGER NOT NULL,
    used_bytes INTEGER NOT NULL,
    message_count INTEGER NOT NULL
) STRICT;

-- The keywords of an account: bit 8 to 62 of message.flags.
CREATE TABLE keyword (
    account INTEGER NOT NULL,
    bit INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (account, bit),
    UNIQUE (account, name)
) STRICT;

CREATE TABLE mailbox (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL,
    name TEXT NOT NULL,             -- UTF-8, levels parted by '/'
    special_use TEXT NOT NULL,      -- '' or archive drafts flagged junk sent trash (RFC 6154)
    uid_validity INTEGER NOT NULL,
    uid_next INTEGER NOT NULL,
    modseq INTEGER NOT NULL,        -- highest given (RFC 7162)
    recent_uid INTEGER NOT NULL,    -- first UID no session was told of (\Recent)
    message_count INTEGER NOT NULL,
    unseen_count INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    is_subscribed INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    UNIQUE (account, name)
) STRICT;

-- Names subscribed to that no mailbox has (RFC 3501 section 6.3.6).
CREATE TABLE subscription (
    account INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (account, name)
) STRICT;

CREATE TABLE body (
    id INTEGER PRIMARY KEY,
    segment INTEGER NOT NULL,
    position INTEGER NOT NULL,      -- of its record
    size INTEGER NOT NULL,          -- of the message
    hash BLOB NOT NULL              -- SHA-256 of the message
) STRICT;
CREATE INDEX body_place ON body (segment, position);
CREATE INDEX body_hash ON body (hash);

-- What never changes of one message in one account; id = account * 2^32 + a number of its own.
CREATE TABLE email (
    id INTEGER PRIMARY KEY,
    body INTEGER NOT NULL,
    thread INTEGER NOT NULL,
    size INTEGER NOT NULL,
    sent_ms INTEGER NOT NULL,       -- the Date field, or arrival
    has_attachment INTEGER NOT NULL,
    message_id TEXT NOT NULL,
    reference_ids TEXT NOT NULL,    -- References, else In-Reply-To: normalised, parted by spaces
    base_subject TEXT NOT NULL,     -- RFC 5256 section 2.1
    subject TEXT NOT NULL,
    from_text TEXT NOT NULL,        -- name, or address, of the first author
    to_text TEXT NOT NULL,
    preview TEXT NOT NULL,
    envelope TEXT NOT NULL,         -- as IMAP writes it
    structure TEXT NOT NULL         -- BODYSTRUCTURE as IMAP writes it
) STRICT;
CREATE INDEX email_body ON email (body);
CREATE INDEX email_thread ON email (thread);

-- Which thread a message-id belongs to: 64 bits of its hash.
CREATE TABLE thread_reference (
    account INTEGER NOT NULL,
    hash INTEGER NOT NULL,
    thread INTEGER NOT NULL,
    PRIMARY KEY (account, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
    mailbox INTEGER NOT NULL,
    uid INTEGER NOT NULL,
    email INTEGER NOT NULL,
    thread INTEGER NOT NULL,
    flags INTEGER NOT NULL,         -- 1 seen 2 answered 4 flagged 8 deleted 16 draft, 256.. keywords
    modseq INTEGER NOT NULL,
    received_ms INTEGER NOT NULL,   -- INTERNALDATE
    saved_ms INTEGER NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (mailbox, uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_modseq ON message (mailbox, modseq);
CREATE INDEX message_email ON message (email);
CREATE INDEX message_thread ON message (mailbox, thread);

-- What left a mailbox: told to clients that were away (VANISHED), and restorable for 30 days while email is
-- not 0.
CREATE TABLE expunged (
    mailbox INTEGER NOT NULL,
    uid INTEGER NOT NULL,
    email INTEGER NOT NULL,
    account INTEGER NOT NULL,
    modseq INTEGER NOT NULL,
    flags INTEGER NOT NULL,
    received_ms INTEGER NOT NULL,
    expunged_ms INTEGER NOT NULL,
    PRIMARY KEY (mailbox, uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX expunged_modseq ON expunged (mailbox, modseq);
CREATE INDEX expunged_time ON expunged (expunged_ms);
CREATE INDEX expunged_email ON expunged (email);
CREATE INDEX expunged_account ON expunged (account, expunged_ms);

-- Mail on its way: one row per message and destination domain. recipients: one address a line.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    body INTEGER NOT NULL,
    account INTEGER NOT NULL,
    sender TEXT NOT NULL,
    destination TEXT NOT NULL,
    recipients TEXT NOT NULL,
    next_ms INTEGER NOT NULL,       -- not before: undo send, then back-off
    attempts INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    draft INTEGER NOT NULL,         -- email id to put back when sending is undone, or 0
    last_failure TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_next ON outbox (next_ms);
CREATE INDEX outbox_body ON outbox (body);

-- Outbox rows of other towns already delivered here, so that a second copy is dropped.
CREATE TABLE accepted (
    source TEXT PRIMARY KEY,
    accepted_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX accepted_time ON accepted (accepted_ms);
