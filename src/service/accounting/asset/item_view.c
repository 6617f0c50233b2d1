#include "service/accounting/asset/item_view.h"

#include "service/accounting/lang.h"

void item_fields_order(struct spend_view *view, struct spend_page_action *action, struct date day)
{
    spend_field(view, action, "day", T_accounting_day, SPEND_DATE, spend_iso(view->ctx, day), true);
    spend_hint(view, spend_field(view, action, "product", T_accounting_product, SPEND_WORDS, STR(""), true),
               T_accounting_product_hint);
}

enum status item_read_order(struct ctx *ctx, const struct web_request *request, struct item_order *ret_order)
{
    ret_order->product = str_trim(web_text(request, "product"));
    TRY(spend_read_command(ctx, request, ret_order->id));
    return spend_read_day(ctx, request, "day", &ret_order->day);
}
