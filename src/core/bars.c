#include "core/bars.h"

enum { MILLE = 1000 };

struct str bars_share(struct ctx *ctx, struct money part, struct money whole)
{
    struct money mille;
    if (whole.cents <= 0 || money_share(part, MILLE, whole.cents, &mille) != OK)
        return STR("");
    int64_t size = mille.cents < 0 ? -mille.cents : mille.cents;
    const char *sign = mille.cents < 0 ? "\xE2\x88\x92" : "";
    if (ctx->language == LANGUAGE_FR) /* no-break space before the sign, as French has it */
        return str_format(ctx->arena, "%s%lld,%lld\xC2\xA0%%", sign, (long long)(size / 10), (long long)(size % 10));
    return str_format(ctx->arena, "%s%lld.%lld%%", sign, (long long)(size / 10), (long long)(size % 10));
}

/* "37.5%" of the longest, as SVG says widths. */
static struct str width_of(struct ctx *ctx, struct money money, struct money longest)
{
    struct money mille;
    if (money.cents <= 0 || money_share(money, MILLE, longest.cents, &mille) != OK)
        return STR("0");
    return str_format(ctx->arena, "%lld.%lld%%", (long long)(mille.cents / 10), (long long)(mille.cents % 10));
}

static struct bars_row row_of(struct ctx *ctx, const struct bar *bar, struct money longest, struct money sum)
{
    return (struct bars_row){.has_path = bar->path.len > 0,
                             .path = bar->path,
                             .name = bar->name,
                             .has_note = bar->note.len > 0,
                             .note = bar->note,
                             .has_tag = bar->tag.len > 0,
                             .tag = bar->tag,
                             .width = width_of(ctx, bar->money, longest),
                             .amount = page_money(ctx, bar->money),
                             .share = bars_share(ctx, bar->money, sum)};
}

enum status bars_make(struct ctx *ctx, const struct bars_words *words, const struct bar *bars, size_t count,
                      struct bars_view *ret_view)
{
    struct money longest = {0}, sum = {0};
    struct bars_row *rows = arena_array(ctx->arena, struct bars_row, count + 1);
    if (rows == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        TRY(money_add(&sum, bars[i].money));
        if (bars[i].money.cents > longest.cents)
            longest = bars[i].money;
    }
    for (size_t i = 0; i < count; i++)
        rows[i] = row_of(ctx, &bars[i], longest, sum);
    *ret_view = (struct bars_view){.id = words->id,
                                   .caption = words->caption,
                                   .head = words->head,
                                   .head_amount = words->head_amount,
                                   .head_share = words->head_share,
                                   .rows = rows,
                                   .row_count = count,
                                   .total = words->total,
                                   .total_amount = page_money(ctx, sum)};
    return OK;
}
