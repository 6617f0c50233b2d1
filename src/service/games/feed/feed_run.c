/* A training on its way, at its end, or not there: one address for all three. */
#include "service/games/feed/feed_curve.h"
#include "service/games/feed/feed_result.h"
#include "service/games/feed/games_feed_run_html.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"

/* One sentence for each thing that happens, and none between: it is read aloud when it changes. */
static struct str event_of(struct ctx *ctx, const struct training_state *state)
{
    static const enum text_key quarters[] = {T_games_feed_begun, T_games_feed_quarter, T_games_feed_middle,
                                             T_games_feed_late};
    struct text_arg place[] = {NUMBER_ARG("place", state->place)};
    int64_t quarter = state->steps > 0 ? state->step * 4 / state->steps : 0;
    if (state->stage == TRAINING_WAITS)
        return text_with(ctx->arena, ctx->language, T_games_feed_waits, place, 1);
    if (state->stage == TRAINING_ASKS || quarter > 3 || quarter < 0)
        return text_of(ctx->language, T_games_feed_asks);
    return text_of(ctx->language, quarters[quarter]);
}

static struct str left_of(struct ctx *ctx, const struct training_state *state)
{
    struct text_arg seconds[] = {NUMBER_ARG("seconds", state->seconds)};
    if (state->seconds < 0)
        return text_of(ctx->language, T_games_feed_left_unknown);
    return text_with(ctx->arena, ctx->language, T_games_feed_left, seconds, 1);
}

static enum status add_curve(struct ctx *ctx, const struct training_state *state, struct games_feed_run_view *view)
{
    struct feed_curve curve;
    TRY(feed_curve_read(state->curve, &curve));
    view->has_curve = curve.count > 0;
    view->tenths = arena_array(ctx->arena, struct games_feed_run_tenth, FEED_TENTHS);
    if (view->tenths == NULL)
        return LIMIT;
    if (!view->has_curve)
        return OK;
    view->curve_text = feed_curve_text(ctx, &curve);
    view->points = feed_curve_points(ctx->arena, &curve);
    for (size_t i = FEED_TENTHS - 1; i < curve.count; i += TRAINING_POINTS_MAX / FEED_TENTHS)
        view->tenths[view->tenth_count++] =
            (struct games_feed_run_tenth){.step = (int64_t)(i + 1) * state->steps / TRAINING_POINTS_MAX,
                                          .loss = feed_loss(ctx, curve.at[i])};
    return OK;
}

static enum status add_state(struct ctx *ctx, const struct training_state *state, struct games_feed_run_view *view)
{
    struct text_arg step[] = {NUMBER_ARG("step", state->step), NUMBER_ARG("steps", state->steps),
                              TEXT_ARG("loss", feed_loss(ctx, state->loss))};
    view->is_gone = state->stage == TRAINING_UNKNOWN;
    view->is_moving = !view->is_gone;
    view->event = event_of(ctx, state);
    view->step = text_with(ctx->arena, ctx->language, T_games_feed_step, step, 3);
    view->left = left_of(ctx, state);
    view->max = str_format(ctx->arena, "%lld", (long long)state->steps);
    view->value = str_format(ctx->arena, "%lld", (long long)state->step);
    return add_curve(ctx, state, view);
}

static struct str other_path(struct ctx *ctx, const struct feed_ask *ask)
{
    return str_format(ctx->arena, "/games/feed-the-machine?seed=%lld&diet=%s&chosen=%zu&short=%d%s",
                      (long long)ask->job.seed, training_diet_name(ask->job.diet.kind), ask->job.diet.chosen,
                      ask->job.is_short, game_level_more(ask->level));
}

enum status games_feed_run_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct machine *machine;
    struct feed_ask ask;
    struct feed_result result = {.answers = NULL};
    char name[TRAINING_NAME_MAX];
    TRY(machine_get(ctx, MACHINE_NANO, &machine));
    if (feed_read_name(request, "job", &machine->deck, &ask) != OK)
        return refuse(ctx, NOT_FOUND, "games.feed", T_games_round_wrong);
    training_name(&ask.job, name);
    enum status done = feed_get(ctx, request, response, str_format(ctx->arena, "%s", name), &machine->deck, &result);
    if (done != OK && done != GONE)
        return done;
    struct frame frame = {.game = &game_feed, .tab = FRAME_BENCH, .level = ask.level, .seed = ask.job.seed,
                          .path = feed_path(ctx, &ask)};
    struct games_feed_run_view view = {.diet = feed_diet_title(ctx, &machine->deck, &ask.job),
                                       .is_away = done == GONE, .again = feed_again(ctx, request, &ask),
                                       .self = str_format(ctx->arena, "%.*s%s", STR_ARG(frame.path),
                                                          game_level_more(ask.level)),
                                       .other = other_path(ctx, &ask)};
    if (done == OK && result.answers != NULL)
        return feed_result_show(ctx, request, response, &ask, &result, &frame);
    if (done == OK)
        TRY(add_state(ctx, &result.state, &view));
    frame_begin(&page, ctx, request, response, &frame);
    games_feed_run_html(&page.html, &view);
    return frame_end(&page, &frame);
}
