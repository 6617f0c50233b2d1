/* A budget_result is what the year before leaves to the next one: its results, what remained to be done, and the
 * amounts that a primitive or supplementary budget takes over for them.
 *
 * Source: CGCT, articles L2311-5 and R2311-11, R2311-12: a functioning surplus first covers what investment lacks, its
 * balance with what remains to be done; the assembly shares the rest. Pure but for budget_result_take. Invariants: all
 * is said in the account, results reported into it included; 1068 and 002 make the functioning result together. */
#ifndef SERVICE_ACCOUNTING_BUDGET_BUDGET_RESULT_H
#define SERVICE_ACCOUNTING_BUDGET_BUDGET_RESULT_H

#include "service/accounting/budget/budget.h"

enum { RESULT_SECTIONS = 2, RESULT_DIRECTIONS = 2 };

struct budget_result {
    struct money done[RESULT_SECTIONS][RESULT_DIRECTIONS];      /* by section and direction */
    struct money remaining[RESULT_SECTIONS][RESULT_DIRECTIONS]; /* to be done at the end of the year */
    struct money balance[RESULT_SECTIONS]; /* receipts without expenses; of investment: 001, a receipt above 0 */
    struct money financing; /* balance of investment with what remains of it: below 0, something is lacking */
    struct money to_1068;   /* never below 0, nor above the functioning result */
    struct money to_002;    /* a receipt above 0, an expense below */
};

/* From the totals of an account (09, 10). LIMIT: a sum above MONEY_MAX. */
MUST_USE enum status budget_result_of(const struct budget_total *totals, size_t count,
                                      struct budget_result *ret_result);

/* What says how the year before ended: the book, where the town closed that year in it (../close); else the CFU, else
 * the administrative account. */
struct budget_result_source {
    bool is_book;
    struct budget_act account; /* where it is not the book */
    struct budget_total totals[RESULT_SECTIONS * RESULT_DIRECTIONS];
    size_t count;
};
/* NOT_FOUND: nothing says it. */
MUST_USE enum status budget_result_source(struct ctx *ctx, const struct budget_act *act,
                                          struct budget_result_source *ret_source);

/* Of a draft (01, 03): 001, 002 and 1068 are what the source says, and each line carries over what remained of it;
 * what was there before of these is replaced. CONFLICT "accounting.voted"; NOT_FOUND: no source; INVALID
 * "accounting.account": the chart of the year lacks one of the accounts. */
MUST_USE enum status budget_result_take(struct ctx *ctx, const struct budget_act *act);

#endif
