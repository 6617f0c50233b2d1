/* A law effect is what rows that are not in force yet would change, computed on the payslips of a month already paid.
 *
 * It is shown to the second person before rows are put in force: how many agents, which lines, what it costs. Both
 * sides take the law of one day, so that nothing but the rows differs. Pure. */
#ifndef SERVICE_PAYROLL_LAW_LAW_EFFECT_H
#define SERVICE_PAYROLL_LAW_LAW_EFFECT_H

#include "service/payroll/pay/pay.h"

struct law_effect_ask {
    const struct law *law, *rows; /* what is in force; what is proposed, checked each on its own */
    const struct pay_facts *facts; /* of the agents of last month */
    size_t count;
    bool is_large;             /* local rates are those of the law's rows */
    struct date month, known;  /* whose payslips they are, and what was known for them */
};

struct law_effect {
    struct date day;            /* the law is that of this day: of the month, or of the first proposed row after it */
    size_t agents, touched;     /* touched: one line of theirs at least is another */
    struct payslip lines;       /* after less before, of all; PAY_COST is the cost of a month */
    struct payslip before;      /* of all */
    size_t touched_of[PAY_LINES];
};

/* `ret_costs`: what each agent's cost changes by, in the order of facts; NULL: not wanted. INVALID: the law with the
 * rows does not hold together (`ret_fault`, rows counted from the first of the law in force), or one that is needed is
 * not in force (`law.missing`, row: its enum law_code). */
MUST_USE enum status law_effect_of(struct arena *arena, const struct law_effect_ask *ask,
                                   struct law_effect *ret_effect, int64_t *ret_costs, struct law_fault *ret_fault);

#endif
