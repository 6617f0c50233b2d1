-- What the webmail keeps. Derived: conversation, which `town rebuild` makes again from message.

-- One row for each thread in each mailbox: what a list shows without looking at every message.
CREATE TABLE conversation (
    mailbox INTEGER NOT NULL,
    thread INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,         -- arrival of the newest
    messages INTEGER NOT NULL,
    unseen INTEGER NOT NULL,
    flagged INTEGER NOT NULL,       -- 1: one of them is
    PRIMARY KEY (mailbox, thread)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_at ON conversation (mailbox, at_ms, thread);
CREATE INDEX conversation_flagged ON conversation (mailbox, at_ms) WHERE flagged = 1;
INSERT INTO conversation (mailbox, thread, at_ms, messages, unseen, flagged)
SELECT mailbox, thread, max(received_ms), count(*), sum(1 - (flags & 1)), max(flags & 4) / 4
FROM message GROUP BY mailbox, thread;

-- Where a message in the trash came from. Truth.
CREATE TABLE trash_origin (
    email INTEGER PRIMARY KEY,
    mailbox INTEGER NOT NULL
) STRICT;

-- What somebody is writing, as typed; email: the copy in Drafts that mail programs see, 0: none. Truth.
CREATE TABLE draft (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL,
    email INTEGER NOT NULL,
    kind INTEGER NOT NULL,          -- enum mail_draft_kind
    about INTEGER NOT NULL,         -- email answered or forwarded
    sender TEXT NOT NULL,
    to_text TEXT NOT NULL,
    cc_text TEXT NOT NULL,
    bcc_text TEXT NOT NULL,
    subject TEXT NOT NULL,
    words TEXT NOT NULL,
    saved_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_email ON draft (email);

-- Whom a person wrote to. Truth, small.
CREATE TABLE correspondent (
    account INTEGER NOT NULL,
    address TEXT NOT NULL,          -- lower case
    display_name TEXT NOT NULL,
    uses INTEGER NOT NULL,
    used_ms INTEGER NOT NULL,
    PRIMARY KEY (account, address)
) STRICT, WITHOUT ROWID;

-- A person's own settings. Truth.
CREATE TABLE mail_settings (
    person INTEGER PRIMARY KEY,
    signature TEXT NOT NULL,
    page_size INTEGER NOT NULL,
    undo_s INTEGER NOT NULL,
    shows_images INTEGER NOT NULL
) STRICT;

-- Senders whose remote images may load. Truth.
CREATE TABLE image_sender (
    account INTEGER NOT NULL,
    address TEXT NOT NULL,          -- lower case
    PRIMARY KEY (account, address)
) STRICT, WITHOUT ROWID;
