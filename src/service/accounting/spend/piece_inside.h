/* What files of pieces share among themselves: looked at, posted in the book, kept as a row. For piece*.c alone. */
#ifndef SERVICE_ACCOUNTING_SPEND_PIECE_INSIDE_H
#define SERVICE_ACCOUNTING_SPEND_PIECE_INSIDE_H

#include "service/accounting/spend/piece.h"

/* RIGHT_ORDER, and a delegation that goes so far. */
MUST_USE enum status piece_may_order(struct ctx *ctx, const struct piece_order *order, struct faults *faults);
/* Its lines in their credits. INVALID: `faults`. */
MUST_USE enum status piece_place_lines(struct ctx *ctx, struct piece_order *order, enum chart_direction direction,
                                       struct faults *faults);
/* INVALID: the party has none (piece.address). */
MUST_USE enum status piece_need_address(struct ctx *ctx, int64_t party, struct faults *faults);
MUST_USE enum status piece_post(struct ctx *ctx, const struct piece_order *order, enum entry_kind kind,
                                uint64_t reference, const unsigned char id[ENTRY_ID_BYTES], struct faults *faults,
                                struct ledger_answer *ret_answer);

struct piece_kept {
    bool is_receipt;
    int64_t bank;
    struct date due, done;
};
/* Beside the entry, in its job. */
MUST_USE enum status piece_keep(struct ctx *ctx, const struct piece_order *order, const struct ledger_answer *answer,
                                struct piece_kept kept);

#endif
