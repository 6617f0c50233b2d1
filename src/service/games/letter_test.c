/* Game 2's cards: the letter shown is the machine's first bet when the card says so, asked again here. */
#include "service/games/test_games.h"

#include "service/games/games_service.h"

/* "Montar…\nSa préférée ensuite : « g »" */
static void read_card(struct str line, struct str *text, struct str *letter)
{
    size_t cut = str_find(line, STR("…"));
    assert_true(cut != SIZE_MAX);
    *text = str_slice(line, 0, cut);
    size_t from = str_find(line, STR("«\u00A0")), to = str_find(line, STR("\u00A0»"));
    assert_true(from != SIZE_MAX && to != SIZE_MAX);
    *letter = str_slice(line, from + sizeof "«\u00A0" - 1, to);
}

static void a_card_is_true_when_the_machine_would_bet_so(void **state)
{
    (void)state;
    const struct game *game = game_find(STR("letter"));
    for (int64_t seed = 0; seed < 60; seed++) {
        struct game_card cards[GAME_CARDS];
        struct ctx ctx = test_ctx(&test);
        struct machine *machine;
        int trues = 0;
        assert_int_equal(game->draw(&ctx, seed, cards), OK);
        assert_int_equal(machine_get(&ctx, MACHINE_NANO, &machine), OK);
        for (size_t i = 0; i < GAME_CARDS; i++) {
            struct sampler_choice *choices;
            size_t count;
            struct str text, letter;
            read_card(cards[i].line, &text, &letter);
            assert_int_equal(machine_next(&ctx, machine, text, 1, &choices, &count), OK);
            struct str best = machine->model.pieces.texts[choices[0].token];
            assert_int_equal(cards[i].is_true, str_eq(letter, str_eq(best, STR(" ")) ? STR("espace") : best));
            assert_true(choices[0].probability > choices[1].probability * 1.2);
            assert_int_equal(cards[i].thoughts[0].sure, (int)(choices[0].probability * 100 + 0.5));
            trues += cards[i].is_true;
        }
        assert_int_equal(trues, GAME_CARDS / 2);
        arena_reset(test.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_card_is_true_when_the_machine_would_bet_so, open_games, close_games),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
