/* A slip (bordereau) is the pieces that go to the accountant together, under one signature and one number.
 *
 * Source: arrêté of 27 June 2007 (PES V2); signing the bordereau orders all of its mandats. Invariants: numbers run
 * from 1 without a gap for each budget, year, direction and type, drawn in the commit; ordinary pieces and corrections
 * never share one; a piece is in one slip; what was signed never changes. Nobody signs what they attested, where the
 * town keeps these apart (I11). */
#ifndef SERVICE_ACCOUNTING_SPEND_SLIP_H
#define SERVICE_ACCOUNTING_SPEND_SLIP_H

#include "service/accounting/spend/piece.h"

enum slip_state { SLIP_TO_SIGN, SLIP_SIGNED, SLIP_SENT, SLIP_ACCEPTED, SLIP_REFUSED, SLIP_STATES };
enum { SLIP_PIECES_MAX = 500 };

struct slip {
    int64_t id, budget;
    int32_t year;
    bool is_receipt;
    struct str type;
    uint32_t number;
    struct date day;
    enum slip_state state;
    struct str file_name, answer;
    struct str signed_by; /* name; "" */
    struct instant signed_at;
    int64_t pieces;   /* as read: how many, and what they come to */
    struct money net, tax;
};

/* Of pieces that are in none, all of one type: TypBord follows. INVALID: `faults`. */
MUST_USE enum status slip_make(struct ctx *ctx, const struct credit_year *year, bool is_receipt,
                               const uint64_t *pieces, size_t count, struct date day, struct faults *faults,
                               int64_t *ret_id);
/* NOT_FOUND. */
MUST_USE enum status slip_get(struct ctx *ctx, int64_t id, struct slip *ret_slip);
/* The newest first; at most 500. */
MUST_USE enum status slip_list(struct ctx *ctx, int64_t budget, int32_t year, struct slip **ret_slips,
                               size_t *ret_count);
/* The order to pay: RIGHT_SIGN, a delegation that covers the sum, and nothing in it that the signer attested. */
MUST_USE enum status slip_sign(struct ctx *ctx, const struct slip *slip, struct faults *faults);

#endif
