/* A bill that is a credit note (avoir) takes from the invoice it corrects: the mandat of that one is reduced by it.
 *
 * Why: a credit note is never paid; it is not ordered, and an invoice of the same supplier is. Where its invoice has no
 * mandat here, the page says what to do, and nothing is guessed. */
#ifndef SERVICE_ACCOUNTING_SPEND_BILL_CREDIT_H
#define SERVICE_ACCOUNTING_SPEND_BILL_CREDIT_H

#include "service/accounting/spend/piece.h"
#include "service/accounting/spend/spend_view.h"

MUST_USE enum status bill_credit_action(struct spend_view *view, const struct bill *bill, unsigned rights);
/* By a correcting mandat of its sum, of several lines as it is said or in their order; the credit note is dealt with
 * then. INVALID: `faults`, as piece_reduce and piece_reduce_parts; the parts come to another sum (bill.parts). */
MUST_USE enum status bill_credit_deduct(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                                        struct faults *faults);

#endif
