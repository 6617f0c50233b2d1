/* A budget_change is a line that two acts do not say alike: what one opens, what the other does.
 *
 * Lines of an act that share section, direction, chapter, account, function, operation and kind are one. Pure. */
#ifndef SERVICE_ACCOUNTING_BUDGET_BUDGET_CHANGE_H
#define SERVICE_ACCOUNTING_BUDGET_BUDGET_CHANGE_H

#include "service/accounting/budget/budget.h"

struct budget_change {
    const struct budget_line *line; /* of either act: where it stands */
    struct money before, after;     /* credits open, or voted where an act opens none; 0: the line is not there */
    bool was, is;                   /* it is there in the act before, after */
};

/* Both in the order of budget_lines. What is alike is left out. LIMIT: the arena is full, or a sum above MONEY_MAX. */
MUST_USE enum status budget_changes(struct arena *arena, const struct budget_line *before, size_t before_count,
                                    const struct budget_line *after, size_t after_count,
                                    struct budget_change **ret_changes, size_t *ret_count);

#endif
