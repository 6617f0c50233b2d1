/* A slice is what of an engagement on a programme (AP, AE) one year's credits of payment bear; the rest waits for later
 * years.
 *
 * Source: CGCT L2311-3 (the authorisation is the limit of engagements, credits of payment that of each year's mandats).
 * Invariants: slice and rest come to the whole that is reserved of the programme; a rest is taken up once, by the
 * engagement of a later year, which keeps what it does not charge as its own rest; or it is released. */
#ifndef SERVICE_ACCOUNTING_SPEND_SLICE_H
#define SERVICE_ACCOUNTING_SPEND_SLICE_H

#include "service/accounting/spend/credit.h"

struct slice {
    struct imputation *now, *later; /* of the year, and of those after it; in the order of the lines */
    size_t now_count, later_count;
};

/* The first of the lines, up to that amount, are of the year. INVALID: `faults` (programme.slice): nothing, or more
 * than the lines come to. */
MUST_USE enum status slice_cut(struct faults *faults, const struct imputation *lines, size_t count, struct money amount,
                               struct slice *ret_slice);
/* Beside the engagement, in its job: its rest; `from`: the engagement whose rest it takes up, or 0. */
MUST_USE enum status slice_keep(struct ctx *ctx, uint64_t engagement, const struct slice *slice, uint64_t from);
/* The rest of an engagement that still waits. */
MUST_USE enum status slice_rest(struct ctx *ctx, uint64_t engagement, struct imputation **ret_lines, size_t *ret_count);
/* In a job: the programme has it back. */
MUST_USE enum status slice_release(struct ctx *ctx, uint64_t engagement);

/* An engagement of a former year whose rest that year's credits of payment can bear, in part at least. */
struct slice_waiting {
    uint64_t engagement;
    struct money amount;
};
enum { SLICE_WAITING_MAX = 500 };
MUST_USE enum status slice_waits(struct ctx *ctx, int64_t budget, int32_t year, struct slice_waiting **ret_waiting,
                                 size_t *ret_count);

#endif
