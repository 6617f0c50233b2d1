/* A staff_right is what a person of the town may do with files of agents: read, edit, confirm, see totals.
 *
 * Given by the town's administrators on a page, good at the next request. Why beside permissions: whoever looks after
 * the machines' people needs no look at careers. Invariants: nobody holds any at first, administrators neither; who may
 * edit or confirm may read; whoever is suspended, or acts under a mandate, holds none. Each change stands in the audit
 * log. */
#ifndef SERVICE_STAFF_RIGHT_STAFF_RIGHT_H
#define SERVICE_STAFF_RIGHT_STAFF_RIGHT_H

#include "core/ctx.h"

enum staff_right {
    STAFF_MAY_READ = 1 << 0,    /* files of all agents; each reading is noted */
    STAFF_MAY_EDIT = 1 << 1,    /* facts, posts, identities, accounts */
    STAFF_MAY_CONFIRM = 1 << 2, /* as the second person: accounts, acts */
    STAFF_MAY_TOTAL = 1 << 3,   /* totals of five agents and more: elected members */
};
enum { STAFF_RIGHTS = 4, STAFF_RIGHTS_ALL = (1 << STAFF_RIGHTS) - 1 };

/* OK: ctx->actor holds at least one of `rights`. DENIED "staff.right". */
MUST_USE enum status staff_right_need(struct ctx *ctx, unsigned rights);
MUST_USE enum status staff_right_held(struct ctx *ctx, unsigned *ret_rights);
/* What was given to a person. */
MUST_USE enum status staff_right_of(struct ctx *ctx, int64_t person, unsigned *ret_rights);
/* Instead of what was given before. DENIED "mandate.never"; NOT_FOUND; INVALID "staff.rights". */
MUST_USE enum status staff_right_set(struct ctx *ctx, int64_t person, unsigned rights);
/* "Lire les dossiers": of one bit. */
enum text_key staff_right_name(unsigned right);

#endif
