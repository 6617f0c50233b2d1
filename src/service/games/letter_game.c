/* The cards of game 2: a line of the register, cut somewhere, and a letter. Is it the one the machine would bet on?
 * Truth is computed here: nano's exact probabilities after each letter. */
#include "base/seeded.h"
#include "service/games/dealt.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/machine.h"

enum { PLACES_MAX = 64, TRIES_MAX = 30, BETS = GAME_THOUGHTS_MAX, CODE_LEN = 5, CODE_KNOWN = 2, SURE_PER_CENT = 60 };

/* Where the line can be cut, and what the machine bets there. */
struct place {
    size_t at;
    struct sampler_choice bets[BETS];
};

struct drawing {
    struct ctx *ctx;
    struct machine *machine;
    struct seeded seeded;
    struct sampler_choice *choices; /* of all pieces */
    struct place places[PLACES_MAX];
    size_t count;
};

/* A line's parts that are asked about: a name after its first letter; of a postal code what does not follow from the
 * department, and the population. */
static bool is_asked(struct str name, struct str line, size_t at, bool is_fact)
{
    if (at >= line.len || ((unsigned char)line.at[at] & 0xC0) == 0x80)
        return false;
    if (!is_fact)
        return at > 1 && at < name.len;
    size_t code = str_find(line, STR("), ")) + 3;
    return at >= code + CODE_KNOWN && at != code + CODE_LEN && ascii_is_digit(line.at[at]);
}

/* The second bet is worth a thought, and the first is clearly before it. */
static bool is_open(const struct machine *machine, const struct sampler_choice *choices)
{
    for (size_t i = 0; i < BETS; i++)
        if (str_eq(machine->model.pieces.texts[choices[i].token], STR("\n")))
            return false;
    return choices[1].probability >= 0.02 && choices[0].probability >= 1.25 * choices[1].probability;
}

static enum status find_places(struct drawing *drawing, struct str name, struct str line, bool is_fact)
{
    struct machine *machine = drawing->machine;
    drawing->count = 0;
    TRY(machine_hear(machine, STR("")));
    for (size_t at = 0, from = 0; at < (is_fact ? line.len : name.len); at++) {
        if (!is_asked(name, line, at, is_fact) || drawing->count == PLACES_MAX)
            continue;
        TRY(speaker_hear_text(machine->speaker, str_slice(line, from, at)));
        from = at;
        struct place *place = &drawing->places[drawing->count];
        if (speaker_choices(machine->speaker, 1, drawing->choices, machine->model.pieces.count) < BETS)
            return CORRUPT;
        place->at = at;
        memcpy(place->bets, drawing->choices, sizeof place->bets);
        drawing->count += is_open(machine, place->bets);
    }
    return OK;
}

/* ---- a card ---- */

static struct str shown(const struct drawing *drawing, const struct sampler_choice *bet)
{
    struct str piece = drawing->machine->model.pieces.texts[bet->token];
    return str_eq(piece, STR(" ")) ? text_of(drawing->ctx->language, T_games_letter_space) : piece;
}

static int per_cent(const struct sampler_choice *bet)
{
    return (int)(bet->probability * 100 + 0.5);
}

static void add_bets(const struct drawing *drawing, const struct place *place, struct game_card *card)
{
    struct ctx *ctx = drawing->ctx;
    for (card->thought_count = 0; card->thought_count < BETS; card->thought_count++) {
        const struct sampler_choice *bet = &place->bets[card->thought_count];
        struct text_arg rank[] = {NUMBER_ARG("rank", (int64_t)card->thought_count + 1)};
        card->thoughts[card->thought_count] =
            (struct game_thought){.field = text_with(ctx->arena, ctx->language, T_games_letter_card_choice, rank, 1),
                                  .said = shown(drawing, bet),
                                  .sure = per_cent(bet)};
    }
}

static void make_card(const struct drawing *drawing, const struct place *place, struct str line, bool is_fact,
                      struct game_card *card)
{
    struct ctx *ctx = drawing->ctx;
    struct text_arg asked[] = {TEXT_ARG("text", str_slice(line, 0, place->at)),
                               TEXT_ARG("letter", shown(drawing, &place->bets[!card->is_true]))};
    struct text_arg best[] = {TEXT_ARG("letter", shown(drawing, &place->bets[0])),
                              NUMBER_ARG("share", per_cent(&place->bets[0]))};
    enum text_key verdict = best[1].number >= SURE_PER_CENT ? T_games_letter_card_sure : T_games_letter_card_hesitates;
    card->line = text_with(ctx->arena, ctx->language, T_games_letter_card_line, asked, 2);
    card->verdict = text_with(ctx->arena, ctx->language, verdict, best, 2);
    card->source = text_of(ctx->language, T_games_letter_card_source);
    card->why = text_of(ctx->language, is_fact ? T_games_letter_card_fact : T_games_letter_card_name);
    add_bets(drawing, place, card);
}

/* Of a commune drawn, until one has an open place. */
static enum status draw_one(struct drawing *drawing, bool is_fact, struct game_card *card)
{
    const struct deck *deck = &drawing->machine->deck;
    for (int tries = 0; tries < TRIES_MAX; tries++) {
        const struct deck_card *commune = &deck->cards[seeded_below(&drawing->seeded, deck->count)];
        struct str codes = commune->postal_codes;
        struct str line = deck_line(drawing->ctx->arena, commune, str_cut(&codes, ' '));
        if (line.len > MACHINE_TEXT_MAX)
            continue;
        TRY(find_places(drawing, commune->name, line, is_fact));
        if (drawing->count == 0)
            continue;
        make_card(drawing, &drawing->places[seeded_below(&drawing->seeded, drawing->count)], line, is_fact, card);
        return OK;
    }
    return CORRUPT;
}

static enum status draw_anew(struct ctx *ctx, int64_t seed, struct game_card ret_cards[GAME_CARDS])
{
    struct drawing drawing = {.ctx = ctx, .seeded = {(uint64_t)seed}};
    size_t truths[GAME_CARDS];
    TRY(machine_get(ctx, MACHINE_NANO, &drawing.machine));
    drawing.choices = arena_array(ctx->arena, struct sampler_choice, drawing.machine->model.pieces.count);
    if (drawing.choices == NULL)
        return LIMIT;
    game_shuffle((uint64_t)seed, truths, GAME_CARDS);
    for (size_t i = 0; i < GAME_CARDS; i++) {
        ret_cards[i] = (struct game_card){.is_true = truths[i] < GAME_CARDS / 2};
        TRY(draw_one(&drawing, i % 2 == 1, &ret_cards[i]));
    }
    return OK;
}

enum status game_letter_draw(struct ctx *ctx, int64_t seed, struct game_card ret_cards[GAME_CARDS])
{
    struct dealt_key key = {.game = &game_letter, .seed = seed, .language = ctx->language};
    return dealt_draw(ctx, &key, draw_anew, ret_cards);
}
