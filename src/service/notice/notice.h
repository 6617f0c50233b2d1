/* A notice is a few words for all the staff of a town, on the board until a day its author chose.
 *
 * Texts live in ctx->arena. Whoever calls has checked the permission: routes do. */
#ifndef SERVICE_NOTICE_NOTICE_H
#define SERVICE_NOTICE_NOTICE_H

#include "core/ctx.h"

enum { NOTICE_TITLE_MAX = 200, NOTICE_WORDS_MAX = 10000, NOTICE_DAYS_MAX = 366 };

struct notice {
    int64_t id;
    struct str title, words, author;
    struct instant posted, ends;
};

/* What is on the board at ctx->now, the newest first; at most 100. */
MUST_USE enum status notice_list(struct ctx *ctx, struct notice **ret_notices, size_t *ret_count);
/* NOT_FOUND: none by that number, or no longer on the board. */
MUST_USE enum status notice_get(struct ctx *ctx, int64_t id, struct notice *ret_notice);

/* Posted by ctx->actor for so many days. INVALID "notice.title", "notice.words" (empty or too long), "notice.days"
 * (outside 1 to NOTICE_DAYS_MAX). */
MUST_USE enum status notice_post(struct ctx *ctx, struct str title, struct str words, int64_t days, int64_t *ret_id);
/* Takes it off the board; nothing happens when it is off already. */
MUST_USE enum status notice_withdraw(struct ctx *ctx, int64_t id);

#endif
