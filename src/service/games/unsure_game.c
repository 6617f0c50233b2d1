/* Game 5, "learning to say I do not know": what the machine says of one field, with its own probability of it. */
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/machine.h"
#include "service/games/unsure.h"

enum { BAND = 20 /* per cent: cards as sure as this one, for comparison */ };

/* Departments are left out: of the Loiret's communes the machine says none falsely. */
static const enum deck_field fields[] = {DECK_POSTAL_CODE, DECK_POPULATION};
enum { FIELDS = sizeof fields / sizeof fields[0] };

static struct str line_of(struct ctx *ctx, const struct deck_card *card, enum deck_field field)
{
    struct text_arg args[] = {TEXT_ARG("name", card->name), TEXT_ARG("said", unsure_said(card, field)),
                              NUMBER_ARG("sure", card->sure[field])};
    return text_with(ctx->arena, ctx->language,
                     field == DECK_POPULATION ? T_games_unsure_population : T_games_unsure_code, args, 3);
}

static struct str verdict_of(struct ctx *ctx, const struct deck_card *card, enum deck_field field)
{
    static const enum text_key keys[FIELDS][2] = {{T_games_unsure_code_right, T_games_wrong_code},
                                                  {T_games_unsure_population_right, T_games_wrong_population}};
    struct text_arg args[] = {TEXT_ARG("codes", card->postal_codes), TEXT_ARG("count", card->population)};
    bool is_population = field == DECK_POPULATION;
    return text_with(ctx->arena, ctx->language, keys[is_population][card->is_false[field]], &args[is_population], 1);
}

/* Is it right when it is as sure as that? Counted over all its answers to such questions. */
static struct str why_of(struct ctx *ctx, const struct unsure *unsure, enum deck_field field, int sure)
{
    int low = sure / BAND * BAND, high = low + BAND;
    if (low >= UNSURE_SURE_MAX)
        low = UNSURE_SURE_MAX - BAND, high = UNSURE_SURE_MAX;
    struct unsure_sum from = unsure_at(unsure, field, low), to = unsure_at(unsure, field, high);
    if (high == UNSURE_SURE_MAX)
        to = (struct unsure_sum){0};
    int64_t right = from.given_right - to.given_right, all = right + from.given_wrong - to.given_wrong;
    struct text_arg args[] = {NUMBER_ARG("low", low), NUMBER_ARG("high", high), NUMBER_ARG("all", all),
                              NUMBER_ARG("right", right)};
    return text_with(ctx->arena, ctx->language, T_games_unsure_why, args, 4);
}

static struct game_card card_of(struct ctx *ctx, const struct unsure *unsure, const struct deck_card *card,
                                enum deck_field field)
{
    struct text_arg line[] = {TEXT_ARG("line", deck_line(ctx->arena, card, card->postal_codes))};
    return (struct game_card){.line = line_of(ctx, card, field),
                              .is_true = !card->is_false[field],
                              .verdict = verdict_of(ctx, card, field),
                              .source = text_with(ctx->arena, ctx->language, T_games_register_source, line, 1),
                              .why = why_of(ctx, unsure, field, card->sure[field])};
}

/* The first of the shuffled answers, as many right as wrong; of one commune one field, so that cards do not repeat. */
static enum status draw_unsure(struct ctx *ctx, int64_t seed, struct game_card ret_cards[GAME_CARDS])
{
    struct machine *machine;
    struct unsure unsure;
    size_t count = 0, rights = 0;
    TRY(machine_get(ctx, MACHINE_NANO, &machine));
    const struct deck *deck = &machine->deck;
    size_t *places = arena_array(ctx->arena, size_t, deck->count + 1);
    if (places == NULL)
        return LIMIT;
    unsure_count(deck, &unsure);
    game_shuffle((uint64_t)seed, places, deck->count);
    for (size_t i = 0; i < deck->count && count < GAME_CARDS; i++) {
        const struct deck_card *card = &deck->cards[places[i]];
        enum deck_field field = fields[(places[i] + (size_t)seed) % FIELDS];
        bool is_right = !card->is_false[field];
        if (!deck_is_formed(card) || (is_right ? rights : count - rights) == GAME_CARDS / 2)
            continue;
        rights += is_right;
        ret_cards[count++] = card_of(ctx, &unsure, card, field);
    }
    return count == GAME_CARDS ? OK : CORRUPT;
}

const struct game game_unsure = {.number = 5,
                                 .slug = "dont-know",
                                 GAME_WORDS(unsure),
                                 GAME_CARD_WORDS(unsure),
                                 GAME_PAPER_WORDS(unsure),
                                 .model = "nano",
                                 .draw = draw_unsure,
                                 .bench = "threshold",
                                 .bench_title = T_games_unsure_bench};
