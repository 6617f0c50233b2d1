#include "service/assistant/origin_view.h"

bool origin_has_place(const struct origin_part *part)
{
    return part->kind == ORIGIN_EXACT || part->kind == ORIGIN_NEAR;
}

struct assistant_part_view origin_part_view(struct ctx *ctx, const struct origin_part *part, const char *prefix,
                                            size_t number)
{
    return (struct assistant_part_view){.text = part->text,
                                        .is_blank = part->kind == ORIGIN_BLANK,
                                        .is_exact = part->kind == ORIGIN_EXACT,
                                        .is_near = part->kind == ORIGIN_NEAR,
                                        .is_none = part->kind == ORIGIN_NONE,
                                        .has_number = origin_has_place(part),
                                        .anchor = str_format(ctx->arena, "%s%zu", prefix, number),
                                        .number = str_format(ctx->arena, "%zu", number)};
}

/* "12 %" */
static struct str share_of(struct ctx *ctx, const int64_t characters[ORIGIN_KINDS], enum origin_kind kind)
{
    int64_t all = characters[ORIGIN_EXACT] + characters[ORIGIN_NEAR] + characters[ORIGIN_NONE];
    int64_t percent = all > 0 ? (characters[kind] * 100 + all / 2) / all : 0;
    return str_format(ctx->arena, "%lld\u00a0%%", (long long)percent);
}

struct assistant_shares_view origin_shares_view(struct ctx *ctx, const int64_t characters[ORIGIN_KINDS])
{
    return (struct assistant_shares_view){.exact = share_of(ctx, characters, ORIGIN_EXACT),
                                          .near = share_of(ctx, characters, ORIGIN_NEAR),
                                          .none = share_of(ctx, characters, ORIGIN_NONE)};
}
