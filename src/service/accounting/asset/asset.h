/* An asset_plan is how much of what an asset cost is charged to each year (amortissement): straight-line, in
 * cents.
 *
 * Source: CGCT, article R2321-1 (straight-line on the historical cost, ceilings by kind); instruction M57 (from
 * the day of commissioning; whole years where the assembly decides so). Invariants: the sum of a plan is its base
 * to the cent (I14); no charge is negative; what remains of roundings is in the last year. Pure: no clock, no
 * floating point. */
#ifndef SERVICE_ACCOUNTING_ASSET_ASSET_H
#define SERVICE_ACCOUNTING_ASSET_ASSET_H

#include "service/accounting/fault.h"

enum { ASSET_YEARS_MAX = 100 };

enum asset_basis {
    ASSET_DAYS_365,   /* from the day of commissioning on, real days of a year of 365 */
    ASSET_DAYS_360,   /* the same, twelve months of 30 days */
    ASSET_WHOLE_YEAR, /* by derogation: whole years, from the first of January after it */
};

struct asset {
    struct str kind; /* what the law sets a ceiling for: "urbanism", "grant_building"; "": none of it */
    struct money base;
    int32_t years;
    struct date commissioned;
    enum asset_basis basis;
};

struct asset_year {
    int32_t year;
    struct money charge, left; /* left after it */
};

struct asset_plan {
    struct asset_year years[ASSET_YEARS_MAX + 1]; /* one more where the first is not whole */
    size_t count;
};

/* INVALID: a rule asset.* is broken, and stands in faults with what mends it. NOT_FOUND: nothing known here sets a
 * ceiling for that kind on the day of commissioning (figures asset.*). */
MUST_USE enum status asset_plan_of(const struct asset *asset, struct faults *faults, struct asset_plan *ret_plan);
/* What leaves on that day, which is within, is charged for the days of its year, counted by `basis` (ASSET_WHOLE_YEAR:
 * that year is not charged), and with nothing after. */
void asset_plan_cut(const struct asset *asset, enum asset_basis basis, struct date last, struct asset_plan *plan);

#endif
