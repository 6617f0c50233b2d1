/* A budget_opening is what an act asks of the book of its year: that its credits may be opened, and whether they were.
 *
 * Why: an act that was recorded and can never be opened leaves two truths, that of the acts and that of the book.
 * Source: CGCT, articles L2312-2 and L2342-2: credits are limitative at the level of the vote, so what is engaged or
 * ordered is not taken back. Invariants: where the credits of a year are open, no decision is recorded that takes more
 * of a level than is free there, or that the book would refuse otherwise; asking changes nothing. */
#ifndef SERVICE_ACCOUNTING_BUDGET_BUDGET_OPENING_H
#define SERVICE_ACCOUNTING_BUDGET_BUDGET_OPENING_H

#include "service/accounting/budget/budget.h"
#include "service/accounting/spend/credit.h"

/* Those of the year, by its vote; false before, and where that budget is not known. */
MUST_USE enum status budget_opening_is_begun(struct ctx *ctx, struct str siret, int32_t year, bool *ret_is_begun);
/* Of an act with its lines: a fault for each level of which it takes more than is free (budget.engaged). */
MUST_USE enum status budget_opening_check(struct ctx *ctx, const struct budget_act *act, struct faults *faults);
/* Of one that was just recorded: opens it as it will be, and takes that back. INVALID: `faults`, as credit_open. One
 * that changes no level, as between two accounts of a chapter, has nothing to open. */
MUST_USE enum status budget_opening_try(struct ctx *ctx, const struct budget_act *act, struct faults *faults);
/* Voted or decided acts of that year whose credits are not open, the oldest first; of the first twenty of them. */
MUST_USE enum status budget_opening_waiting(struct ctx *ctx, const struct credit_year *year,
                                            struct budget_act **ret_acts, size_t *ret_count);

#endif
