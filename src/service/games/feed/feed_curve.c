#include "service/games/feed/feed_curve.h"
#include "service/games/lang.h"

enum { TOP = 4000, HIGH = 4000, POINTS_BYTES = TRAINING_POINTS_MAX * 16 };

enum status feed_curve_read(struct str text, struct feed_curve *ret_curve)
{
    struct feed_curve curve = {.count = 0};
    struct str rest = text;
    while (!str_is_absent(rest) && rest.len > 0)
        if (curve.count == TRAINING_POINTS_MAX || str_to_i64(str_cut(&rest, ' '), &curve.at[curve.count++]) != OK)
            return CORRUPT;
    *ret_curve = curve;
    return OK;
}

struct str feed_loss(struct ctx *ctx, int64_t thousandths)
{
    const char *mark = ctx->language == LANGUAGE_FR ? "," : ".";
    long long hundredths = ((long long)thousandths + 5) / 10;
    return str_format(ctx->arena, "%lld%s%02lld", hundredths / 100, mark, hundredths % 100);
}

struct str feed_curve_points(struct arena *arena, const struct feed_curve *curve)
{
    struct buf text BUF_SCOPE = BUF_INIT(POINTS_BYTES);
    for (size_t i = 0; i < curve->count; i++) {
        int64_t loss = curve->at[i] < 0 ? 0 : curve->at[i] > TOP ? TOP : curve->at[i];
        int64_t x = (int64_t)i * 10000 / (TRAINING_POINTS_MAX - 1), y = 100 + HIGH - loss * HIGH / TOP;
        buf_add_format(&text, "%s%lld.%02lld,%lld.%02lld", i > 0 ? " " : "", (long long)x / 100, (long long)x % 100,
                       (long long)y / 100, (long long)y % 100);
    }
    struct str points = str_copy(arena, buf_str(&text));
    return str_is_absent(points) ? STR("") : points;
}

struct str feed_curve_text(struct ctx *ctx, const struct feed_curve *curve)
{
    struct text_arg args[] = {TEXT_ARG("first", feed_loss(ctx, curve->at[0])),
                              TEXT_ARG("last", feed_loss(ctx, curve->at[curve->count - 1]))};
    return text_with(ctx->arena, ctx->language, T_games_feed_curve_text, args, 2);
}
