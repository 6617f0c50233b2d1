#include "service/games/feed/feed.h"

#include <stdlib.h>

#include "core/house_ask.h"
#include "language/model/measure.h"
#include "service/games/lang.h"

enum { KNOWN = MEASURE_TRUE | MEASURE_TRUE << 4 | MEASURE_TRUE << 8, ACROSS = 25, SIDE = 12 };

/* ---- addresses ---- */

static int64_t guess_of(const struct web_request *request)
{
    int64_t guess = web_int(request, "guess", FEED_NO_GUESS);
    return guess >= 0 && guess <= FEED_VILLAGES ? guess : FEED_NO_GUESS;
}

enum status feed_read(const struct web_request *request, const struct deck *deck, struct feed_ask *ret_ask)
{
    struct feed_ask ask = {.guess = guess_of(request), .level = game_level(request)};
    int64_t chosen = web_int(request, "chosen", 0);
    ask.job.diet.kind = training_diet(web_text(request, "diet"));
    ask.job.seed = web_int(request, "seed", -1);
    ask.job.is_short = web_int(request, "short", 0) == 1;
    if (ask.job.diet.kind == DIET_KINDS || chosen < 0 || (size_t)chosen >= deck->count || ask.job.seed < 0 ||
        ask.job.seed > TRAINING_SEED_MAX)
        return INVALID;
    if (training_chooses(ask.job.diet.kind))
        ask.job.diet.chosen = (size_t)chosen;
    *ret_ask = ask;
    return OK;
}

enum status feed_read_name(const struct web_request *request, const char *name, const struct deck *deck,
                           struct feed_ask *ret_ask)
{
    struct feed_ask ask = {.guess = guess_of(request), .level = game_level(request)};
    TRY(training_read(web_text(request, name), &ask.job));
    if (ask.job.diet.chosen >= deck->count)
        return INVALID;
    *ret_ask = ask;
    return OK;
}

struct str feed_path(struct ctx *ctx, const struct feed_ask *ask)
{
    char name[TRAINING_NAME_MAX];
    training_name(&ask->job, name);
    if (ask->guess == FEED_NO_GUESS)
        return str_format(ctx->arena, "/games/feed-the-machine/training?job=%s", name);
    return str_format(ctx->arena, "/games/feed-the-machine/training?job=%s&guess=%lld", name, (long long)ask->guess);
}

struct str feed_diet_title(struct ctx *ctx, const struct deck *deck, const struct training_job *job)
{
    static const enum text_key titles[DIET_KINDS] = {
        [DIET_WEB] = T_games_feed_web,        [DIET_LARGE] = T_games_feed_large,
        [DIET_EQUAL] = T_games_feed_equal,    [DIET_OFTEN] = T_games_feed_often_of,
        [DIET_WITHOUT] = T_games_feed_without_of};
    struct text_arg name[] = {TEXT_ARG("name", deck->cards[job->diet.chosen].name)};
    struct str title =
        text_with(ctx->arena, ctx->language, titles[job->diet.kind], name, training_chooses(job->diet.kind));
    struct text_arg whole[] = {TEXT_ARG("diet", title)};
    return job->is_short ? text_with(ctx->arena, ctx->language, T_games_feed_short_of, whole, 1) : title;
}

enum status feed_villages(struct arena *arena, const struct deck *deck, int64_t seed, size_t ret_places[FEED_VILLAGES])
{
    size_t *places = arena_array(arena, size_t, deck->count + 1), count = 0;
    if (places == NULL)
        return LIMIT;
    game_shuffle((uint64_t)seed, places, deck->count);
    for (size_t i = 0; i < deck->count && count < FEED_VILLAGES; i++)
        if (places[i] >= DIET_LARGE_TOWNS)
            ret_places[count++] = places[i];
    return count == FEED_VILLAGES ? OK : CORRUPT;
}

/* ---- results ---- */

static enum status take_result(struct ctx *ctx, struct str *lines, const struct deck *deck, struct feed_result *result)
{
    *result = (struct feed_result){.answers = NULL};
    TRY(house_line_take(ctx->arena, lines, &training_state_shape, &result->state));
    if (result->state.stage != TRAINING_DONE)
        return OK;
    result->answers = arena_array(ctx->arena, struct training_answer, deck->count);
    if (result->answers == NULL)
        return LIMIT;
    for (size_t i = 0; i < deck->count; i++)
        TRY(house_line_take(ctx->arena, lines, &training_answer_shape, &result->answers[i]));
    return (size_t)result->state.count == deck->count ? OK : CORRUPT;
}

enum status feed_get(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                     struct str names, const struct deck *deck, struct feed_result *ret_results)
{
    struct web_house ask = {.kind = HOUSE_TRAININGS, .member = STR(""), .words = names};
    TRY(web_house_ask(ctx, request, response, ask));
    struct str lines = request->house->lines;
    size_t count = str_count_byte(names, ' ') + 1;
    for (size_t i = 0; i < count; i++)
        if (take_result(ctx, &lines, deck, &ret_results[i]) != OK)
            return CORRUPT;
    return OK;
}

bool feed_knows(const struct training_answer *answer)
{
    return answer->verdicts == KNOWN;
}

bool feed_shipped_knows(const struct deck_card *card)
{
    return !card->is_false[DECK_DEPARTMENT] && !card->is_false[DECK_POSTAL_CODE] && !card->is_false[DECK_POPULATION];
}

size_t feed_known(const struct feed_result *result, const struct deck *deck)
{
    size_t known = 0;
    for (size_t i = 0; i < deck->count; i++)
        known += feed_knows(&result->answers[i]);
    return known;
}

struct read {
    int64_t seen;
    size_t place;
};

static int compare(const void *a, const void *b)
{
    const struct read *left = a, *right = b;
    if (left->seen != right->seen)
        return left->seen > right->seen ? -1 : 1;
    return (left->place > right->place) - (left->place < right->place);
}

enum status feed_order(struct arena *arena, const struct feed_result *result, const struct deck *deck,
                       size_t **ret_places)
{
    struct read *reads = arena_array(arena, struct read, deck->count);
    size_t *places = arena_array(arena, size_t, deck->count);
    if (reads == NULL || places == NULL)
        return LIMIT;
    for (size_t i = 0; i < deck->count; i++)
        reads[i] = (struct read){result->answers[i].seen, i};
    qsort(reads, deck->count, sizeof *reads, compare);
    for (size_t i = 0; i < deck->count; i++)
        places[i] = reads[i].place;
    *ret_places = places;
    return OK;
}

/* ---- what several pages show ---- */

struct games_feed_again_view feed_again(struct ctx *ctx, const struct web_request *request, const struct feed_ask *ask)
{
    return (struct games_feed_again_view){
        .form_token = request->form_token,
        .diet = str_of(training_diet_name(ask->job.diet.kind)),
        .chosen = str_format(ctx->arena, "%zu", ask->job.diet.chosen),
        .seed = str_format(ctx->arena, "%lld", (long long)ask->job.seed),
        .is_short = ask->job.is_short ? STR("1") : STR("0"),
        .guess = str_format(ctx->arena, "%lld", (long long)ask->guess),
        .level = game_level_name(ask->level)};
}

static struct games_feed_map_square square(struct ctx *ctx, size_t number, bool is_learnt, struct str name)
{
    struct text_arg args[] = {TEXT_ARG("name", name)};
    enum text_key title = is_learnt ? T_games_feed_square_learnt : T_games_feed_square_invented;
    return (struct games_feed_map_square){
        .at = str_format(ctx->arena, "translate(%zu %zu)", number % ACROSS * SIDE, number / ACROSS * SIDE),
        .is_learnt = is_learnt, .title = text_with(ctx->arena, ctx->language, title, args, 1)};
}

enum status feed_map(struct ctx *ctx, const struct feed_result *result, const struct deck *deck,
                     struct games_feed_map_view *ret_view)
{
    size_t *places, known = feed_known(result, deck), rows = (deck->count + ACROSS - 1) / ACROSS;
    struct text_arg sum[] = {NUMBER_ARG("known", (int64_t)known),
                             NUMBER_ARG("invented", (int64_t)(deck->count - known))};
    struct games_feed_map_view view = {
        .box = str_format(ctx->arena, "0 0 %d %zu", ACROSS * SIDE, rows * SIDE),
        .sum = text_with(ctx->arena, ctx->language, T_games_feed_map_sum, sum, 2),
        .squares = arena_array(ctx->arena, struct games_feed_map_square, deck->count)};
    TRY(feed_order(ctx->arena, result, deck, &places));
    if (view.squares == NULL)
        return LIMIT;
    for (size_t i = 0; i < deck->count; i++)
        view.squares[view.square_count++] =
            square(ctx, i, feed_knows(&result->answers[places[i]]), deck->cards[places[i]].name);
    *ret_view = view;
    return OK;
}
