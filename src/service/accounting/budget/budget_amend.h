/* A budget_amend is a decision that changes a voted budget while it is prepared: an amending one (DM), or the
 * supplementary budget (BS), which also takes over the results of the year before.
 *
 * Its lines are those in force, each with what the decision adds to it or takes from it, 0 at first. Invariants: one at
 * a time for a budget and year; amending ones are numbered from 1; what was voted so far is looked up anew whenever it
 * may have changed, and at the vote; no credit falls below zero by it. */
#ifndef SERVICE_ACCOUNTING_BUDGET_BUDGET_AMEND_H
#define SERVICE_ACCOUNTING_BUDGET_BUDGET_AMEND_H

#include "service/accounting/budget/budget.h"

/* 02 or 03: it adds to what is voted. */
bool budget_is_amending(const struct budget_act *act);

/* `of` is any act of that budget and year. CONFLICT: "accounting.no_primitive" (none is voted),
 * "accounting.draft_open", "accounting.act_there" (the year has its supplementary budget); INVALID: another kind. */
MUST_USE enum status budget_amend_begin(struct ctx *ctx, const struct budget_act *of, struct str kind,
                                        int64_t *ret_act);
/* What is in force becomes what its lines begin from; lines it lacks are added. A draft. */
MUST_USE enum status budget_amend_refresh(struct ctx *ctx, const struct budget_act *act);
/* The open one of that budget and year, if any, is refreshed: whoever changes what is in force calls it. */
MUST_USE enum status budget_amend_refresh_open(struct ctx *ctx, struct str siret, int32_t year);
/* INVALID "accounting.below_zero": a cut would go below what is voted so far. */
MUST_USE enum status budget_amend_allows(struct ctx *ctx, const struct budget_line *line, struct money amount);
/* The same of all lines, as faults (rule amending.negative). */
MUST_USE enum status budget_amend_check(struct ctx *ctx, const struct budget_act *act, struct faults *faults);

#endif
