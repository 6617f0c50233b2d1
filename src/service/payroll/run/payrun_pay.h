/* The payslips of some agents of a payrun, made from what was known at its instant: the same again, the same bytes. */
#ifndef SERVICE_PAYROLL_RUN_PAYRUN_PAY_H
#define SERVICE_PAYROLL_RUN_PAYRUN_PAY_H

#include "service/payroll/run/payrun.h"
#include "service/payroll/run/payrun_facts.h"
#include "service/payroll/slip/bulletin.h"
#include "service/staff/staff.h"

struct payrun_made {
    int64_t agent, part;
    struct str matricule, bytes, hash;
    struct str fault; /* why it could not be made; "" */
    bool is_unpaid;   /* nothing is to be paid */
    int64_t gross, withheld, employer, tax, net;
};

/* What all payslips of a payrun have in common. */
struct payrun_month {
    int64_t run; /* whose differences go with the payslips; 0: none do */
    struct date month;
    struct instant known;
    struct law law;
    struct pay_law pay;
    struct str law_words; /* its hash */
    struct str missing;   /* the code of the law that is not in force; "" */
    struct payrun_facts facts; /* of the agent that is being paid */
    struct bulletin room;      /* and the payslip */
};
MUST_USE enum status payrun_month_of(struct ctx *ctx, const payrun_row *run, struct payrun_month *ret_month);

/* Of the agents behind `after`, at most STAFF_BATCH; one entry or more for each. */
MUST_USE enum status payrun_pay(struct ctx *ctx, struct payrun_month *month, int64_t after,
                                struct payrun_made **ret_made, size_t *ret_count, bool *ret_is_last);
/* The payslips of one agent, as they are made. *ret_count 0: nothing is to be paid. */
MUST_USE enum status payrun_pay_one(struct ctx *ctx, struct payrun_month *month, const struct staff_month *staff,
                                    struct payrun_made *ret_made, size_t *ret_count);

/* Proves each payslip of the town: its bytes have its hash and its sums, and made again are the same; so are the
 * differences of past months. Writes one line
 * for each that does not, and how many there are. */
MUST_USE enum status payrun_prove(struct ctx *ctx, struct buf *findings, int64_t *ret_slips);

#endif
