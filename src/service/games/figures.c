#include "service/games/figures.h"

#include "service/games/machine.h"

enum status figures_say(struct ctx *ctx, enum text_key key, struct str *ret_text)
{
    const struct table *table;
    const struct deck *deck;
    *ret_text = text_of(ctx->language, key);
    if (str_find_byte(*ret_text, '{') == SIZE_MAX)
        return OK;
    TRY(machine_table(ctx, &table));
    TRY(machine_deck(ctx, MACHINE_NANO, &deck));
    struct text_arg counts[] = {NUMBER_ARG("communes", (int64_t)table->count),
                                NUMBER_ARG("read", (int64_t)deck->count)};
    *ret_text = text_with(ctx->arena, ctx->language, key, counts, 2);
    return str_is_absent(*ret_text) ? LIMIT : OK;
}
