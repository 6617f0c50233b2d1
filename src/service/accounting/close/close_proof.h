/* The proof of what stands beside the journal at the end of a year: what was carried over is what was released and what
 * was engaged again (I13); programmes bear what is used of them (AP/CP, AE/CP). */
#ifndef SERVICE_ACCOUNTING_CLOSE_CLOSE_PROOF_H
#define SERVICE_ACCOUNTING_CLOSE_CLOSE_PROOF_H

#include "core/ctx.h"

/* One line of `findings` for each thing that does not hold; beside book_verify. */
MUST_USE enum status close_verify(struct ctx *ctx, struct buf *findings);

#endif
