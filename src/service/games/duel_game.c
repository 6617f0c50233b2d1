/* Game 7, "the duel of sources": two lines about one commune, one invented, one of the register; then the sources. */
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/machine.h"

/* What the machine invents of this commune, in the register's form; a true card has no such line. */
static bool invents(const struct deck_card *card)
{
    return (card->is_false[DECK_POSTAL_CODE] || card->is_false[DECK_POPULATION]) && deck_is_formed(card);
}

static enum status make_card(struct ctx *ctx, const struct deck_card *card, bool is_right_second,
                             struct game_card *ret_card)
{
    struct str codes = card->postal_codes;
    struct str real = deck_line(ctx->arena, card, str_cut(&codes, ' '));
    struct str made = str_format(ctx->arena, "%.*s : %.*s", STR_ARG(card->name), STR_ARG(card->said));
    struct text_arg both[] = {TEXT_ARG("a", is_right_second ? made : real),
                              TEXT_ARG("b", is_right_second ? real : made)};
    struct text_arg source[] = {TEXT_ARG("line", deck_line(ctx->arena, card, card->postal_codes))};
    struct text_arg seen[] = {NUMBER_ARG("count", card->seen)};
    *ret_card = (struct game_card){
        .line = text_with(ctx->arena, ctx->language, T_games_duel_line, both, 2),
        .is_true = is_right_second,
        .verdict = text_of(ctx->language, is_right_second ? T_games_duel_second : T_games_duel_first),
        .source = text_with(ctx->arena, ctx->language, T_games_register_source, source, 1),
        .why = text_with(ctx->arena, ctx->language, T_games_why_seen, seen, 1)};
    game_add_thoughts(ctx, card, ret_card);
    return OK;
}

static enum status draw_cards(struct ctx *ctx, int64_t seed, struct game_card ret_cards[GAME_CARDS])
{
    struct machine *machine;
    size_t order[GAME_CARDS], count = 0;
    TRY(machine_get(ctx, MACHINE_NANO, &machine));
    size_t *places = arena_array(ctx->arena, size_t, machine->deck.count + 1);
    if (places == NULL)
        return LIMIT;
    game_shuffle((uint64_t)seed, places, machine->deck.count);
    game_shuffle((uint64_t)seed + 1, order, GAME_CARDS);
    for (size_t i = 0; i < machine->deck.count && count < GAME_CARDS; i++) {
        const struct deck_card *card = &machine->deck.cards[places[i]];
        if (!invents(card))
            continue;
        TRY(make_card(ctx, card, order[count] < GAME_CARDS / 2, &ret_cards[count]));
        count++;
    }
    return count == GAME_CARDS ? OK : CORRUPT;
}

const struct game game_duel = {
    .number = 7, .slug = "duel-of-sources", GAME_WORDS(duel), GAME_CARD_WORDS(duel), .draw = draw_cards,
    GAME_PAPER_WORDS(duel), .model = "nano", .has_trial = true};
