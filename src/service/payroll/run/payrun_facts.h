/* What one agent is paid from in a month: the career and absences that staff tells, and elements, as the engine of pay
 * takes them.
 *
 * Days in a position without pay, and outside the service, are not paid. Where the status changes within the month
 * there are two payslips (pay_month.h).
 *
 * Not here: sick leave of contractuels is counted as that of officials, which PAYRUN_CONTRACT_SICK tells of; long sick
 * leave is whole for its first year, CLD for three, counted from the first day that is told. */
#ifndef SERVICE_PAYROLL_RUN_PAYRUN_FACTS_H
#define SERVICE_PAYROLL_RUN_PAYRUN_FACTS_H

#include "core/ctx.h"
#include "service/payroll/pay/pay_month.h"
#include "service/staff/staff.h"

enum { PAYRUN_PARTS_MAX = PAY_STATUSES, PAYRUN_EXTRAS = 3 };

struct payrun_facts {
    struct pay_month_slip slips[PAYRUN_PARTS_MAX];
    size_t count; /* 0: nothing is to be paid */
    struct str fault; /* what of the agent cannot be: "index", "absence"...; "" */
    bool is_contract_sick;
};

/* As known at that instant. LIMIT: no room. */
MUST_USE enum status payrun_facts_of(struct ctx *ctx, const struct staff_month *staff, struct date month,
                                     struct instant known, struct payrun_facts *ret_facts);

#endif
