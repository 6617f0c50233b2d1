#include "service/accounting/receipt/suspense_view.h"

struct str suspense_path(struct ctx *ctx, int64_t id, const char *rest)
{
    return str_format(ctx->arena, "/accounting/suspense/%lld%s", (long long)id, rest);
}

struct str suspense_list_path(struct ctx *ctx, const struct credit_year *year, bool is_receipt, const char *rest)
{
    struct str part = str_format(ctx->arena, "/suspense/%s%s", is_receipt ? "received" : "paid", rest);
    return str_is_absent(part) ? STR("") : spend_path(ctx, year, part.at);
}
