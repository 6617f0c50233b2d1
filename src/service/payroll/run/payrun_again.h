/* What was paid of a closed month, looked at again: the month as it is known now, less what was paid of it (rappels).
 *
 * Paid is the month's own payslips, and the differences that went with later ones. What differs goes with the
 * payslip of the run that found it. Not here: the regularisation of the RAFP's yearly ceiling. */
#ifndef SERVICE_PAYROLL_RUN_PAYRUN_AGAIN_H
#define SERVICE_PAYROLL_RUN_PAYRUN_AGAIN_H

#include "service/payroll/run/payrun_pay.h"

enum { PAYRUN_AGAIN_MONTHS = 12, PAYRUN_AGAIN_MAX = 20000 };

struct payrun_again {
    int64_t agent;
    struct difference of;
};

/* The first closed month that a run of `month` looks at again; days 0: none. */
MUST_USE enum status payrun_again_first(struct ctx *ctx, struct date month, struct date *ret_again);
/* The next one behind `again`. */
MUST_USE enum status payrun_again_next(struct ctx *ctx, struct date month, struct date again, struct date *ret_again);
/* What differs of that month for the agents behind `after`, as known at the instant of the run. *ret_last: the last of
 * them. */
MUST_USE enum status payrun_again_find(struct ctx *ctx, const payrun_row *run, struct date again, int64_t after,
                                       struct difference_list *list, int64_t *agents, int64_t *ret_last,
                                       bool *ret_is_last);

#endif
