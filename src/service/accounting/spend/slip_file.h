/* The file of a bordereau: made of its pieces for the accountant (PES V2), signed elsewhere, brought back, answered.
 *
 * Why elsewhere: the town's processes hold no key. Invariants: the file of a signed bordereau is the same bytes each
 * time it is asked for; what is brought back differs from it by signatures alone, and these are right; an answer is
 * taken once, however often its file comes. Nothing here sends anything: a TdT does. */
#ifndef SERVICE_ACCOUNTING_SPEND_SLIP_FILE_H
#define SERVICE_ACCOUNTING_SPEND_SLIP_FILE_H

#include "service/accounting/spend/slip.h"

enum { SLIP_FILE_MAX = 16 << 20 /* bytes */, SLIP_RETURN_MAX = 4 << 20 };

/* "PESALR2_21560046100010_2026_D01_00012": letters, digits and '_'. */
struct str slip_file_name(struct ctx *ctx, const struct credit_year *year, const struct slip *slip);
/* As it is before it is signed. CONFLICT: the bordereau was not signed yet; INVALID: `faults` says what is missing. */
MUST_USE enum status slip_file_write(struct ctx *ctx, const struct slip *slip, struct buf *out,
                                     struct faults *faults);
/* The signed file, back. INVALID: it is another file, or a signature is not right: `faults`, or the sentence. */
MUST_USE enum status slip_file_take(struct ctx *ctx, const struct slip *slip, struct str bytes,
                                    struct faults *faults);
/* The signed file as it came. NOT_FOUND: none did. */
MUST_USE enum status slip_file_signed(struct ctx *ctx, const struct slip *slip, struct str *ret_bytes);

/* What became of what a return says: nothing of it goes without being counted. */
struct slip_taken {
    size_t taken;   /* changed something */
    size_t unknown; /* pieces or documents of another program, town or year */
    size_t refused; /* receipts before their titre that could not be kept (receipt/suspense.h) */
    size_t unread;  /* names no bordereau, piece or line */
    size_t aside;   /* lines, payments: read, and the town keeps nothing of it */
};
/* What the accountant's system says of bordereaux and pieces of the town. INVALID: no such file: `faults`. */
MUST_USE enum status slip_return_take(struct ctx *ctx, struct str bytes, struct faults *faults,
                                      struct slip_taken *ret_taken);

/* CONFLICT: nobody has signed it yet. */
MUST_USE enum status slip_file_need_signed(struct ctx *ctx, const struct slip *slip);

#endif
