/* A message is one email in one mailbox: UID, flags, times. Its facts never change; its flags do.
 *
 * Flags are one integer: the system flags below, and bit 8 to 62 for the account's keywords. Every change draws
 * one new modification sequence for its mailbox (RFC 7162) and keeps the counters of mailbox and account true
 * in the same transaction. A removed message stays in `expunged` for 30 days and can be restored. */
#ifndef SERVICE_MAIL_MESSAGE_H
#define SERVICE_MAIL_MESSAGE_H

#include "core/ctx.h"
#include "base/list.h"
#include "service/mail/mailbox.h"
#include "service/mail/message_sql.h"

enum message_flag {
    MESSAGE_SEEN = 1,
    MESSAGE_ANSWERED = 2,
    MESSAGE_FLAGGED = 4,
    MESSAGE_DELETED = 8,
    MESSAGE_DRAFT = 16,
    MESSAGE_SYSTEM_FLAGS = 31,
    /* Whoever sent it was signed in to a town of this syndicate, and the address is theirs; no client sees or changes
     * it. */
    MESSAGE_HOUSE = 32,
};
enum { MESSAGE_KEYWORD_FIRST = 8, MESSAGE_KEYWORD_MAX = 55, MESSAGE_KEYWORD_LENGTH_MAX = 64 };

typedef struct sql_message_get_row message_row;
typedef struct sql_message_email_get_row email_row;

/* NOT_FOUND: no such UID. */
MUST_USE enum status message_get(struct ctx *ctx, int64_t mailbox, int64_t uid, message_row *ret_message);

/* Flags become `set` where mask has ones. *ret_modseq is the sequence given, or the one it had when nothing
 * changed. The mailbox row is read again by the caller afterwards. */
MUST_USE enum status message_set_flags(struct ctx *ctx, const message_row *message, int64_t mask, int64_t set,
                                       int64_t *ret_modseq);

/* The bit of a keyword of this account; made when `may_create`. NOT_FOUND, or LIMIT "mail.keyword.many". */
MUST_USE enum status message_keyword(struct ctx *ctx, int64_t account, struct str name, bool may_create,
                                     int64_t *ret_bit);

/* Puts an email into a mailbox of the same account: the last step of delivery, APPEND, COPY and MOVE. */
struct message_put {
    int64_t email, thread, flags, size;
    struct instant received;
    int64_t uid; /* 0: the next one; else the one a replay demands (at least uid_next) */
};
MUST_USE enum status message_put(struct ctx *ctx, const mailbox_row *mailbox, const struct message_put *put,
                                 enum db_sync sync, int64_t *ret_uid);
MUST_USE enum status message_copy(struct ctx *ctx, const message_row *message, const mailbox_row *to, int64_t *ret_uid);
/* Copies and removes in one transaction. */
MUST_USE enum status message_move(struct ctx *ctx, const message_row *message, const mailbox_row *to, int64_t *ret_uid);
MUST_USE enum status message_move_all(struct ctx *ctx, const mailbox_row *from, const mailbox_row *to);

/* Removes one message; it stays restorable. */
MUST_USE enum status message_expunge(struct ctx *ctx, const message_row *message);
MUST_USE enum status message_expunge_all(struct ctx *ctx, const mailbox_row *mailbox);

#endif
