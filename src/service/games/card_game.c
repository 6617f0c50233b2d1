/* Game 1, "true or invented?": lines of the register and lines of the machine, of exactly the same form. */
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/machine.h"

struct str game_wrong(struct ctx *ctx, const struct deck_card *card, enum deck_field field)
{
    static const enum text_key keys[] = {T_games_wrong_department, T_games_wrong_code, T_games_wrong_population};
    const struct text_arg args[] = {TEXT_ARG("name", card->department_name), TEXT_ARG("codes", card->postal_codes),
                                    TEXT_ARG("count", card->population)};
    return text_with(ctx->arena, ctx->language, keys[field], &args[field], 1);
}

static struct str wrong_of(struct ctx *ctx, const struct deck_card *card)
{
    enum deck_field field = card->is_false[DECK_DEPARTMENT]    ? DECK_DEPARTMENT
                            : card->is_false[DECK_POSTAL_CODE] ? DECK_POSTAL_CODE
                                                               : DECK_POPULATION;
    return game_wrong(ctx, card, field);
}

struct str game_register_source(struct ctx *ctx, const struct deck_card *card)
{
    struct text_arg line[] = {TEXT_ARG("line", deck_line(ctx->arena, card, card->postal_codes))};
    return text_with(ctx->arena, ctx->language, T_games_register_source, line, 1);
}

void game_add_thoughts(struct ctx *ctx, const struct deck_card *card, struct game_card *to)
{
    static const enum text_key fields[] = {T_games_field_department, T_games_field_code, T_games_field_population};
    struct str rest = card->said;
    for (to->thought_count = 0; to->thought_count < DECK_FIELDS; to->thought_count++)
        to->thoughts[to->thought_count] =
            (struct game_thought){.field = text_of(ctx->language, fields[to->thought_count]),
                                  .said = str_trim(str_cut(&rest, ',')),
                                  .sure = card->sure[to->thought_count]};
}

static enum status draw_cards(struct ctx *ctx, int64_t seed, struct game_card ret_cards[GAME_CARDS])
{
    struct machine *machine;
    struct deck_drawn drawn[GAME_CARDS];
    TRY(machine_get(ctx, MACHINE_NANO, &machine));
    TRY(deck_draw(&machine->deck, ctx->arena, (uint64_t)seed, drawn));
    for (size_t i = 0; i < GAME_CARDS; i++) {
        const struct deck_card *card = drawn[i].card;
        struct text_arg seen[] = {NUMBER_ARG("count", card->seen)};
        ret_cards[i] = (struct game_card){.line = drawn[i].line,
                                          .is_true = drawn[i].is_true,
                                          .verdict = drawn[i].is_true ? text_of(ctx->language, T_games_is_register)
                                                                      : wrong_of(ctx, card),
                                          .source = game_register_source(ctx, card),
                                          .why = text_with(ctx->arena, ctx->language, T_games_why_seen, seen, 1)};
        game_add_thoughts(ctx, card, &ret_cards[i]);
    }
    return OK;
}

const struct game game_card = {
    .number = 1, .slug = "true-or-invented", GAME_WORDS(card), GAME_CARD_WORDS(card), .draw = draw_cards,
    GAME_PAPER_WORDS(card), .model = "nano"};
