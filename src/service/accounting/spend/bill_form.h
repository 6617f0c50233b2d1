/* The form of a new bill, for whoever takes one in: by its file (../inbound) or by hand. */
#ifndef SERVICE_ACCOUNTING_SPEND_BILL_FORM_H
#define SERVICE_ACCOUNTING_SPEND_BILL_FORM_H

#include "service/accounting/spend/bill.h"
#include "service/accounting/spend/spend_view.h"

/* The page of a new bill again, with what was wrong in the file. */
MUST_USE enum status bill_form(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                               const struct credit_year *year, const struct faults *faults);
/* The engagement whose number is in the field of that name; sequence 0 where nothing stands there. INVALID, with the
 * sentence: the year has none of that number. */
MUST_USE enum status bill_read_engagement(struct ctx *ctx, const struct web_request *request,
                                          const struct credit_year *year, struct engagement *ret_engagement);

#endif
