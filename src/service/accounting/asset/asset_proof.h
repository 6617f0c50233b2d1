/* The proof of an inventory: every plan sums up to what is to be depreciated (I14); each year that was
 * charged is charged what the plan says, once, and its mandat is the sum of its charges. */
#ifndef SERVICE_ACCOUNTING_ASSET_ASSET_PROOF_H
#define SERVICE_ACCOUNTING_ASSET_ASSET_PROOF_H

#include "core/ctx.h"

/* One line of `findings` for each thing that does not hold; beside book_verify. */
MUST_USE enum status asset_verify(struct ctx *ctx, struct buf *findings);

#endif
