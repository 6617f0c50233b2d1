/* The proof of what this folder keeps beside the journal: nothing put in order above what came, takings that are those
 * of their titre, titres of a list that say what its row says (I6); and no list, receipt or titre of a régie lacks a
 * part. */
#ifndef SERVICE_ACCOUNTING_RECEIPT_RECEIPT_PROOF_H
#define SERVICE_ACCOUNTING_RECEIPT_RECEIPT_PROOF_H

#include "core/ctx.h"

/* One line of `findings` for each thing that does not hold; beside book_verify. */
MUST_USE enum status receipt_verify(struct ctx *ctx, struct buf *findings);

#endif
