/* A document of budgets made again from what a town keeps: its frame with its lines in it. */
#ifndef SERVICE_ACCOUNTING_BUDGET_BUDGET_MAKE_H
#define SERVICE_ACCOUNTING_BUDGET_BUDGET_MAKE_H

#include "service/accounting/budget/budget.h"

/* A document without its lines: acts[i] is the act of read.budgets[i]. */
struct budget_frame {
    struct xml *root;
    struct docbudg read;
    int64_t acts[DOCBUDG_BUDGETS_MAX];
    size_t act_count;
};

/* In `tree`. NOT_FOUND: no such document; CORRUPT: it is not what was kept. */
MUST_USE enum status budget_frame_read(struct ctx *ctx, struct arena *tree, int64_t document,
                                       struct budget_frame *ret_frame);
/* The whole document, in `tree`. */
MUST_USE enum status budget_make(struct ctx *ctx, struct arena *tree, int64_t document, struct xml **ret_root);

#endif
