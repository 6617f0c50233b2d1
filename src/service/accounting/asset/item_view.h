/* What the pages of the inventory share: where an asset stands, and how operations of order are asked for. */
#ifndef SERVICE_ACCOUNTING_ASSET_ITEM_VIEW_H
#define SERVICE_ACCOUNTING_ASSET_ITEM_VIEW_H

#include "service/accounting/asset/item.h"
#include "service/accounting/spend/spend_view.h"

/* Its page in that year, and what follows. */
static inline struct str item_path(struct ctx *ctx, const struct credit_year *year, int64_t item, const char *rest)
{
    return str_format(ctx->arena, "/accounting/years/%lld/%d/assets/%lld%s", (long long)year->budget, year->year,
                      (long long)item, rest);
}
/* "day", "product". */
void item_fields_order(struct spend_view *view, struct spend_page_action *action, struct date day);
MUST_USE enum status item_read_order(struct ctx *ctx, const struct web_request *request, struct item_order *ret_order);

#endif
