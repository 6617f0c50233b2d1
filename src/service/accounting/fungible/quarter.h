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

/* How much the assembly may authorise. INVALID: a rule quarter.* is broken, and stands in faults. */
MUST_USE enum status quarter_limit(const struct quarter *quarter, struct faults *faults, struct money *ret_limit);
/* Whether `authorised` is within it. INVALID, as before. */
MUST_USE enum status quarter_check(const struct quarter *quarter, struct faults *faults);

#endif
