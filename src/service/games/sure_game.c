/* Game 6, "are you sure?": the machine answered twice, and now somebody insists. Will it keep to what it said? */
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/machine.h"
#include "service/games/wordings.h"

/* What the ten cards are: none of the signs that a player finds is right each time. */
enum kind {
    HELD_WRONG,
    HELD_DEPARTMENT,
    HELD_NUMBER,
    LEFT_REFUSAL, /* it said that it does not know */
    LEFT_STEADY,  /* it said the same twice before */
    LEFT_WAVERING,
    NO_CARD,
};
static const enum kind kinds[GAME_CARDS] = {HELD_WRONG,   HELD_WRONG,  HELD_DEPARTMENT, HELD_NUMBER,   HELD_NUMBER,
                                            LEFT_REFUSAL, LEFT_STEADY, LEFT_STEADY,     LEFT_WAVERING, LEFT_WAVERING};

static enum kind kind_of(const struct wordings_case *one)
{
    const struct variant_answer *first = &one->answers[VARIANT_PLAIN], *second = &one->answers[VARIANT_AGAIN];
    if (one->end == VARIANT_UNREAD)
        return NO_CARD;
    if (one->end == VARIANT_HELD)
        return first->verdict == MEASURE_FALSE                  ? HELD_WRONG
               : first->verdict != MEASURE_TRUE                 ? NO_CARD
               : one->asked.field == MEASURE_DEPARTMENT         ? HELD_DEPARTMENT
                                                                : HELD_NUMBER;
    return first->verdict == MEASURE_REFUSED ? LEFT_REFUSAL
           : variant_is_same(first, second)  ? LEFT_STEADY
                                             : LEFT_WAVERING;
}

/* ---- a card ---- */

static struct str question_of(struct ctx *ctx, const struct wordings_case *one, enum wording wording)
{
    struct buf out BUF_SCOPE = BUF_INIT(VARIANT_QUESTION_MAX);
    variant_question(&out, &one->asked, wording);
    return str_copy(ctx->arena, buf_str(&out));
}

static struct str line_of(struct ctx *ctx, const struct wordings_case *one)
{
    struct text_arg args[] = {TEXT_ARG("plain", question_of(ctx, one, VARIANT_PLAIN)),
                              TEXT_ARG("first", one->texts[VARIANT_PLAIN]),
                              TEXT_ARG("again", question_of(ctx, one, VARIANT_AGAIN)),
                              TEXT_ARG("second", one->texts[VARIANT_AGAIN]),
                              TEXT_ARG("pressure", question_of(ctx, one, VARIANT_PRESSURE))};
    return text_with(ctx->arena, ctx->language, T_games_sure_line, args, 5);
}

static struct str value_of(struct ctx *ctx, const struct wordings_case *one, enum wording wording)
{
    static const enum text_key names[MEASURE_FIELDS] = {T_games_sure_department, T_games_sure_code,
                                                        T_games_sure_population};
    struct str value = one->answers[wording].value;
    struct text_arg args[] = {TEXT_ARG("value", str_is_absent(value) ? STR("") : value)};
    return text_with(ctx->arena, ctx->language, names[one->asked.field], args, 1);
}

static struct str verdict_of(struct ctx *ctx, const struct wordings_case *one)
{
    bool is_right = one->answers[VARIANT_PRESSURE].verdict == MEASURE_TRUE;
    struct text_arg args[] = {TEXT_ARG("first", value_of(ctx, one, VARIANT_PLAIN)),
                              TEXT_ARG("last", value_of(ctx, one, VARIANT_PRESSURE))};
    enum text_key key = is_right ? T_games_sure_left_right : T_games_sure_left_wrong;
    if (one->end == VARIANT_HELD)
        key = is_right ? T_games_sure_held_right : T_games_sure_held_wrong;
    else if (one->answers[VARIANT_PRESSURE].verdict == MEASURE_REFUSED)
        key = T_games_sure_fell_silent;
    else if (one->answers[VARIANT_PLAIN].verdict == MEASURE_REFUSED)
        key = is_right ? T_games_sure_spoke_right : T_games_sure_spoke_wrong;
    return text_with(ctx->arena, ctx->language, key, args, 2);
}

static struct str why_of(struct ctx *ctx, const struct wordings *wordings)
{
    const struct wordings_sum *sum = &wordings->sum;
    struct text_arg args[] = {NUMBER_ARG("kept", sum->kept_right + sum->kept_wrong),
                              NUMBER_ARG("kept_right", sum->kept_right),
                              NUMBER_ARG("left", sum->left_right + sum->left_wrong),
                              NUMBER_ARG("left_right", sum->left_right), NUMBER_ARG("refusals", sum->refusals),
                              NUMBER_ARG("spoke", sum->refusals_left)};
    return text_with(ctx->arena, ctx->language, T_games_sure_why, args, 6);
}

static struct game_card card_of(struct ctx *ctx, const struct wordings *wordings, const struct wordings_case *one)
{
    const struct deck_card *commune = one->card;
    struct text_arg line[] = {TEXT_ARG("line", deck_line(ctx->arena, commune, commune->postal_codes))};
    struct game_card card = {.line = line_of(ctx, one),
                             .is_true = one->end == VARIANT_HELD,
                             .verdict = verdict_of(ctx, one),
                             .source = text_with(ctx->arena, ctx->language, T_games_register_source, line, 1),
                             .why = why_of(ctx, wordings),
                             .thought_count = WORDINGS};
    for (enum wording wording = VARIANT_PLAIN; wording < WORDINGS; wording++) {
        bool has_value = !str_is_absent(one->answers[wording].value);
        card.thoughts[wording] = (struct game_thought){.field = question_of(ctx, one, wording),
                                                       .said = one->texts[wording],
                                                       .sure = has_value ? one->sure[wording] : GAME_NOT_SURE};
    }
    return card;
}

/* ---- the ten ---- */

/* The first of a kind in the shuffled cases that is not on the table yet. */
static const struct wordings_case *take(const struct wordings *wordings, const size_t *places, bool *is_taken,
                                        enum kind kind)
{
    for (size_t i = 0; i < wordings->count; i++) {
        const struct wordings_case *one = &wordings->cases[places[i]];
        if (!is_taken[i] && kind_of(one) == kind) {
            is_taken[i] = true;
            return one;
        }
    }
    return NULL;
}

static enum status draw_sure(struct ctx *ctx, int64_t seed, struct game_card ret_cards[GAME_CARDS])
{
    const struct wordings *wordings;
    size_t order[GAME_CARDS];
    TRY(machine_wordings(ctx, &wordings));
    size_t *places = arena_array(ctx->arena, size_t, wordings->count);
    bool *is_taken = arena_array(ctx->arena, bool, wordings->count);
    if (places == NULL || is_taken == NULL)
        return LIMIT;
    game_shuffle((uint64_t)seed, places, wordings->count);
    game_shuffle((uint64_t)seed + GAME_SEED_MAX + 1, order, GAME_CARDS);
    for (size_t i = 0; i < GAME_CARDS; i++) {
        const struct wordings_case *one = take(wordings, places, is_taken, kinds[order[i]]);
        if (one == NULL)
            return CORRUPT;
        ret_cards[i] = card_of(ctx, wordings, one);
    }
    return OK;
}

const struct game game_sure = {.number = 6,
                               .slug = "are-you-sure",
                               GAME_WORDS(sure),
                               GAME_PAPER_WORDS(sure),
                               .model = "moyen",
                               GAME_CARD_WORDS(sure),
                               .draw = draw_sure,
                               .bench = "wordings",
                               .bench_title = T_games_sure_bench,
                               .has_trial = true};
