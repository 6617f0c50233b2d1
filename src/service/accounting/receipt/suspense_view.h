/* Where the pages of money that moved before its piece stand. */
#ifndef SERVICE_ACCOUNTING_RECEIPT_SUSPENSE_VIEW_H
#define SERVICE_ACCOUNTING_RECEIPT_SUSPENSE_VIEW_H

#include "service/accounting/receipt/suspense.h"
#include "service/accounting/spend/spend_view.h"

struct str suspense_path(struct ctx *ctx, int64_t id, const char *rest);
/* What was received, or paid, in that year. */
struct str suspense_list_path(struct ctx *ctx, const struct credit_year *year, bool is_receipt, const char *rest);

#endif
