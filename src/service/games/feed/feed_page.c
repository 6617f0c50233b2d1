/* "Feed the machine": a diet is chosen, a bet is made, and the role model is asked to begin. */
#include <stdlib.h>

#include "base/utf8.h"
#include "core/house_ask.h"
#include "service/games/brake.h"
#include "service/games/feed/feed.h"
#include "service/games/feed/games_feed_html.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/paper/paper.h"

const struct game game_feed = {.number = 4,
                               .slug = "will-it-know",
                               GAME_WORDS(feed),
                               GAME_PAPER_WORDS(feed),
                               .paper = paper_feed,
                               .model = "nano",
                               .bench = "feed-the-machine",
                               GAME_CARD_WORDS(feed_card),
                               GAME_CARD_RULE(feed_card),
                               .thought_heads = {T_games_feed_card_thought, T_games_feed_card_head,
                                                 T_games_thought_said},
                               .draw = game_feed_draw,
                               .bench_title = T_games_feed_bench,
                               .begins_with_bench = true};

/* ---- the form ---- */

static enum status add_diets(struct ctx *ctx, const struct feed_ask *ask, struct games_feed_view *view)
{
    static const enum text_key names[DIET_KINDS][2] = {
        [DIET_WEB] = {T_games_feed_web, T_games_feed_web_hint},
        [DIET_LARGE] = {T_games_feed_large, T_games_feed_large_hint},
        [DIET_EQUAL] = {T_games_feed_equal, T_games_feed_equal_hint},
        [DIET_OFTEN] = {T_games_feed_often, T_games_feed_often_hint},
        [DIET_WITHOUT] = {T_games_feed_without, T_games_feed_without_hint}};
    view->diets = arena_array(ctx->arena, struct games_feed_diet, DIET_KINDS);
    if (view->diets == NULL)
        return LIMIT;
    for (enum diet_kind kind = DIET_WEB; kind < DIET_KINDS; kind++)
        view->diets[view->diet_count++] = (struct games_feed_diet){.value = str_of(training_diet_name(kind)),
                                                                   .name = text_of(ctx->language, names[kind][0]),
                                                                   .hint = text_of(ctx->language, names[kind][1]),
                                                                   .is_chosen = kind == ask->job.diet.kind};
    return OK;
}

struct named {
    struct str name, folded;
    size_t place;
};

static int by_name(const void *a, const void *b)
{
    const struct named *left = a, *right = b;
    int order = str_compare(left->folded, right->folded);
    return order != 0 ? order : (left->place > right->place) - (left->place < right->place);
}

static struct str folded(struct arena *arena, struct str name)
{
    struct buf text BUF_SCOPE = BUF_INIT(1000);
    utf8_fold(&text, name);
    struct str copy = str_copy(arena, buf_str(&text));
    return str_is_absent(copy) ? STR("") : copy;
}

/* By name, as one looks for one's own. */
static enum status add_communes(struct ctx *ctx, const struct deck *deck, const struct feed_ask *ask,
                                struct games_feed_view *view)
{
    struct named *named = arena_array(ctx->arena, struct named, deck->count);
    view->communes = arena_array(ctx->arena, struct games_feed_commune, deck->count);
    if (named == NULL || view->communes == NULL)
        return LIMIT;
    for (size_t i = 0; i < deck->count; i++)
        named[i] = (struct named){deck->cards[i].name, folded(ctx->arena, deck->cards[i].name), i};
    qsort(named, deck->count, sizeof *named, by_name);
    for (size_t i = 0; i < deck->count; i++)
        view->communes[view->commune_count++] =
            (struct games_feed_commune){.place = str_format(ctx->arena, "%zu", named[i].place),
                                        .name = named[i].name,
                                        .is_chosen = named[i].place == ask->job.diet.chosen};
    return OK;
}

static enum status add_villages(struct ctx *ctx, const struct deck *deck, const struct feed_ask *ask,
                                struct games_feed_view *view)
{
    size_t places[FEED_VILLAGES];
    TRY(feed_villages(ctx->arena, deck, ask->job.seed, places));
    view->villages = arena_array(ctx->arena, struct games_feed_village, FEED_VILLAGES);
    if (view->villages == NULL)
        return LIMIT;
    for (size_t i = 0; i < FEED_VILLAGES; i++)
        view->villages[view->village_count++] = (struct games_feed_village){.name = deck->cards[places[i]].name};
    return OK;
}

/* The seed is the second of the day, as a round's. */
static enum status begin(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return web_redirect(ctx, response, "/games/feed-the-machine?seed=%lld%s",
                        (long long)(ctx->now.ms / 1000 % (TRAINING_SEED_MAX + 1)),
                        game_level_more(game_level(request)));
}

enum status games_feed_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct machine *machine;
    struct feed_ask ask = {.job = {.diet = {DIET_WEB, 0}, .seed = web_int(request, "seed", -1)},
                           .level = game_level(request)};
    if (!web_has(request, "seed"))
        return begin(ctx, request, response);
    TRY(machine_get(ctx, MACHINE_NANO, &machine));
    bool is_named = web_has(request, "diet");
    if (ask.job.seed < 0 || ask.job.seed > TRAINING_SEED_MAX ||
        (is_named && feed_read(request, &machine->deck, &ask) != OK))
        return refuse(ctx, NOT_FOUND, "games.feed", T_games_round_wrong);
    struct games_feed_view view = {
        .form_token = request->form_token, .level = game_level_name(ask.level), .is_short = ask.job.is_short,
        .seed = str_format(ctx->arena, "%lld", (long long)ask.job.seed), .guess = FEED_VILLAGES / 2,
        .others = str_format(ctx->arena, "/games/feed-the-machine?seed=%lld%s",
                             (long long)((ask.job.seed + 1) % (TRAINING_SEED_MAX + 1)), game_level_more(ask.level))};
    TRY(add_diets(ctx, &ask, &view));
    TRY(add_communes(ctx, &machine->deck, &ask, &view));
    TRY(add_villages(ctx, &machine->deck, &ask, &view));
    struct frame frame = {.game = &game_feed, .tab = FRAME_BENCH, .level = ask.level, .seed = ask.job.seed,
                          .path = str_format(ctx->arena, "/games/feed-the-machine?seed=%lld",
                                             (long long)ask.job.seed)};
    frame_begin(&page, ctx, request, response, &frame);
    games_feed_html(&page.html, &view);
    return frame_end(&page, &frame);
}

/* ---- its start ---- */

enum status games_feed_start(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct machine *machine;
    struct feed_ask ask;
    char name[TRAINING_NAME_MAX];
    TRY(machine_get(ctx, MACHINE_NANO, &machine));
    if (feed_read(request, &machine->deck, &ask) != OK)
        return refuse(ctx, INVALID, "games.feed", T_games_round_wrong);
    training_name(&ask.job, name);
    uint64_t who = brake_number(ctx, request->remote); /* in every town another: one has two places of eight */
    enum status done = web_house_ask(ctx, request, response,
                                     (struct web_house){.kind = HOUSE_TRAIN, .member = STR(""),
                                                        .words = str_format(ctx->arena, "%s %llu", name,
                                                                            (unsigned long long)who)});
    if (done == GONE)
        return refuse(ctx, BUSY, "games.feed_away", T_games_feed_away);
    TRY(done);
    struct str path = feed_path(ctx, &ask);
    return web_redirect(ctx, response, "%.*s%s", STR_ARG(path), game_level_more(ask.level));
}
