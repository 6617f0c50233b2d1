/* Two trainings side by side, as the address names them: "?a=web.7&b=equal.7". */
#include "service/games/feed/feed.h"
#include "service/games/feed/games_feed_compare_html.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"

enum { SIDES = 2 };

struct sides {
    struct feed_ask asks[SIDES];
    struct feed_result results[SIDES];
    const struct deck *deck;
};

static enum status add_sides(struct ctx *ctx, const struct web_request *request, const struct sides *sides,
                             struct games_feed_compare_view *view)
{
    static const struct str numbers[SIDES] = {STR_INIT("1"), STR_INIT("2")};
    view->sides = arena_array(ctx->arena, struct games_feed_compare_side, SIDES);
    if (view->sides == NULL)
        return LIMIT;
    for (size_t i = 0; i < SIDES; i++) {
        const struct feed_ask *ask = &sides->asks[i];
        const struct feed_result *result = &sides->results[i];
        struct str path = feed_path(ctx, ask);
        struct games_feed_compare_side *side = &view->sides[view->side_count++];
        *side = (struct games_feed_compare_side){
            .number = numbers[i], .diet = feed_diet_title(ctx, sides->deck, &ask->job),
            .is_done = result->answers != NULL, .of = (int64_t)sides->deck->count,
            .again = feed_again(ctx, request, ask),
            .path = str_format(ctx->arena, "%.*s%s", STR_ARG(path), game_level_more(ask->level))};
        if (!side->is_done)
            continue;
        side->known = (int64_t)feed_known(result, sides->deck);
        TRY(feed_map(ctx, result, sides->deck, &side->map));
    }
    return OK;
}

static enum status add_both(struct ctx *ctx, const struct sides *sides, struct games_feed_compare_view *view)
{
    view->rows = arena_array(ctx->arena, struct games_feed_compare_row, sides->deck->count);
    if (view->rows == NULL)
        return LIMIT;
    view->has_both = sides->results[0].answers != NULL && sides->results[1].answers != NULL;
    for (size_t i = 0; view->has_both && i < sides->deck->count; i++) {
        const struct training_answer *first = &sides->results[0].answers[i], *second = &sides->results[1].answers[i];
        bool knows_first = feed_knows(first), knows_second = feed_knows(second);
        view->both += knows_first && knows_second;
        view->first += knows_first && !knows_second;
        view->second += !knows_first && knows_second;
        view->none += !knows_first && !knows_second;
        if (knows_first != knows_second)
            view->rows[view->row_count++] = (struct games_feed_compare_row){
                .name = sides->deck->cards[i].name, .first = first->said, .second = second->said};
    }
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct sides *sides, struct str names[SIDES])
{
    struct page page;
    const struct training_job *job = &sides->asks[0].job;
    struct frame frame = {.game = &game_feed, .tab = FRAME_BENCH, .level = sides->asks[0].level, .seed = job->seed,
                          .path = str_format(ctx->arena, "/games/feed-the-machine/compare?a=%.*s&b=%.*s",
                                             STR_ARG(names[0]), STR_ARG(names[1]))};
    struct games_feed_compare_view view = {
        .other = str_format(ctx->arena, "/games/feed-the-machine?seed=%lld%s", (long long)job->seed,
                            game_level_more(frame.level))};
    TRY(add_sides(ctx, request, sides, &view));
    TRY(add_both(ctx, sides, &view));
    frame_begin(&page, ctx, request, response, &frame);
    games_feed_compare_html(&page.html, &view);
    return frame_end(&page, &frame);
}

enum status games_feed_compare_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    static const char *const fields[SIDES] = {"a", "b"};
    struct machine *machine;
    struct sides sides = {.deck = NULL};
    struct str names[SIDES];
    TRY(machine_get(ctx, MACHINE_NANO, &machine));
    sides.deck = &machine->deck;
    for (size_t i = 0; i < SIDES; i++) {
        char name[TRAINING_NAME_MAX];
        if (feed_read_name(request, fields[i], sides.deck, &sides.asks[i]) != OK)
            return refuse(ctx, NOT_FOUND, "games.feed", T_games_round_wrong);
        training_name(&sides.asks[i].job, name);
        names[i] = str_format(ctx->arena, "%s", name);
    }
    struct str both = str_format(ctx->arena, "%.*s %.*s", STR_ARG(names[0]), STR_ARG(names[1]));
    enum status done = feed_get(ctx, request, response, both, sides.deck, sides.results);
    if (done == GONE)
        return refuse(ctx, BUSY, "games.feed_away", T_games_feed_away);
    TRY(done);
    return show(ctx, request, response, &sides, names);
}
