/* A closing ends a year of a budget: no act comes in any more, and what was left is carried over.
 *
 * Source: CGCT, articles L1612-12 and R2311-11. Invariants: nothing is without a bordereau or unsigned, and the list of
 * what remains says what the book says, before anything is written; what it lists is released, step by step, and then
 * the book closes the year (ENTRY_CLOSE: nothing may be reserved). */
#ifndef SERVICE_ACCOUNTING_CLOSE_CLOSING_H
#define SERVICE_ACCOUNTING_CLOSE_CLOSING_H

#include "service/accounting/close/carry.h"
#include "service/accounting/close/remain.h"

/* What stands in the way, in the order a clerk does it. */
struct closing {
    bool is_closed;
    int64_t bills, undone, reserved;     /* bills to deal with; engagements: done and not ordered, still reserved */
    struct money undone_sum, reserved_sum;
    size_t unopened;                     /* voted acts whose credits are not open: a warning, which stops nothing */
    int64_t first_unopened;
    int64_t orders, titles, slips;       /* without a bordereau; bordereaux to sign */
    struct remain_list list;
    bool is_current;                     /* the list says what the book says */
    struct carry_counts carried;
};

MUST_USE enum status closing_look(struct ctx *ctx, const struct credit_year *year, struct closing *ret_closing);
/* Nothing stands in the way: bills may wait, since they go along. */
bool closing_is_ready(const struct closing *closing);
/* A step released some of what the list says: it goes on. */
bool closing_is_going_on(const struct closing *closing);
/* RIGHT_SIGN. A step: *ret_has_more where more has to be released, and the year is not closed yet. INVALID: `faults`
 * (close.budget, close.pieces, close.slips, close.list, or the book's own rules). CONFLICT "accounting.year_closed". */
MUST_USE enum status closing_close(struct ctx *ctx, const struct credit_year *year, struct faults *faults,
                                   bool *ret_has_more);
/* The day until which acts of the year may still be entered, dated 31 December: of functioning and of order. */
MUST_USE enum status closing_last_day(struct ctx *ctx, int32_t year, struct date *ret_day);

#endif
