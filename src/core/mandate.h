/* A mandate is leave for one operator to look into one town: given by an administrator of that town, with a reason
 * and an end.
 *
 * Why: an operator has no right to any content. Under a mandate one signs in like a person of the town with the
 * rights of an administrator and no mail of one's own; every page asked for stands in the town's audit log. Auth is
 * told (people_task) and ends the sessions when the mandate does. Times are the town's clock; at most
 * MANDATE_DAYS_MAX. */
#ifndef CORE_MANDATE_H
#define CORE_MANDATE_H

#include "core/ctx.h"
#include "core/mandate_sql.h"

enum { MANDATE_REASON_MAX = 300, MANDATE_HOURS_MAX = 7 * 24, MANDATE_LIST_MAX = 100 };

typedef struct sql_mandate_list_row mandate_row;

/* By ctx->actor, who must hold PERMISSION_ADMINISTER outside any mandate. DENIED "mandate.denied"; INVALID
 * "mandate.reason", "mandate.operator" (no address, or one of this town), "mandate.hours" (1 to MANDATE_HOURS_MAX).
 * */
MUST_USE enum status mandate_give(struct ctx *ctx, struct str operator, struct str reason, int64_t hours,
                                  int64_t *ret_id);
/* At once. NOT_FOUND: none by that number, or over already. DENIED as above. */
MUST_USE enum status mandate_end(struct ctx *ctx, int64_t id);
/* The newest first; at most MANDATE_LIST_MAX. */
MUST_USE enum status mandate_list(struct ctx *ctx, mandate_row **ret_rows, size_t *ret_count);
/* The running mandate of a ticket. GONE: over, or not this operator's. */
struct mandate_running {
    struct str reason;
    struct instant ends;
};
MUST_USE enum status mandate_running(struct ctx *ctx, int64_t id, struct str operator_address,
                                     struct mandate_running *ret_mandate);
/* For acts that could open somebody's mail to whoever does them: a code for a password, an alias, a group, a role, a
 * second factor. DENIED "mandate.never" under a mandate, whoever gave it. */
MUST_USE enum status mandate_forbids(struct ctx *ctx);
bool mandate_is_open(const mandate_row *row, struct instant now);

#endif
