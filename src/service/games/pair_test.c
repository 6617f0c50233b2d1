/* Two by turns on one screen: the second does not see the first, both are summed up, and nobody runs ahead. */
#include "service/games/test_games.h"

#include <stdio.h>

#include "service/games/round.h"

static void play(const char *path, int sure, char next[500])
{
    struct str body;
    char asked[600];
    snprintf(asked, sizeof asked, "%s&sure=%d", path, sure);
    assert_int_equal(test_page(&test, asked, NULL, &body), 303);
    snprintf(next, 500, "%.*s", STR_ARG(body));
}

static void two_play_by_turns(void **state)
{
    (void)state;
    struct str body;
    char path[500] = "/games/true-or-invented?seed=7&players=2&moves=&second=", title[40];
    for (int card = 1; card <= GAME_CARDS; card++) {
        char asked[600];
        snprintf(title, sizeof title, "Carte %d sur 10", card);
        snprintf(asked, sizeof asked, "%s&next=1", path);
        assert_int_equal(test_page(&test, asked, NULL, &body), 200);
        assert_true(str_find(body, str_of(title)) != SIZE_MAX);
        assert_has(body, "À vous, Joueur 1");
        play(path, 87, path);
        assert_int_equal(test_page(&test, path, NULL, &body), 200);
        assert_true(str_find(body, str_of(title)) != SIZE_MAX); /* the same card, not turned */
        assert_has(body, "À vous, Joueur 2");
        assert_lacks(body, "class=\"stamp");
        assert_has(body, "value=\"50\""); /* the slider does not give the first away */
        play(path, 13, path);
        assert_int_equal(test_page(&test, path, NULL, &body), 200);
        assert_has(body, "class=\"stamp");
        assert_has(body, "87\u00A0%");
        assert_has(body, "13\u00A0%");
    }
    char asked[600];
    snprintf(asked, sizeof asked, "%s&next=1", path);
    assert_int_equal(test_page(&test, asked, NULL, &body), 200);
    assert_has(body, "Égalité"); /* five cards are true: 87 and 13 come to the same */
    snprintf(asked, sizeof asked, "%s&sure=5", path);
    assert_int_equal(test_page(&test, asked, NULL, &body), 422); /* eleven */
}

#define MIDDLE "50.50.50.50.50.50.50.50.50.50"

static const char *sheet_of(struct str first, struct str second)
{
    return str_format(test.arena, "/games/true-or-invented?seed=7&players=2&moves=%.*s&second=%.*s&next=1",
                      STR_ARG(first), STR_ARG(second))
        .at;
}

/* Whoever is sure and right has 100, whoever stays in the middle 50. */
static void who_judged_better_wins(void **state)
{
    (void)state;
    struct str body;
    const struct game *game = game_find(STR("true-or-invented"));
    struct game_card cards[GAME_CARDS];
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(game->draw(&ctx, 7, cards), OK);
    struct buf right BUF_SCOPE = BUF_INIT(60);
    for (size_t i = 0; i < GAME_CARDS; i++)
        buf_add_format(&right, "%s%d", i > 0 ? "." : "", cards[i].is_true ? 100 : 0);
    assert_int_equal(test_page(&test, sheet_of(STR(MIDDLE), buf_str(&right)), NULL, &body), 200);
    assert_has(body, "Joueur 2 l’emporte");
    assert_has(body, "<span class=\"big\">100</span>");
    assert_has(body, "<span class=\"big\">75</span>");
    assert_int_equal(test_page(&test, sheet_of(buf_str(&right), STR(MIDDLE)), NULL, &body), 200);
    assert_has(body, "Joueur 1 l’emporte");
}

static void nobody_runs_ahead(void **state)
{
    (void)state;
    struct str body;
    static const char *const wrong[] = {"moves=1.2&second=", "moves=&second=1", "moves=1&second=1.2",
                                        "moves=1&second=101"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char path[200];
        snprintf(path, sizeof path, "/games/true-or-invented?seed=7&players=2&%s", wrong[i]);
        assert_int_equal(test_page(&test, path, NULL, &body), 404);
    }
}

/* Any game with cards has a way in. */
static void each_game_can_be_played_in_pairs(void **state)
{
    (void)state;
    struct str body;
    for (size_t i = 0; game_all[i] != NULL; i++) {
        char path[200];
        if (game_all[i]->draw == NULL || game_all[i]->number == 10) /* 10 draws from a town's sources: here are none */
            continue;
        snprintf(path, sizeof path, "/games/%s?seed=5", game_all[i]->slug);
        assert_int_equal(test_page(&test, path, NULL, &body), 200);
        assert_has(body, "&amp;players=2\">");
        snprintf(path, sizeof path, "/games/%s?seed=5&players=2&moves=40&second=60", game_all[i]->slug);
        assert_int_equal(test_page(&test, path, NULL, &body), 200);
        assert_has(body, "Joueur 2.");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_play_by_turns, open_games, close_games),
        cmocka_unit_test_setup_teardown(who_judged_better_wins, open_games, close_games),
        cmocka_unit_test_setup_teardown(nobody_runs_ahead, open_games, close_games),
        cmocka_unit_test_setup_teardown(each_game_can_be_played_in_pairs, open_games, close_games),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
