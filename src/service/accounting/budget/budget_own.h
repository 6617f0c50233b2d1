/* Own resources of an act against the capital it must repay (cover/cover.h). */
#ifndef SERVICE_ACCOUNTING_BUDGET_BUDGET_OWN_H
#define SERVICE_ACCOUNTING_BUDGET_BUDGET_OWN_H

#include "service/accounting/budget/budget.h"
#include "service/accounting/cover/cover.h"

/* Of its credits; of a decision (DM, BS), of what is in force with it. NOT_FOUND: nobody knows what counts for its
 * nomenclature. */
MUST_USE enum status budget_own_of(struct ctx *ctx, const struct budget_act *act, struct cover *ret_own);
/* A primitive or supplementary budget or an amending decision that does not meet it has a fault; an account has none,
 * nor has an act of a nomenclature nobody knows. */
MUST_USE enum status budget_own_check(struct ctx *ctx, const struct budget_act *act, struct faults *faults);
/* For a page that follows what is typed: the rows alone, without sums. NOT_FOUND: nothing is asked, or known. */
MUST_USE enum status budget_own_rows(struct ctx *ctx, const struct budget_act *act, struct cover *ret_own);
/* The place of the row that counts a line; "" where none does. */
struct str budget_own_row(struct ctx *ctx, const struct cover *own, const struct budget_line *line);

#endif
