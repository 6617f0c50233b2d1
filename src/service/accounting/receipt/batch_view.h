/* What pages of lists of titres share: where one stands, and its state in words. */
#ifndef SERVICE_ACCOUNTING_RECEIPT_BATCH_VIEW_H
#define SERVICE_ACCOUNTING_RECEIPT_BATCH_VIEW_H

#include "service/accounting/receipt/batch.h"
#include "service/accounting/spend/spend_view.h"

struct str batch_path(struct ctx *ctx, int64_t id, const char *rest);
enum text_key batch_state_name(enum batch_state state);
enum spend_mood batch_state_mood(enum batch_state state);

#endif
