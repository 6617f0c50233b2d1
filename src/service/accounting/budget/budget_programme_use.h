/* What is used of a programme: engagements on it, over all years, and mandats of these, year by year.
 *
 * Why rows and not the journal: an entry moves credits of one exercise, and an authorisation (AP, AE) outlives it.
 * Which engagement is on which programme is a row written with the engagement, in its job; what they come to is the
 * book's own sums of these engagements and their mandats, so nothing is counted twice. Invariants
 * (fungible/programme.h, CGCT L2311-3): engagements never pass the authorisation; mandats of a year never pass its
 * credits of payment; both are asked before the book is, in one job, and `accounting verify` asks again. */
#ifndef SERVICE_ACCOUNTING_BUDGET_BUDGET_PROGRAMME_USE_H
#define SERVICE_ACCOUNTING_BUDGET_BUDGET_PROGRAMME_USE_H

#include "service/accounting/budget/budget_programme.h"
#include "service/accounting/engine/cell.h"

struct budget_programme_use {
    struct budget_programme programme; /* its years: with what is ordered; one without credits has 0 */
    int64_t budget;
    struct money engaged, ordered; /* over all years; engaged: ordered or not, released no more */
};

/* NOT_FOUND. */
MUST_USE enum status budget_programme_use(struct ctx *ctx, int64_t programme, struct budget_programme_use *ret_use);
/* That of an engagement; 0: none. */
MUST_USE enum status budget_programme_of(struct ctx *ctx, uint64_t engagement, int64_t *ret_programme);
/* NOT_FOUND: that budget has none of this number. */
MUST_USE enum status budget_programme_named(struct ctx *ctx, int64_t budget, struct str number,
                                            int64_t *ret_programme);

/* May that much more be engaged, on lines of that section? INVALID: `faults` (programme.engaged, programme.section). */
MUST_USE enum status budget_programme_may_engage(struct ctx *ctx, int64_t programme, enum cell_section section,
                                                 struct money amount, struct faults *faults);
/* May that much more be ordered in that year? INVALID: `faults` (programme.year). */
MUST_USE enum status budget_programme_may_order(struct ctx *ctx, uint64_t engagement, int32_t year,
                                                struct money amount, struct faults *faults);
/* What is neither ordered nor reserved of the credits of payment of a year; below 0 where more is reserved. */
MUST_USE enum status budget_programme_free(struct ctx *ctx, int64_t programme, int32_t year, struct money *ret_free);
/* May it be revised so? INVALID: `faults`. */
MUST_USE enum status budget_programme_may_be(struct ctx *ctx, int64_t programme, const struct programme *revised,
                                             struct faults *faults);
/* Beside the engagement, in its job. */
MUST_USE enum status budget_programme_use_it(struct ctx *ctx, uint64_t engagement, int64_t programme);
/* One line of `findings` for each programme whose use breaks a rule. */
MUST_USE enum status budget_programme_verify(struct ctx *ctx, struct buf *findings);

#endif
