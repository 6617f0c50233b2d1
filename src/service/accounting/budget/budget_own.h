/* Own resources of an act against the capital it must repay (cover/cover.h). */
#ifndef SERVICE_ACCOUNTING_BUDGET_BUDGET_OWN_H
#define SERVICE_ACCOUNTING_BUDGET_BUDGET_OWN_H

#include "service/accounting/budget/budget.h"
#include "service/accounting/cover/cover.h"

/* Of its credits. NOT_FOUND: nobody knows what counts for its nomenclature. */
MUST_USE enum status budget_own_of(struct ctx *ctx, const struct budget_act *act, struct cover *ret_own);
/* A primitive budget that does not meet it has a fault; another act has none, nor has one of a nomenclature nobody
 * knows. */
MUST_USE enum status budget_own_check(struct ctx *ctx, const struct budget_act *act, struct faults *faults);

#endif
