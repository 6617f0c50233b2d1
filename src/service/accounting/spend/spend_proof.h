/* A spending's proof: what its tables hold agrees with the journal, and every bordereau with its pieces.
 *
 * Beside the book's own (I1 to I7, I10, I12): pieces and engagements are their entries and their lines sum up to them
 * (I1), numbers of pieces and bordereaux run from 1 (I5), acts whose credits were opened are in balance (I8), the file
 * that was signed says what its pieces come to (I9), nobody signed what they attested where that was kept apart (I11),
 * every exercise is of a budget of this town (I15). */
#ifndef SERVICE_ACCOUNTING_SPEND_SPEND_PROOF_H
#define SERVICE_ACCOUNTING_SPEND_SPEND_PROOF_H

#include "core/ctx.h"

/* One line of `findings` for each thing that does not hold, at most 100; none where all does. */
MUST_USE enum status spend_verify(struct ctx *ctx, struct buf *findings);

#endif
