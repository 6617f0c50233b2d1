/* A projection is what agents will cost month by month, with what is planned and the rates that are known already.
 *
 * Each month takes the law of its own first day as it is known now: so the CNRACL of 2027 and 2028 is in it, and what
 * no text has fixed yet goes on as it is. What changes an agent from a month on (a step, a part of time, an end) is
 * planned by the caller. Amounts stand by status and line: whoever knows the accounts sums them. Pure. */
#ifndef SERVICE_PAYROLL_PAY_PROJECTION_H
#define SERVICE_PAYROLL_PAY_PROJECTION_H

#include "service/payroll/pay/pay.h"

enum { PROJECTION_MONTHS_MAX = 60, PROJECTION_AGENTS_MAX = 100000, PROJECTION_ACCOUNTS_MAX = 64 };

/* From the first day of a month on, an agent's facts are these. */
struct projection_change {
    size_t agent; /* its place in `facts` */
    struct date from;
    const struct pay_facts *facts; /* NULL: is paid no more */
};

struct projection_ask {
    const struct law *law;
    struct date known;
    bool is_large;
    const struct pay_facts *facts; /* of the first month; without a fault */
    size_t agent_count;
    const struct projection_change *changes; /* in the order of their days */
    size_t change_count;
    struct date from; /* the first day of the first month */
    size_t month_count;
};

struct projection_month {
    struct date month;
    size_t agents;
    int64_t cents[PAY_STATUSES][PAY_LINES];
};

/* `ret_months` has room for month_count of them. INVALID: *ret_what is "from" (no first day), "months" (none, or more
 * than the maximum), "agents", "changes" (out of order, of an agent that is not there, or with a fault), or the code of
 * the law that is missing. */
MUST_USE enum status projection_of(struct arena *arena, const struct projection_ask *ask,
                                   struct projection_month *ret_months, const char **ret_what);
/* One line of all statuses. */
int64_t projection_line(const struct projection_month *month, enum pay_line line);
/* `accounts`: of each status and line its place among the accounts; negative: none. Adds to ret_cents. */
void projection_accounts(const struct projection_month *month, const int8_t accounts[PAY_STATUSES][PAY_LINES],
                         int64_t ret_cents[PROJECTION_ACCOUNTS_MAX]);

#endif
