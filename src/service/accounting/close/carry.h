/* An engagement is carried over when its year ends: what is left of it is released there, and engaged again in the next
 * year, once that has credits.
 *
 * Invariants: both stand in the book, and a link between them that is read both ways; it is done once, whoever asks
 * again; service that was done and not ordered, its attesters, and invoices that came go along. A step does some fifty,
 * so that the town's writer is not held; it says whether there are more. */
#ifndef SERVICE_ACCOUNTING_CLOSE_CARRY_H
#define SERVICE_ACCOUNTING_CLOSE_CARRY_H

#include "service/accounting/spend/engagement.h"

enum { CARRY_STEP = 50 };

/* Releases what the signed list says, as of the last day of its year. INVALID: `faults`. */
MUST_USE enum status carry_release(struct ctx *ctx, const struct credit_year *year, struct faults *faults,
                                   bool *ret_has_more);
/* That an engagement goes on in the next year, by that entry: its release, or the mandat that attached it. */
MUST_USE enum status carry_add(struct ctx *ctx, uint64_t engagement, uint64_t entry, struct money amount);
/* Engages in `next` what was carried over from the year before, and of engagements on programmes what credits of
 * payment of that year bear (../spend/slice.h). INVALID: `faults`, at the first that the book refuses;
 * those before it stand. */
MUST_USE enum status carry_again(struct ctx *ctx, const struct credit_year *next, struct faults *faults,
                                 bool *ret_has_more);

struct carry_counts {
    int64_t carried, released, waiting; /* released: not by a mandat; waiting: not engaged again */
    struct money amount;      /* of those */
};
MUST_USE enum status carry_count(struct ctx *ctx, int64_t budget, int32_t year, struct carry_counts *ret_counts);

struct carry_link {
    uint64_t engagement, next; /* next 0: not engaged again yet */
    uint32_t number, next_number;
    int32_t year, next_year;
};
/* Of an engagement: where it came from, and where it went. */
MUST_USE enum status carry_links(struct ctx *ctx, uint64_t engagement, struct carry_link **ret_links,
                                 size_t *ret_count);

#endif
