/* What is deleted for good stays for 30 days: its row in `expunged` names the email, and the email its body.
 *
 * Undelete brings it back to where it was; the sweep, after 30 days, lets the email go, and its body's row when
 * nothing else names it. The bytes go with compaction (service/mail/compact.h). */
#ifndef SERVICE_MAIL_UNDELETE_H
#define SERVICE_MAIL_UNDELETE_H

#include "core/ctx.h"

enum { UNDELETE_DAYS = 30, UNDELETE_STEP = 100 };

/* Brings back what the account deleted for good since then and holds nowhere any more, at most UNDELETE_STEP of it, the
 * newest first. OK: there may be more; NOT_FOUND: nothing is left. */
MUST_USE enum status undelete(struct ctx *ctx, int64_t account, struct instant since, int64_t *ret_restored);

/* Lets go of what is older, UNDELETE_STEP rows at a time. OK: there is more; NOT_FOUND: nothing to do. */
MUST_USE enum status undelete_sweep(struct ctx *ctx);

#endif
