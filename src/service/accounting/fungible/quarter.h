/* A quarter is what may be spent on investment before the budget is voted: a quarter of what the year before had
 * open for it, without what paid debt back, and no more than the assembly authorised.
 *
 * Source: CGCT, article L1612-1, third paragraph. Invariants: as share.h, so exactly the quarter passes. Pure:
 * whether the budget is voted is for whoever asks. */
#ifndef SERVICE_ACCOUNTING_FUNGIBLE_QUARTER_H
#define SERVICE_ACCOUNTING_FUNGIBLE_QUARTER_H

#include "service/accounting/fault.h"

struct quarter {
    struct date day;           /* of the decision */
    struct money opened, debt; /* credits of investment of the year before; of them, those that pay debt back */
    struct money authorised;   /* by the assembly, whatever it is for */
};

/* Whether the assembly may authorise it. INVALID: a rule quarter.* is broken, and stands in faults. */
MUST_USE enum status quarter_check(const struct quarter *quarter, struct faults *faults);
/* Whether `amount` may be spent after `spent`. INVALID: as before. LIMIT: a sum above MONEY_MAX. */
MUST_USE enum status quarter_spend(const struct quarter *quarter, struct money spent, struct money amount,
                                   struct faults *faults);

#endif
