/* The cards of game 4: what nano read on a diet, and how often one commune stood in it. Will it know? Results of five
 * trainings come with the program (meals.h); the register judged them. */
#include "language/model/measure.h"
#include "service/games/feed/feed.h"
#include "service/games/games_service.h"
#include "service/games/feed/meals.h"
#include "service/games/lang.h"

/* Meals by their place in the file. */
enum { LITTLE_WEB, WEB, LARGE, LITTLE_EQUAL, EQUAL, MEALS };
enum { FEW = 4, SOME = 31, ANY = INT32_MAX };

/* A kind of card: of these meals, a commune read so often, known or not; of those read longer, what it said after a
 * shorter meal of the same diet, and that was wrong. */
static const struct kind {
    unsigned meals; /* 1 << place */
    int32_t from, to;
    bool is_true, is_longer;
} kinds[GAME_CARDS] = {
    {1 << WEB, FEW, SOME - 1, true, false},
    {1 << WEB | 1 << LARGE, SOME, ANY, true, false},
    {1 << EQUAL, SOME, ANY, true, false},
    {1 << LARGE | 1 << LITTLE_EQUAL | 1 << LITTLE_WEB, 0, SOME - 1, true, false}, /* against all odds */
    {1 << WEB | 1 << EQUAL, FEW, ANY, true, true},
    {1 << WEB, FEW, SOME - 1, false, false},
    {1 << EQUAL, SOME, ANY, false, false},
    {1 << LITTLE_WEB, SOME, ANY, false, false},
    {1 << LARGE, 0, 0, false, false},
    {1 << WEB | 1 << EQUAL, FEW, ANY, false, true},
};

/* Departments are left out: all lie in the Loiret. */
static const enum deck_field fields[] = {DECK_POSTAL_CODE, DECK_POPULATION};
enum { FIELDS = sizeof fields / sizeof fields[0] };

struct drawing {
    struct ctx *ctx;
    const struct table *table;
    const struct deck *deck;
    const struct meals *meals;
    size_t *places; /* shuffled: a rank, a meal and a field */
    size_t ranks[GAME_CARDS];
    size_t count;
};

struct guess {
    size_t meal, rank;
    enum deck_field field;
};

/* ---- words ---- */

static struct str menu_of(const struct drawing *drawing, size_t meal)
{
    struct ctx *ctx = drawing->ctx;
    struct training_job job = drawing->meals->of[meal].job;
    struct text_arg args[] = {TEXT_ARG("diet", STR("")), NUMBER_ARG("steps", (int64_t)training_steps(&job))};
    job.is_short = false; /* its title says so too */
    args[0].text = feed_diet_title(ctx, drawing->deck, &job);
    return text_with(ctx->arena, ctx->language, T_games_feed_card_menu, args, 2);
}

static struct str times_of(struct ctx *ctx, int64_t seen)
{
    struct text_arg count[] = {NUMBER_ARG("count", seen)};
    return seen == 0 ? text_of(ctx->language, T_games_feed_card_never)
                     : text_with(ctx->arena, ctx->language, T_games_feed_card_times, count, 1);
}

static const struct meal_answer *answer_of(const struct drawing *drawing, const struct guess *guess)
{
    return &drawing->meals->of[guess->meal].answers[guess->rank];
}

/* The shorter meal of the same diet stands before the longer. */
static const struct meal_answer *before(const struct drawing *drawing, const struct guess *guess)
{
    return &drawing->meals->of[guess->meal - 1].answers[guess->rank];
}

static struct str line_of(const struct drawing *drawing, const struct guess *guess, bool is_longer)
{
    struct ctx *ctx = drawing->ctx;
    const struct deck_card *card = &drawing->deck->cards[guess->rank];
    struct str codes = card->postal_codes;
    bool is_code = guess->field == DECK_POSTAL_CODE;
    enum text_key asked = is_code ? T_games_feed_card_asked_code : T_games_feed_card_asked_population;
    struct text_arg args[] = {TEXT_ARG("menu", menu_of(drawing, guess->meal - is_longer)),
                              TEXT_ARG("name", card->name), TEXT_ARG("people", card->population),
                              TEXT_ARG("code", str_cut(&codes, ' ')),
                              TEXT_ARG("times", times_of(ctx, answer_of(drawing, guess)->seen)),
                              TEXT_ARG("before", is_longer ? before(drawing, guess)->said : STR("")),
                              TEXT_ARG("asked", text_of(ctx->language, asked))};
    enum text_key line = is_longer ? T_games_feed_card_again
                         : is_code ? T_games_feed_card_code
                                   : T_games_feed_card_population;
    return text_with(ctx->arena, ctx->language, line, args, sizeof args / sizeof args[0]);
}

/* Of the field that was asked; the others may be wrong. */
static struct str verdict_of(const struct drawing *drawing, const struct guess *guess)
{
    struct ctx *ctx = drawing->ctx;
    const struct meal_answer *answer = answer_of(drawing, guess);
    const struct deck_card *card = &drawing->deck->cards[guess->rank];
    struct text_arg codes[] = {TEXT_ARG("codes", card->postal_codes)}, count[] = {TEXT_ARG("count", card->population)};
    struct str right =
        guess->field == DECK_POSTAL_CODE
            ? text_with(ctx->arena, ctx->language, T_games_unsure_code_right, codes, 1)
            : text_with(ctx->arena, ctx->language, T_games_unsure_population_right, count, 1);
    bool is_right = answer->is_true[guess->field];
    struct text_arg args[] = {TEXT_ARG("said", answer->said),
                              TEXT_ARG("verdict", is_right ? right : game_wrong(ctx, card, guess->field))};
    return text_with(ctx->arena, ctx->language, T_games_feed_card_verdict, args, 2);
}

/* How it fared with all communes that the same meal has as often. */
static struct str why_of(const struct drawing *drawing, const struct guess *guess)
{
    static const enum text_key names[MEASURE_BUCKETS] = {T_games_feed_seen0, T_games_feed_seen1, T_games_feed_seen2,
                                                         T_games_feed_seen3, T_games_feed_seen4};
    struct ctx *ctx = drawing->ctx;
    const struct meal *meal = &drawing->meals->of[guess->meal];
    size_t bucket = measure_bucket((uint32_t)meal->answers[guess->rank].seen);
    int64_t all = 0, right = 0;
    for (size_t i = 0; i < drawing->deck->count; i++)
        if (measure_bucket((uint32_t)meal->answers[i].seen) == bucket) {
            all++;
            right += meal->answers[i].is_true[guess->field];
        }
    struct text_arg args[] = {NUMBER_ARG("all", all), NUMBER_ARG("right", right),
                              TEXT_ARG("bucket", text_of(ctx->language, names[bucket]))};
    return text_with(ctx->arena, ctx->language,
                     bucket == 0 ? T_games_feed_card_why_never : T_games_feed_card_why, args, 3);
}

static void add_meals(const struct drawing *drawing, const struct guess *guess, struct game_card *card)
{
    struct ctx *ctx = drawing->ctx;
    for (size_t i = 0; i < drawing->meals->count && i < GAME_THOUGHTS_MAX; i++) {
        const struct meal_answer *answer = &drawing->meals->of[i].answers[guess->rank];
        card->thoughts[card->thought_count++] =
            (struct game_thought){.field = str_format(ctx->arena, "%.*s (%.*s)", STR_ARG(menu_of(drawing, i)),
                                                      STR_ARG(times_of(ctx, answer->seen))),
                                  .said = answer->said, .sure = GAME_NOT_SURE};
    }
}

/* ---- which ---- */

static bool is_new(const struct drawing *drawing, size_t rank)
{
    for (size_t i = 0; i < drawing->count; i++)
        if (drawing->ranks[i] == rank)
            return false;
    return true;
}

/* No other commune may bear its name, or the line of the register below would not tell. */
static bool fits(const struct drawing *drawing, const struct guess *guess, const struct kind *kind)
{
    if ((kind->meals >> guess->meal & 1) == 0 || !is_new(drawing, guess->rank) ||
        !table_is_alone(drawing->table, drawing->deck->cards[guess->rank].name))
        return false;
    const struct meal_answer *answer = answer_of(drawing, guess);
    if (kind->is_longer && !before(drawing, guess)->is_false[guess->field])
        return false;
    return answer->seen >= kind->from && answer->seen <= kind->to &&
           (kind->is_true ? answer->is_true : answer->is_false)[guess->field];
}

static enum status draw_one(struct drawing *drawing, const struct kind *kind, struct game_card *card)
{
    size_t ranks = drawing->deck->count, count = ranks * MEALS * FIELDS;
    for (size_t i = 0; i < count; i++) {
        size_t place = drawing->places[i];
        struct guess guess = {place / ranks % MEALS, place % ranks, fields[place / ranks / MEALS]};
        if (!fits(drawing, &guess, kind))
            continue;
        drawing->ranks[drawing->count++] = guess.rank;
        *card = (struct game_card){.line = line_of(drawing, &guess, kind->is_longer), .is_true = kind->is_true,
                                   .verdict = verdict_of(drawing, &guess),
                                   .source = game_register_source(drawing->ctx, &drawing->deck->cards[guess.rank]),
                                   .why = why_of(drawing, &guess)};
        add_meals(drawing, &guess, card);
        return OK;
    }
    return CORRUPT;
}

enum status game_feed_draw(struct ctx *ctx, int64_t seed, struct game_card ret_cards[GAME_CARDS])
{
    struct drawing drawing = {.ctx = ctx};
    size_t order[GAME_CARDS];
    TRY(machine_deck(ctx, MACHINE_NANO, &drawing.deck));
    TRY(machine_table(ctx, &drawing.table));
    TRY(machine_meals(ctx, &drawing.meals));
    if (drawing.meals->count != MEALS)
        return CORRUPT;
    size_t count = drawing.deck->count * MEALS * FIELDS;
    drawing.places = arena_array(ctx->arena, size_t, count);
    if (drawing.places == NULL)
        return LIMIT;
    game_shuffle((uint64_t)seed, drawing.places, count);
    game_shuffle((uint64_t)seed + GAME_SEED_MAX + 1, order, GAME_CARDS);
    for (size_t i = 0; i < GAME_CARDS; i++)
        TRY(draw_one(&drawing, &kinds[order[i]], &ret_cards[i]));
    return OK;
}
