/* A fungible is what the executive moves from chapter to chapter without a vote (fongibilité des crédits), within
 * what the assembly allowed.
 *
 * Source: CGCT, article L5217-10-6: at most 7.5 % of the real expenses of each section, never staff. Invariants: a
 * limit is cut down to the cent, so exactly it passes and a cent more does not; what was moved before counts
 * whole, whichever chapters it went to. Pure. */
#ifndef SERVICE_ACCOUNTING_FUNGIBLE_FUNGIBLE_H
#define SERVICE_ACCOUNTING_FUNGIBLE_FUNGIBLE_H

#include "service/accounting/chart/chart.h"
#include "service/accounting/fault.h"

struct fungible_section {
    struct money real;  /* real expenses voted, of the budget the delegation refers to */
    int64_t rate;       /* hundredths of a percent that the assembly allowed; 0: it allowed nothing */
    struct money moved; /* out of its chapters so far this year */
};

struct fungible_transfer {
    struct date decided;
    enum chart_section from_section, to_section;
    struct str from, to; /* chapters */
    struct money amount;
};

/* The most that may be moved in that section in the year. */
struct money fungible_limit(const struct fungible_section *section);

/* `sections` by chart_section: functioning, investment. INVALID: rules fungible.* are broken, and stand in faults with
 * what mends them. */
MUST_USE enum status fungible_check(const struct fungible_section *sections,
                                    const struct fungible_transfer *transfer, struct faults *faults);

#endif
