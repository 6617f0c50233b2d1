/* The proof of a debt: the bank's schedule sums up to what was borrowed; each instalment that was ordered is one
 * mandat that is not cancelled, to the lender, of its capital and interest; each mandat of a loan is an instalment. */
#ifndef SERVICE_ACCOUNTING_DEBT_DEBT_PROOF_H
#define SERVICE_ACCOUNTING_DEBT_DEBT_PROOF_H

#include "core/ctx.h"

/* One line of `findings` for each thing that does not hold; beside book_verify. */
MUST_USE enum status debt_verify(struct ctx *ctx, struct buf *findings);

#endif
