/* A debt is a loan at a fixed rate as it is paid back, instalment by instalment, in cents.
 *
 * Source: profiles of the annex EMPRUNT of budget documents (DGCL, schema V95, CodProfilAmort). Invariants: the
 * capital of all instalments sums to what was borrowed, and the last absorbs what roundings left; interest is that
 * of equal periods (a year's rate by instalments a year), each to the nearest cent. Pure: no clock, no floating
 * point. */
#ifndef SERVICE_ACCOUNTING_DEBT_DEBT_H
#define SERVICE_ACCOUNTING_DEBT_DEBT_H

#include "service/accounting/fault.h"

enum { DEBT_COUNT_MAX = 1200, DEBT_RATE_WHOLE = 1000000 /* 100 % a year */ };

enum debt_profile {
    DEBT_PROGRESSIVE, /* P: constant annuity, of which ever more is capital */
    DEBT_CONSTANT,    /* C: constant capital */
    DEBT_IN_FINE,     /* F: interest alone, and all of the capital with the last */
};

struct debt {
    enum debt_profile profile;
    struct money borrowed;
    int64_t rate;          /* millionths a year: 3.475 % is 34750; at most DEBT_RATE_WHOLE */
    int32_t a_year, count; /* instalments: 1, 2, 4 or 12 a year; at most DEBT_COUNT_MAX in all */
    struct date first;     /* when the first is due, a period after the money came */
};

struct debt_instalment {
    struct date due; /* the same day of its month; the last one where the month is shorter */
    struct money interest, capital, left;
};

struct debt_schedule {
    struct debt_instalment *instalments; /* in the arena of the faults */
    size_t count;
};

/* INVALID: a rule debt.* is broken, and stands in faults with what mends it. LIMIT: a full arena. */
MUST_USE enum status debt_schedule_of(const struct debt *debt, struct faults *faults,
                                      struct debt_schedule *ret_schedule);

#endif
