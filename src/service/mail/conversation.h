/* A conversation is the messages of one thread that lie in one mailbox: a derived row, kept beside every change.
 *
 * For message.c, which calls one of the first three in each change, and for the files behind mail.h. */
#ifndef SERVICE_MAIL_CONVERSATION_H
#define SERVICE_MAIL_CONVERSATION_H

#include "service/mail/conversation_sql.h"
#include "service/mail/mail.h"
#include "service/mail/message.h"

enum { CONVERSATION_MESSAGES_MAX = 1000 /* of one thread in one mailbox, by delivery; then another is begun */ };
#define CONVERSATION_KEPT_MS (30 * 86400 * INT64_C(1000)) /* deleted for good, still restorable */

/* Makes the row of (mailbox, thread) what the messages say. The caller has the writer. */
MUST_USE enum status conversation_refresh(struct ctx *ctx, int64_t mailbox, int64_t thread);
/* The same for one message that came, or whose flags changed, at a cost that does not grow with its thread: a thousand
 * messages may refer to one. Only a flag taken away needs a look at the others. */
MUST_USE enum status conversation_come(struct ctx *ctx, int64_t mailbox, int64_t thread, int64_t flags,
                                       int64_t received_ms);
MUST_USE enum status conversation_mark(struct ctx *ctx, int64_t mailbox, int64_t thread, int64_t before, int64_t after);
/* All of them, for `town rebuild`. The caller has the writer. */
MUST_USE enum status conversation_rebuild(struct ctx *ctx);

/* The account of who acts, with its mailboxes made. DENIED: nobody's, as under a mandate. */
MUST_USE enum status conversation_account(struct ctx *ctx, int64_t *ret_account);
/* True when an email or thread is one of this account's: the number says it. */
bool conversation_is_own(int64_t account, int64_t id);

enum mail_role conversation_role(struct str special_use);

#endif
