/* What nano says on the cards of games 2 and 3 is said once, however many play them. */
#include "service/games/test_games.h"

#include "service/games/dealt.h"
#include "service/games/games_service.h"

static const struct game *const spoken[] = {&game_letter, &game_village};
enum { SPOKEN = sizeof spoken / sizeof spoken[0] };

static void draw(const struct game *game, int64_t seed, enum language language, struct game_card cards[GAME_CARDS])
{
    struct ctx ctx = test_ctx(&test);
    ctx.language = language;
    assert_int_equal(game->draw(&ctx, seed, cards), OK);
}

/* The same draw, and whether nano heard anything at it. */
static bool is_spoken(const struct game *game, int64_t seed, enum language language,
                      struct game_card cards[GAME_CARDS])
{
    struct ctx ctx = test_ctx(&test);
    struct machine *machine;
    assert_int_equal(machine_get(&ctx, MACHINE_NANO, &machine), OK);
    speaker_restart(machine->speaker);
    draw(game, seed, language, cards);
    return machine->speaker->position > 0;
}

static bool are_same(const struct game_card one[GAME_CARDS], const struct game_card other[GAME_CARDS])
{
    for (size_t i = 0; i < GAME_CARDS; i++) {
        bool is_same = one[i].is_true == other[i].is_true && str_eq(one[i].line, other[i].line) &&
                       str_eq(one[i].verdict, other[i].verdict) && one[i].thought_count == other[i].thought_count;
        for (size_t k = 0; is_same && k < one[i].thought_count; k++)
            is_same = str_eq(one[i].thoughts[k].field, other[i].thoughts[k].field) &&
                      str_eq(one[i].thoughts[k].said, other[i].thoughts[k].said) &&
                      one[i].thoughts[k].sure == other[i].thoughts[k].sure;
        if (!is_same)
            return false;
    }
    return true;
}

static void a_second_draw_speaks_nothing(void **state)
{
    (void)state;
    struct game_card cards[GAME_CARDS], again[GAME_CARDS];
    for (size_t i = 0; i < SPOKEN; i++) {
        draw(spoken[i], 7, LANGUAGE_FR, cards);
        assert_true(cards[0].thought_count > 0 && cards[0].thoughts[0].said.len > 0);
        assert_false(is_spoken(spoken[i], 7, LANGUAGE_FR, again));
        assert_true(are_same(cards, again));
        assert_true(cards[0].thoughts[0].said.at != again[0].thoughts[0].said.at); /* each request has its own */
    }
}

/* The seed of one game is not another's; nor is a language. */
static void each_draw_is_its_own(void **state)
{
    (void)state;
    struct game_card cards[GAME_CARDS], other[GAME_CARDS];
    for (size_t i = 0; i < SPOKEN; i++) {
        draw(spoken[i], 7, LANGUAGE_FR, cards);
        assert_true(is_spoken(spoken[i], 8, LANGUAGE_FR, other));
        assert_false(are_same(cards, other));
        assert_true(is_spoken(spoken[i], 7, LANGUAGE_EN, other));
        assert_false(are_same(cards, other));
        draw(spoken[(i + 1) % SPOKEN], 7, LANGUAGE_FR, other);
        assert_false(are_same(cards, other));
    }
}

static void what_was_dealt_longest_ago_gives_way(void **state)
{
    (void)state;
    struct game_card cards[GAME_CARDS];
    for (int64_t seed = 0; seed < DEALT_MAX; seed++)
        draw(&game_village, seed, LANGUAGE_FR, cards);
    assert_false(is_spoken(&game_village, 0, LANGUAGE_FR, cards));
    draw(&game_village, DEALT_MAX, LANGUAGE_FR, cards);
    assert_false(is_spoken(&game_village, 0, LANGUAGE_FR, cards));
    assert_true(is_spoken(&game_village, 1, LANGUAGE_FR, cards));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_second_draw_speaks_nothing, open_games, close_games),
        cmocka_unit_test_setup_teardown(each_draw_is_its_own, open_games, close_games),
        cmocka_unit_test_setup_teardown(what_was_dealt_longest_ago_gives_way, open_games, close_games),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
