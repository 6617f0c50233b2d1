/* Credits before the vote let a year begin while its budget is not voted yet.
 *
 * Source: CGCT, article L1612-1: functioning up to what the year before had; debt that falls due; investment up to a
 * quarter of what the year before had open, without debt, as the assembly authorises it with amount and use.
 * Invariants: they are opened once, by an entry of the book, at the levels of the year before; the primitive budget
 * takes their place when its credits are opened, and cannot fall below what was spent of them. */
#ifndef SERVICE_ACCOUNTING_CLOSE_BEFORE_H
#define SERVICE_ACCOUNTING_CLOSE_BEFORE_H

#include "service/accounting/budget/budget.h"
#include "service/accounting/spend/credit.h"

enum { BEFORE_LEVELS_MAX = 400, BEFORE_REFERENCE_MAX = 80 /* bytes */ };

struct before_level {
    struct str level;
    struct money base;  /* what the year before had open, without what was carried over */
    struct money asked; /* investment: what shall be opened */
    enum cell_section section;
    bool is_debt; /* pays loans back: outside the quarter */
};

struct before {
    const struct credit_year *past;
    struct before_level *levels;
    size_t count;
    struct money functioning, investment, debt; /* sums of base; investment without debt */
    struct money limit;                         /* the quarter */
    bool is_done;                               /* the year has credits already, of this kind or voted */
};

/* What may be opened for the year after `past`, on that day. INVALID: no figure is in force. LIMIT: too many levels. */
MUST_USE enum status before_look(struct ctx *ctx, const struct credit_year *past, struct date day,
                                 struct faults *faults, struct before *ret_before);
/* RIGHT_PREPARE; in a job. INVALID: before.done, before.day, before.debt, before.reference, quarter.limit, or the
 * book's rules. */
MUST_USE enum status before_open(struct ctx *ctx, const struct before *before, struct date day, struct str reference,
                                 struct faults *faults);
/* The vote takes their place: adds to the entry that opens a primitive budget what has to go back. INVALID,
 * before.first: another act would be the first of its year. */
MUST_USE enum status before_take_back(struct ctx *ctx, int64_t budget, const struct budget_act *act,
                                      struct faults *faults, struct entry *entry);

#endif
