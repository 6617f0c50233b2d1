/* A staff_month (staff.h) is made of a career; the town's own settings that it tells stand here. */
#ifndef SERVICE_STAFF_MONTH_STAFF_MONTH_H
#define SERVICE_STAFF_MONTH_STAFF_MONTH_H

#include "service/staff/career/career.h"

/* Pure: what of a career counts in a month, for an agent that `ret_month` names already. NOT_FOUND: out of service for
 * all of it. */
MUST_USE enum status staff_month_of(struct arena *arena, const struct career *career, struct date month,
                                    struct staff_month *ret_month);

/* Zone of the indemnité de résidence, 1 to 3; 3, which pays nothing, until the town says it. */
MUST_USE enum status staff_month_zone(struct ctx *ctx, int32_t *ret_zone);
/* INVALID "staff.zone". */
MUST_USE enum status staff_month_check_zone(struct ctx *ctx, int64_t zone);
MUST_USE enum status staff_month_set_zone(struct ctx *ctx, int64_t zone);

/* Days of reduced working time (RTT) a full-time agent has in a year, by a deliberation; 0: the town has none. */
struct staff_rtt {
    int32_t days;
    struct str deliberation;
};
MUST_USE enum status staff_month_rtt(struct ctx *ctx, struct staff_rtt *ret_rtt);
/* INVALID "staff.rtt": more than LEAVE_RTT_MAX, or no deliberation. */
MUST_USE enum status staff_month_set_rtt(struct ctx *ctx, int64_t days, struct str deliberation);

#endif
