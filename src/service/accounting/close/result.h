/* A result is what a year that was kept in the book comes to: its sums by section and direction, and what remains, as
 * an account of the State would say them.
 *
 * Source: CGCT, articles L2311-5, R2311-11 and R2311-12. Invariants: what is done is what the book has ordered, net
 * of corrections, with the results of the year before that its budget took over (001, 002); what remains is what the
 * signed list carries over, so what the next year opens is what this one left, to the cent (I13). */
#ifndef SERVICE_ACCOUNTING_CLOSE_RESULT_H
#define SERVICE_ACCOUNTING_CLOSE_RESULT_H

#include "service/accounting/budget/budget.h"

enum { RESULT_TOTALS = 4 };

/* DOCBUDG_DONE and DOCBUDG_LEFT, of each section and direction. NOT_FOUND: no credits of that year were opened. */
MUST_USE enum status result_totals(struct ctx *ctx, struct str siret, int32_t year,
                                   struct budget_total ret_totals[RESULT_TOTALS]);
/* What remains, as lines with DOCBUDG_LEFT, in no order; on the accounts of `chart`. INVALID: it lacks one of them.
 * NOT_FOUND as before. */
MUST_USE enum status result_left(struct ctx *ctx, struct str siret, int32_t year, const struct chart *chart,
                                 struct budget_line **ret_lines, size_t *ret_count);
/* Is the year closed in the book? */
MUST_USE enum status result_is_kept(struct ctx *ctx, struct str siret, int32_t year, bool *ret_is_kept);

#endif
