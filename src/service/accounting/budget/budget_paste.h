/* Lines pasted from a spreadsheet into a part of a draft: account, function or nothing, operation or nothing, amount.
 *
 * Invariants: all of them are taken or none; a line that is there takes the amount, another is added as by hand. */
#ifndef SERVICE_ACCOUNTING_BUDGET_BUDGET_PASTE_H
#define SERVICE_ACCOUNTING_BUDGET_BUDGET_PASTE_H

#include "service/accounting/budget/budget.h"

enum { BUDGET_PASTE_MAX = 500 /* lines at once */ };

struct budget_pasted {
    int64_t line; /* where it stands in the text, from 1 */
    struct str text, account, function, operation;
    struct money amount;
};

/* Why nothing was taken. */
struct budget_paste_fault {
    int64_t line; /* 0: it is of no line */
    struct str text;
    enum text_key why;
};

/* Columns are parted by ';' or a tab; blank lines are passed over; three columns: no operation, two: no function
 * either. INVALID, LIMIT (more than
 * BUDGET_PASTE_MAX): ret_fault says why. */
MUST_USE enum status budget_paste_read(struct arena *arena, enum language language, struct str text,
                                       struct budget_pasted **ret_rows, size_t *ret_count,
                                       struct budget_paste_fault *ret_fault);
/* INVALID: ret_fault says which line the chart does not know, stands there twice, or would fall below zero; nothing
 * has changed then. CONFLICT "accounting.voted". */
MUST_USE enum status budget_paste_take(struct ctx *ctx, const struct budget_act *act, enum chart_section section,
                                       enum chart_direction direction, const struct budget_pasted *rows, size_t count,
                                       struct budget_paste_fault *ret_fault);

#endif
