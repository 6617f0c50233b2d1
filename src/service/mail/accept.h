/* An accept takes mail that may come twice: from an outbox that had no answer and sends again.
 *
 * Why: a row of an outbox is sent until its answer is on disk, so a crash on either side sends it again. Each recipient
 * of each row is remembered (as a hash, in `accepted`) in the transaction that delivers, and in the journal; what is
 * remembered is answered "ok" and delivered no more. Remembered for ACCEPT_KEPT_MS, longer than any outbox tries. */
#ifndef SERVICE_MAIL_ACCEPT_H
#define SERVICE_MAIL_ACCEPT_H

#include "core/ctx.h"

enum { ACCEPT_KEY_MAX = 100, ACCEPT_RECIPIENTS_MAX = 100 };
#define ACCEPT_KEPT_MS (7 * 86400 * INT64_C(1000))

struct accept {
    struct str key;        /* of the row: the same each time it is sent, and of no other row */
    struct str sender;
    struct str recipients; /* one address a line */
    struct str message;
};
/* Delivers to those who have not had it. Appends a line for each recipient to `statuses`: "ok", or a status_name and a
 * failure code. Another status than OK: nothing was done. INVALID: no key, or too many recipients. */
MUST_USE enum status accept_mail(struct ctx *ctx, const struct accept *accept, struct buf *statuses);

/* One message of our own into the INBOX of an account, once for this key. */
MUST_USE enum status accept_own(struct ctx *ctx, int64_t account, struct str key, struct str message);

/* Forgets what is old. Once an hour. */
MUST_USE enum status accept_sweep(struct ctx *ctx);

#endif
