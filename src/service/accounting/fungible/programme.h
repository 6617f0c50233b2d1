/* A programme is an authorisation over several years (AP/CP, AE/CP): what may be engaged in all, and what may be
 * ordered to be paid each year.
 *
 * Source: CGCT, article L2311-3 (AP is the limit of what is engaged, CP of what is ordered in the year); that the
 * CP of all years are the AP: R2311-9. Invariants: an amount is never negative; of AE/CP the same holds. Pure. */
#ifndef SERVICE_ACCOUNTING_FUNGIBLE_PROGRAMME_H
#define SERVICE_ACCOUNTING_FUNGIBLE_PROGRAMME_H

#include "service/accounting/fault.h"

struct programme_year {
    int32_t year;
    struct money credit, mandated; /* CP; ordered to be paid, net of cancellations */
};

struct programme {
    struct money authorised, engaged; /* AP; all engagements so far */
    const struct programme_year *years;
    size_t count;
};

/* INVALID: rules programme.* are broken, and stand in faults with what mends them. LIMIT: a sum above MONEY_MAX. */
MUST_USE enum status programme_check(const struct programme *programme, struct faults *faults);

#endif
