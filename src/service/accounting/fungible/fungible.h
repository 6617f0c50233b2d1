/* A fungible is what the executive moves without a vote: from chapter to chapter (fongibilité des crédits), within what
 * the assembly allowed; or, in a section voted by article, from article to article within a chapter.
 *
 * Source: CGCT, article L5217-10-6: at most 7.5 % of the real expenses of each section, never staff; article L2312-2:
 * within a chapter without any percentage, where the article is not specialised. Invariants: a limit is cut down to the
 * cent, so exactly it passes and a cent more does not; what was moved from chapter to chapter before counts whole,
 * whichever chapters it went to. Pure. */
#ifndef SERVICE_ACCOUNTING_FUNGIBLE_FUNGIBLE_H
#define SERVICE_ACCOUNTING_FUNGIBLE_FUNGIBLE_H

#include "service/accounting/chart/chart.h"
#include "service/accounting/fault.h"

struct fungible_section {
    struct money real;  /* real expenses voted, of the budget the delegation refers to */
    int64_t rate;       /* hundredths of a percent that the assembly allowed; 0: it allowed nothing */
    struct money moved; /* out of its chapters so far this year */
    bool is_by_article; /* how it is voted */
};

struct fungible_transfer {
    struct date decided;
    enum chart_section from_section, to_section;
    struct str from, to; /* chapters */
    struct str from_article, to_article;
    bool is_specialised; /* one of both articles */
    struct money amount;
};

/* Between two articles of a chapter that is voted by article: neither a rate nor a limit is asked for. */
bool fungible_is_within(const struct fungible_section *sections, const struct fungible_transfer *transfer);
/* The most that may be moved in that section in the year. */
struct money fungible_limit(const struct fungible_section *section);

/* Charges de personnel et frais assimilés, in M57 by nature. */
bool fungible_is_staff(struct str chapter);

/* `sections` by chart_section: functioning, investment. INVALID: rules fungible.* are broken, and stand in faults with
 * what mends them. */
MUST_USE enum status fungible_check(const struct fungible_section *sections,
                                    const struct fungible_transfer *transfer, struct faults *faults);

#endif
