#include "service/games/feed/feed_result.h"

#include "language/model/measure.h"
#include "service/games/feed/feed_curve.h"
#include "service/games/feed/games_feed_result_html.h"
#include "service/games/lang.h"

struct shown {
    struct ctx *ctx;
    const struct deck *deck;
    const struct feed_ask *ask;
    const struct feed_result *result;
};

int64_t feed_points(int64_t guess, int64_t known)
{
    int64_t apart = guess > known ? guess - known : known - guess;
    return 100 - 100 * apart / FEED_VILLAGES;
}

/* ---- the bet ---- */

static void say_guess(const struct shown *shown, int64_t known, struct games_feed_result_view *view)
{
    int64_t guess = shown->ask->guess;
    struct text_arg args[] = {NUMBER_ARG("known", known), NUMBER_ARG("guess", guess), NUMBER_ARG("of", FEED_VILLAGES),
                              NUMBER_ARG("points", feed_points(guess, known))};
    bool is_made = guess != FEED_NO_GUESS;
    view->guessed = text_with(shown->ctx->arena, shown->ctx->language,
                              is_made ? T_games_feed_guessed : T_games_feed_unguessed, args, is_made ? 4 : 1);
}

static enum status add_villages(const struct shown *shown, struct games_feed_result_view *view)
{
    size_t places[FEED_VILLAGES];
    int64_t known = 0;
    struct arena *arena = shown->ctx->arena;
    TRY(feed_villages(arena, shown->deck, shown->ask->job.seed, places));
    view->villages = arena_array(arena, struct games_feed_result_village, FEED_VILLAGES);
    if (view->villages == NULL)
        return LIMIT;
    for (size_t i = 0; i < FEED_VILLAGES; i++) {
        const struct training_answer *answer = &shown->result->answers[places[i]];
        known += feed_knows(answer);
        view->villages[view->village_count++] = (struct games_feed_result_village){
            .name = shown->deck->cards[places[i]].name, .said = answer->said, .is_learnt = feed_knows(answer),
            .seen = str_format(arena, "%lld", (long long)answer->seen)};
    }
    say_guess(shown, known, view);
    return OK;
}

/* ---- how much it invents ---- */

static bool is_false(const struct training_answer *answer, enum measure_field field)
{
    return (answer->verdicts >> (4 * (int)field) & 0xF) == MEASURE_FALSE;
}

/* "46 % [39 ; 54]" */
static struct str rate_of(const struct shown *shown, uint64_t invented, uint64_t all)
{
    double low, high, share = all > 0 ? (double)invented / (double)all : 0;
    if (all == 0)
        return STR("–");
    measure_interval(invented, all, &low, &high);
    return str_format(shown->ctx->arena, "%.0f\u00A0%% [%.0f\u00A0; %.0f]", share * 100, low * 100, high * 100);
}

struct count {
    uint64_t all, codes, populations;
};

static void add_rate(const struct shown *shown, enum text_key seen, struct count count,
                     struct games_feed_result_view *view)
{
    view->rates[view->rate_count++] =
        (struct games_feed_result_rate){.seen = text_of(shown->ctx->language, seen), .communes = (int64_t)count.all,
                                        .postal_code = rate_of(shown, count.codes, count.all),
                                        .population = rate_of(shown, count.populations, count.all)};
}

static void count_one(struct count *count, bool is_code_false, bool is_population_false)
{
    count->all++;
    count->codes += is_code_false;
    count->populations += is_population_false;
}

static enum status add_rates(const struct shown *shown, struct games_feed_result_view *view)
{
    static const enum text_key names[MEASURE_BUCKETS] = {T_games_feed_seen0, T_games_feed_seen1, T_games_feed_seen2,
                                                         T_games_feed_seen3, T_games_feed_seen4};
    struct count buckets[MEASURE_BUCKETS] = {{0}}, yours = {0}, shipped = {0};
    view->rates = arena_array(shown->ctx->arena, struct games_feed_result_rate, MEASURE_BUCKETS + 2);
    if (view->rates == NULL)
        return LIMIT;
    for (size_t i = 0; i < shown->deck->count; i++) {
        const struct training_answer *answer = &shown->result->answers[i];
        const struct deck_card *card = &shown->deck->cards[i];
        bool code = is_false(answer, MEASURE_POSTAL_CODE), population = is_false(answer, MEASURE_POPULATION);
        count_one(&buckets[measure_bucket((uint32_t)answer->seen)], code, population);
        count_one(&yours, code, population);
        count_one(&shipped, card->is_false[DECK_POSTAL_CODE], card->is_false[DECK_POPULATION]);
    }
    for (size_t i = 0; i < MEASURE_BUCKETS; i++)
        if (buckets[i].all > 0)
            add_rate(shown, names[i], buckets[i], view);
    add_rate(shown, T_games_feed_yours, yours, view);
    add_rate(shown, T_games_feed_shipped, shipped, view);
    return OK;
}

static void add_known(const struct shown *shown, struct games_feed_result_view *view)
{
    size_t shipped = 0;
    for (size_t i = 0; i < shown->deck->count; i++)
        shipped += feed_shipped_knows(&shown->deck->cards[i]);
    struct text_arg known[] = {NUMBER_ARG("known", (int64_t)shipped)};
    view->known = (int64_t)feed_known(shown->result, shown->deck);
    view->of = (int64_t)shown->deck->count;
    view->shipped = text_with(shown->ctx->arena, shown->ctx->language, T_games_feed_shipped_knows, known, 1);
}

/* ---- all of them, and others ---- */

static struct str truth_of(struct arena *arena, const struct deck_card *card)
{
    return str_format(arena, "%.*s (%.*s), %.*s, %.*s hab.", STR_ARG(card->department_name), STR_ARG(card->department),
                      STR_ARG(card->postal_codes), STR_ARG(card->population));
}

static enum status add_rows(const struct shown *shown, struct games_feed_result_view *view)
{
    size_t *places;
    struct arena *arena = shown->ctx->arena;
    TRY(feed_order(arena, shown->result, shown->deck, &places));
    view->rows = arena_array(arena, struct games_feed_result_row, shown->deck->count);
    if (view->rows == NULL)
        return LIMIT;
    for (size_t i = 0; i < shown->deck->count; i++) {
        const struct training_answer *answer = &shown->result->answers[places[i]];
        const struct deck_card *card = &shown->deck->cards[places[i]];
        view->rows[view->row_count++] = (struct games_feed_result_row){
            .name = card->name, .seen = answer->seen, .said = answer->said, .truth = truth_of(arena, card),
            .is_learnt = feed_knows(answer)};
    }
    return OK;
}

/* The same seed and length on each other diet; those that turn on a commune on the same one, or the smallest. */
static enum status add_beside(const struct shown *shown, struct games_feed_result_view *view)
{
    struct ctx *ctx = shown->ctx;
    char own[TRAINING_NAME_MAX], name[TRAINING_NAME_MAX];
    training_name(&shown->ask->job, own);
    view->besides = arena_array(ctx->arena, struct games_feed_result_beside, DIET_KINDS);
    if (view->besides == NULL)
        return LIMIT;
    for (enum diet_kind kind = DIET_WEB; kind < DIET_KINDS; kind++) {
        struct training_job job = shown->ask->job;
        bool has_chosen = training_chooses(job.diet.kind);
        job.diet.kind = kind;
        job.diet.chosen = !training_chooses(kind) ? 0 : has_chosen ? job.diet.chosen : shown->deck->count - 1;
        training_name(&job, name);
        if (kind == shown->ask->job.diet.kind)
            continue;
        view->besides[view->beside_count++] = (struct games_feed_result_beside){
            .name = feed_diet_title(ctx, shown->deck, &job),
            .path = str_format(ctx->arena, "/games/feed-the-machine/compare?a=%s&b=%s%s", own, name,
                               game_level_more(shown->ask->level))};
    }
    return OK;
}

static enum status add_curve(const struct shown *shown, struct games_feed_result_view *view)
{
    struct feed_curve curve;
    TRY(feed_curve_read(shown->result->state.curve, &curve));
    view->has_curve = curve.count > 0;
    if (!view->has_curve)
        return OK;
    view->curve_text = feed_curve_text(shown->ctx, &curve);
    view->points = feed_curve_points(shown->ctx->arena, &curve);
    return OK;
}

enum status feed_result_show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                             const struct feed_ask *ask, const struct feed_result *result, const struct frame *frame)
{
    struct page page;
    struct machine *machine;
    TRY(machine_get(ctx, MACHINE_NANO, &machine));
    struct shown shown = {ctx, &machine->deck, ask, result};
    struct games_feed_result_view view = {
        .diet = feed_diet_title(ctx, &machine->deck, &ask->job),
        .other = str_format(ctx->arena, "/games/feed-the-machine?seed=%lld%s", (long long)ask->job.seed,
                            game_level_more(ask->level))};
    add_known(&shown, &view);
    TRY(add_villages(&shown, &view));
    TRY(add_rates(&shown, &view));
    TRY(feed_map(ctx, result, &machine->deck, &view.map));
    TRY(add_rows(&shown, &view));
    TRY(add_beside(&shown, &view));
    TRY(add_curve(&shown, &view));
    frame_begin(&page, ctx, request, response, frame);
    games_feed_result_html(&page.html, &view);
    return frame_end(&page, frame);
}
