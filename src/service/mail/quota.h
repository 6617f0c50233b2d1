/* A quota is how much mail one account may hold; 0 is without limit. What is in the trash counts, what is only
 * undeletable does not. */
#ifndef SERVICE_MAIL_QUOTA_H
#define SERVICE_MAIL_QUOTA_H

#include "core/ctx.h"

struct quota {
    int64_t used, messages, limit; /* limit 0: none */
};
MUST_USE enum status quota_get(struct ctx *ctx, int64_t account, struct quota *ret_quota);
/* Is there room for so many bytes more? */
MUST_USE enum status quota_has_room(struct ctx *ctx, int64_t account, int64_t bytes, bool *ret_has);
/* The same as a refusal: LIMIT "mail.over_quota". */
MUST_USE enum status quota_check(struct ctx *ctx, int64_t account, int64_t bytes);

/* "0", "500M", "2G": powers of 1000. INVALID. */
MUST_USE enum status quota_parse(struct str text, int64_t *ret_bytes);

#endif
