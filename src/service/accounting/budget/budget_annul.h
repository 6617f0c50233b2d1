/* A voted act is annulled where its credits were never opened and the book would refuse to: it counts no more, and
 * stays to be read with the reason.
 *
 * Why: acts that were recorded before a vote asked the book leave a budget that says one thing and a journal that says
 * another. Invariants: an act whose credits are open, or could be, is not annulled; whoever recorded the vote does not
 * annul it; what is annulled is in no sum of credits in force. */
#ifndef SERVICE_ACCOUNTING_BUDGET_BUDGET_ANNUL_H
#define SERVICE_ACCOUNTING_BUDGET_BUDGET_ANNUL_H

#include "service/accounting/budget/budget.h"

enum { BUDGET_ANNUL_WHY_MAX = 200 /* bytes */ };

/* What the book would refuse of a voted act today, as far as that is read: a closed year, credits that are engaged.
 * Nothing in `faults`: nothing is known to stand in the way. */
MUST_USE enum status budget_annul_causes(struct ctx *ctx, const struct budget_act *act, struct faults *faults);
/* In a job. INVALID "accounting.act_annul_why": no reason. CONFLICT "accounting.act_annul_not": a draft, an account,
 * open, annulled, or it could be opened. DENIED "accounting.apart": who voted it. */
MUST_USE enum status budget_annul(struct ctx *ctx, const struct budget_act *act, struct str why);

#endif
