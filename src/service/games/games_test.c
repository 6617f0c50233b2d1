#include "service/games/test_games.h"

#include <stdio.h>

#include "service/games/round.h"

static struct machine *the_machine(void)
{
    struct machine *machine;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(machine_get(&ctx, MACHINE_NANO, &machine), OK);
    return machine;
}

/* ---- cards ---- */

/* "NAME : DEPARTMENT (45), 45000, 116357 hab.": nothing in the form may tell a true card from an invented one. */
static void assert_form(struct str line)
{
    struct str rest = line, digits = STR("0123456789");
    size_t colon = str_find(line, STR(" : "));
    assert_true(colon != SIZE_MAX && colon > 0);
    rest = str_after(line, str_find(line, STR("), ")) + 3);
    assert_int_equal(str_find(rest, STR(", ")), 5);
    assert_true(str_ends(rest, STR(" hab.")));
    for (size_t i = 0; i < 5; i++)
        assert_true(str_find_byte(digits, rest.at[i]) != SIZE_MAX);
    assert_true(str_find_byte(digits, rest.at[7]) != SIZE_MAX);
}

static void half_of_the_cards_are_true(void **state)
{
    (void)state;
    struct deck_drawn drawn[GAME_CARDS], again[GAME_CARDS];
    for (uint64_t seed = 0; seed < 200; seed++) {
        size_t trues = 0;
        assert_int_equal(deck_draw(&the_machine()->deck, test.arena, seed, drawn), OK);
        assert_int_equal(deck_draw(&the_machine()->deck, test.arena, seed, again), OK);
        for (size_t i = 0; i < GAME_CARDS; i++) {
            const struct deck_card *card = drawn[i].card;
            trues += drawn[i].is_true;
            assert_form(drawn[i].line);
            assert_true(str_eq(drawn[i].line, again[i].line));
            assert_int_equal(drawn[i].is_true, !card->is_false[0] && !card->is_false[1] && !card->is_false[2]);
        }
        assert_int_equal(trues, GAME_CARDS / 2);
    }
}

static void a_damaged_deck_is_refused(void **state)
{
    (void)state;
    struct deck deck;
    assert_int_equal(deck_read(test.arena, STR(""), &deck), CORRUPT);
    assert_int_equal(deck_read(test.arena, STR("code;name\n1;2\n"), &deck), CORRUPT);
}

/* ---- rounds ---- */

static void points_reward_doubt_well_placed(void **state)
{
    (void)state;
    assert_int_equal(round_points(100, true), 100);
    assert_int_equal(round_points(0, false), 100);
    assert_int_equal(round_points(50, true), 75);
    assert_int_equal(round_points(50, false), 75);
    assert_int_equal(round_points(100, false), 0);
    assert_int_equal(round_points(30, true), 51);
}

/* Whatever is believed, no other move is expected to bring more than what is believed (but for rounding to a point). */
static void nothing_pays_better_than_honesty(void **state)
{
    (void)state;
    for (int belief = 0; belief <= 100; belief++) {
        int honest = belief * round_points(belief, true) + (100 - belief) * round_points(belief, false);
        for (int move = 0; move <= 100; move++) {
            int said = belief * round_points(move, true) + (100 - belief) * round_points(move, false);
            assert_true(said <= honest + 100);
            assert_true(said < honest || (move - belief) * (move - belief) < 200);
        }
    }
}

static void a_round_is_its_address(void **state)
{
    (void)state;
    struct round round;
    assert_int_equal(round_read(STR("7"), STR("30.x.100"), &round), OK);
    assert_int_equal(round.count, 3);
    assert_int_equal(round.moves[1], ROUND_SKIPPED);
    assert_true(str_eq(round_moves(test.arena, &round, 5), STR("30.x.100.5")));
    static const char *const wrong[] = {"101", "-2", "a", "1..2", "1.1.1.1.1.1.1.1.1.1.1"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(round_read(STR("7"), str_of(wrong[i]), &round), INVALID);
    assert_int_equal(round_read(STR("1000000"), STR(""), &round), INVALID);
    assert_int_equal(round_read(STR(""), STR(""), &round), INVALID);
}

/* ---- letters ---- */

static void letters_are_exact_probabilities(void **state)
{
    (void)state;
    struct sampler_choice *choices;
    size_t count;
    double sum = 0;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(machine_next(&ctx, the_machine(), STR("Orl"), 1, &choices, &count), OK);
    for (size_t i = 0; i < count; i++)
        sum += choices[i].probability;
    assert_true(sum > 0.999999 && sum < 1.000001);
    assert_true(str_eq(the_machine()->model.pieces.texts[choices[0].token], STR("é")));
    static char text[MACHINE_TEXT_MAX + 2];
    memset(text, 'a', MACHINE_TEXT_MAX + 1);
    assert_int_equal(machine_next(&ctx, the_machine(), str_of(text), 1, &choices, &count), LIMIT);
}

/* ---- pages ---- */

static void pages_play_a_whole_game(void **state)
{
    (void)state;
    struct str body;
    char path[200] = "/games/true-or-invented?seed=7&moves=", asked[300], title[40];
    assert_int_equal(test_page(&test, "/games", NULL, &body), 200);
    assert_has(body, "Vrai ou inventé");
    assert_int_equal(test_page(&test, "/games/machine/nano.gguf", NULL, &body), 200);
    assert_true(str_starts(body, STR("GGUF")));
    assert_int_equal(test_page(&test, "/games/machine/nano.json", NULL, &body), 200);
    assert_has(body, "Licence Ouverte 2.0");
    assert_int_equal(test_page(&test, "/games/machine/autre.gguf", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/games/true-or-invented", NULL, &body), 303);
    for (int card = 1; card <= GAME_CARDS; card++) {
        snprintf(title, sizeof title, "Carte %d sur 10", card);
        snprintf(asked, sizeof asked, "%s&next=1", path);
        assert_int_equal(test_page(&test, asked, NULL, &body), 200);
        assert_true(str_find(body, str_of(title)) != SIZE_MAX);
        snprintf(asked, sizeof asked, "%s&sure=70", path);
        assert_int_equal(test_page(&test, asked, NULL, &body), 303);
        snprintf(path, sizeof path, "%.*s", STR_ARG(body));
        assert_int_equal(test_page(&test, path, NULL, &body), 200);
        assert_has(body, "class=\"stamp");
        assert_has(body, "Licence Ouverte 2.0");
    }
    snprintf(asked, sizeof asked, "%s&next=1", path);
    assert_int_equal(test_page(&test, asked, NULL, &body), 200);
    assert_has(body, "Votre feuille");
    assert_int_equal(test_page(&test, "/games/true-or-invented?seed=7&moves=300", NULL, &body), 404);
}

static void pages_write_letter_by_letter(void **state)
{
    (void)state;
    struct str body, again;
    assert_int_equal(test_page(&test, "/games/next-letter?text=Orl", NULL, &body), 200);
    assert_has(body, "<samp>é</samp>");
    assert_int_equal(test_page(&test, "/games/next-letter?text=Orl&next=%C3%A9", NULL, &body), 303);
    assert_has(body, "text=Orl%C3%A9&");
    assert_int_equal(test_page(&test, "/games/next-letter?text=Orl%C3%A9&undo=1", NULL, &body), 303);
    assert_has(body, "text=Orl&");
    assert_int_equal(test_page(&test, "/games/next-letter?text=Saint-Parvis&line=1&seed=3", NULL, &body), 303);
    assert_has(body, "hab.");
    assert_int_equal(test_page(&test, "/games/next-letter?text=Saint-Parvis&line=1&seed=3", NULL, &again), 303);
    assert_true(str_eq(body, again));
    char path[1000] = "/games/next-letter?text=Saint-Parvis&heat=80&seed=3";
    for (int i = 0; i < MACHINE_TEXT_MAX; i++) { /* letter by letter, the same line */
        char asked[1100];
        snprintf(asked, sizeof asked, "%s&draw=1", path);
        assert_int_equal(test_page(&test, asked, NULL, &again), 303);
        snprintf(path, sizeof path, "%.*s", STR_ARG(again));
    }
    assert_true(str_eq(body, str_of(path)));
    assert_int_equal(test_page(&test, "/games/next-letter?heat=201", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/games/next-letter?text=%3Cu%3E", NULL, &body), 200);
    assert_lacks(body, "<u>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(half_of_the_cards_are_true, open_games, close_games),
        cmocka_unit_test_setup_teardown(a_damaged_deck_is_refused, open_games, close_games),
        cmocka_unit_test_setup_teardown(points_reward_doubt_well_placed, open_games, close_games),
        cmocka_unit_test(nothing_pays_better_than_honesty),
        cmocka_unit_test_setup_teardown(a_round_is_its_address, open_games, close_games),
        cmocka_unit_test_setup_teardown(letters_are_exact_probabilities, open_games, close_games),
        cmocka_unit_test_setup_teardown(pages_play_a_whole_game, open_games, close_games),
        cmocka_unit_test_setup_teardown(pages_write_letter_by_letter, open_games, close_games),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
