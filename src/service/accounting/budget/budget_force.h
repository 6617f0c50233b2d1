/* A budget in force is what a town may spend and expects in a year: all voted acts of its budget added up, line by
 * line.
 *
 * Whoever keeps the book of the year opens these as credits, and again after each vote. Invariants: primitive (01),
 * supplementary (03) and amending acts (02) and transfers (VC) count once they are voted, in any order; what was
 * carried over counts once, with the act that took it over, though an amending one repeats it; accounts (09, 10) and
 * drafts open nothing. A line is told from others by section, direction, kind, chapters, account, function and
 * operation. */
#ifndef SERVICE_ACCOUNTING_BUDGET_BUDGET_FORCE_H
#define SERVICE_ACCOUNTING_BUDGET_BUDGET_FORCE_H

#include "service/accounting/budget/budget.h"

/* In the order of budget_lines. Of a line `amounts` say DOCBUDG_OPEN (its credits, what was carried over
 * included), DOCBUDG_CARRIED and DOCBUDG_VOTED; `place` counts from 1. None: no act of that year is voted. */
MUST_USE enum status budget_in_force(struct ctx *ctx, struct str siret, int32_t year, struct budget_line **ret_lines,
                                     size_t *ret_count);

/* In that order: below 0, 0, above. */
int budget_line_compare(const struct budget_line *one, const struct budget_line *other);
/* Do both stand in the same line? Chapters by function and operation as well. */
bool budget_line_is(const struct budget_line *one, const struct budget_line *other);

/* The first place in lines that stand in that order (budget_lines, budget_in_force), from 0; SIZE_MAX: none is it. */
size_t budget_line_find(const struct budget_line *lines, size_t count, const struct budget_line *line);

#endif
