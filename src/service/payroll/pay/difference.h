/* A difference (rappel) is what a line of a month already paid should have been, less what it was.
 *
 * It comes from two full recomputations of the month: as it was known when it was last paid, and as it is known now.
 * Nothing is corrected in place: a payslip stays what it was, and the differences go with a later one, each with its
 * month of origin. Invariant: what was paid month by month, with its differences, is to the cent what a computation of
 * all months from what is known at the end gives. Tax and net are no differences: tax is held back on what is paid in
 * the month, at the rate of that month. Pure. */
#ifndef SERVICE_PAYROLL_PAY_DIFFERENCE_H
#define SERVICE_PAYROLL_PAY_DIFFERENCE_H

#include "service/payroll/pay/pay.h"

enum { DIFFERENCE_MONTHS_MAX = 120 };

struct difference {
    struct date month; /* of origin: its first day */
    enum pay_line line;
    int64_t cents; /* never 0 */
};

struct difference_list {
    struct difference *at; /* the caller's room */
    size_t count, room;
};

/* What a month comes to as it is known on a day: the sum of its payslips, the law it was computed by, and whether the
 * agent leaves in it. All 0, and a law: was not there. */
struct difference_month {
    struct payslip payslip;
    const struct pay_law *law;
    bool is_last;
};
typedef enum status difference_compute(void *of, struct date month, struct date known, struct difference_month *ret);

/* The months to look at again, and the two days they are known on. `from` and `to` are first days, both within. */
struct difference_ask {
    difference_compute *compute;
    void *of;
    struct date from, to, then, now;
};

/* The line can be a difference. */
bool difference_is_of(enum pay_line line);
/* What differs of one month, added to the list. LIMIT: no room. */
MUST_USE enum status difference_between(struct date month, const struct payslip *then, const struct payslip *now,
                                        struct difference_list *list);
/* Of all months asked for, with the yearly regularisation of the RAFP in December or where the agent leaves (from
 * January of the first year on; nothing before `from` is listed). INVALID: not first days, or more months than the
 * maximum; what `compute` says is passed on. */
MUST_USE enum status difference_find(const struct difference_ask *ask, struct difference_list *list);
/* What one month comes to, the regularisation of its year included. */
MUST_USE enum status difference_total(difference_compute *compute, void *of, struct date month, struct date known,
                                      struct payslip *ret_payslip);
/* The month's own payslip with the differences that go with it; tax and net are those of both together. A taxable
 * amount below 0 is taxed 0, and payslip_fault of the total says "net". */
void difference_carry(const struct pay_law *law, const struct pay_facts *facts, const struct payslip *own,
                      const struct difference_list *list, struct payslip *ret_total);
/* line by line */
void payslip_add(struct payslip *payslip, const struct payslip *other);

#endif
