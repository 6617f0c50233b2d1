/* A mailbox is one folder of one account: a name, and messages numbered by UIDs that never come back.
 *
 * Names are UTF-8 with '/' between levels; "INBOX" is spelled so, whatever the client writes (RFC 9051
 * section 5.1). A name deleted and created again gets a greater UIDVALIDITY. Every account has INBOX, Drafts,
 * Sent, Archive, Junk and Trash from its first use. Functions that change rows ask the writer first. */
#ifndef SERVICE_MAIL_MAILBOX_H
#define SERVICE_MAIL_MAILBOX_H

#include "core/ctx.h"
#include "core/town.h"
#include "service/mail/mailbox_sql.h"

enum { MAILBOX_MAX = 1000, MAILBOX_NAME_MAX = 200, MAILBOX_LEVEL_MAX = 16 };

typedef struct sql_mailbox_get_row mailbox_row; /* a value: copied freely, true when it was read */

/* The account of a person, with its first mailboxes, made when it is not there. */
MUST_USE enum status mailbox_ensure_account(struct ctx *ctx, int64_t account);

/* NOT_FOUND unless it belongs to the account. */
MUST_USE enum status mailbox_get(struct ctx *ctx, int64_t account, int64_t id, mailbox_row *ret_mailbox);
MUST_USE enum status mailbox_by_name(struct ctx *ctx, int64_t account, struct str name, mailbox_row *ret_mailbox);
/* special_use: "inbox", "drafts", "sent", "archive", "junk", "trash". */
MUST_USE enum status mailbox_by_use(struct ctx *ctx, int64_t account, struct str special_use, mailbox_row *ret_mailbox);
/* By name, INBOX first; at most MAILBOX_MAX. */
MUST_USE enum status mailbox_list(struct ctx *ctx, int64_t account, mailbox_row **ret_mailboxes, size_t *ret_count);

/* INVALID "mail.folder.name", CONFLICT "mail.folder.taken", LIMIT "mail.folder.many". Parents are made too. */
MUST_USE enum status mailbox_create(struct ctx *ctx, int64_t account, struct str name, struct str special_use,
                                    mailbox_row *ret_mailbox);
/* Children follow. Renaming INBOX moves its messages to a new mailbox (RFC 9051 section 6.3.6). */
MUST_USE enum status mailbox_rename(struct ctx *ctx, int64_t account, struct str from, struct str to);
/* Its messages are expunged, and restorable for 30 days. INBOX: DENIED "mail.folder.kept". */
MUST_USE enum status mailbox_delete(struct ctx *ctx, int64_t account, struct str name);
MUST_USE enum status mailbox_subscribe(struct ctx *ctx, int64_t account, struct str name, bool is_subscribed);

/* After a restore: numbers may be given a second time, so every folder gets a UIDVALIDITY above any it can have had
 * (RFC 9051 section 2.3.1.1). */
MUST_USE enum status mailbox_renumber(struct ctx *ctx);

/* The name as stored: INBOX in capitals, no trailing separator. INVALID as mailbox_create. */
MUST_USE enum status mailbox_normalise(struct ctx *ctx, struct str name, struct str *ret_name);

#endif
