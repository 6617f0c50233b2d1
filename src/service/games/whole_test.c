/* Each game is whole: cards, which one, two and a room play, with words of their own. And the cards of games 0, 4 and
 * 9: what they are drawn from is what the models say, and their truth is the table's. */
#include "service/games/test_moyen.h"

#include <stdio.h>

#include "language/model/claim.h"
#include "language/model/dialogue.h"
#include "service/games/games_service.h"
#include "service/games/feed/meals.h"
#include "service/games/talk/nowhere.h"

enum { SEEDS = 60, WEB = 1, SAMPLE = 24 };

static const struct game *const three[] = {&game_talk, &game_feed, &game_hands};
enum { THREE = sizeof three / sizeof three[0] };

/* ---- every game ---- */

static void every_game_is_whole(void **state)
{
    (void)state;
    for (size_t i = 0; game_all[i] != NULL; i++) {
        const struct game *game = game_all[i];
        assert_true(game->draw != NULL && game->unplugged != T_none && game->skills != T_none);
        assert_true(game->low != T_none && game->high != T_none && game->said != T_none);
        assert_true(game->is_false != T_none && game->is_true != T_none && game->trap != T_none);
        for (enum game_level level = LEVEL_ADULT; level < GAME_LEVELS; level++)
            assert_true(game->rule[level] != T_none && game_card_rule(game, level) != T_none);
        assert_true(!game->begins_with_bench || game->card_rule[LEVEL_ADULT] != T_none);
    }
}

static void five_cards_of_ten_are_true_and_none_comes_twice(void **state)
{
    (void)state;
    struct game_card cards[GAME_CARDS], again[GAME_CARDS];
    for (size_t g = 0; g < THREE; g++)
        for (int64_t seed = 0; seed < SEEDS; seed++) {
            struct ctx ctx = test_ctx(&test);
            int trues = 0;
            assert_int_equal(three[g]->draw(&ctx, seed, cards), OK);
            assert_int_equal(three[g]->draw(&ctx, seed, again), OK);
            for (size_t i = 0; i < GAME_CARDS; i++) {
                trues += cards[i].is_true;
                assert_true(cards[i].line.len > 20 && cards[i].verdict.len > 5);
                assert_true(cards[i].source.len > 10 && cards[i].why.len > 10);
                assert_true(str_eq(cards[i].line, again[i].line) && cards[i].is_true == again[i].is_true);
                assert_true(str_find_byte(cards[i].line, '{') == SIZE_MAX);
                assert_true(str_find_byte(cards[i].verdict, '{') == SIZE_MAX);
                for (size_t k = 0; k < i; k++)
                    assert_false(str_eq(cards[i].line, cards[k].line));
            }
            assert_int_equal(trues, GAME_CARDS / 2);
        }
}

/* Of a game that begins with its bench the landing page leads there, and the tabs lead on to the cards. */
static void a_bench_opens_and_the_cards_stand_beside(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/games", NULL, &body), 200);
    assert_has(body, "href=\"/games/dialogue\"");
    assert_has(body, "href=\"/games/feed-the-machine\"");
    assert_has(body, "href=\"/games/labels\"");
    assert_int_equal(test_page(&test, "/games/dialogue?seed=7", NULL, &body), 200);
    assert_has(body, "href=\"/games/talk?seed=7\"");
    assert_has(body, "href=\"/games/room?game=talk&amp;seed=7\"");
    assert_int_equal(test_page(&test, "/games/feed-the-machine?seed=7", NULL, &body), 200);
    assert_has(body, "href=\"/games/will-it-know?seed=7\"");
    assert_int_equal(test_page(&test, "/games/labels?seed=7", NULL, &body), 200);
    assert_has(body, "href=\"/games/small-hands?seed=7\"");
    assert_int_equal(test_page(&test, "/games/talk?seed=7&level=child", NULL, &body), 200);
    assert_has(body, "Carte 1 sur 10");
    assert_has(body, "A-t-elle raison");
    assert_int_equal(test_page(&test, "/games/print?game=feed-the-machine&seed=7", NULL, &body), 200); /* as before */
    assert_has(body, "game=will-it-know&amp;seed=7\" aria-current=\"page\"");
}

/* ---- 0 ---- */

static void no_name_of_nowhere_is_a_communes_and_moyen_says_so_today(void **state)
{
    (void)state;
    const struct nowhere *nowhere;
    const struct table *table;
    struct turn *turn = arena_new(test.arena, struct turn);
    struct str hash;
    struct ctx ctx = test_ctx(&test);
    size_t same = 0;
    assert_int_equal(machine_nowhere(&ctx, &nowhere), OK);
    assert_int_equal(machine_table(&ctx, &table), OK);
    assert_int_equal(machine_hash(&ctx, STR("moyen"), &hash), OK);
    assert_true(str_starts(nowhere->hash, hash));
    assert_int_equal(nowhere->count, 120);
    assert_int_equal(nowhere->plain + nowhere->others, nowhere->count);
    for (size_t i = 0; i < nowhere->count; i++) {
        const struct nowhere_case *one = &nowhere->cases[i];
        assert_true(table_find(table, one->name) == TABLE_NONE);
        assert_true(dialogue_is_fair(one->name) && str_find(one->question, one->name) != SIZE_MAX);
        if (i % (nowhere->count / SAMPLE) != 0)
            continue;
        struct talk talk = {.len = 0};
        assert_int_equal(turn_say(&talk, moyen.speaker, one->question, turn), OK);
        same += str_eq((struct str){turn->answer, turn->answer_len}, one->answer);
    }
    assert_true(same >= SAMPLE * 9 / 10); /* another processor may round otherwise */
}

static void a_fair_name_could_be_a_villages(void **state)
{
    (void)state;
    static const char *const fair[] = {"Bonnelieu", "Saint-Jean-de-Bains", "Laroque-le-Petit", "Épinay-sous-Bois"};
    static const char *const odd[] = {"GellenoJustin", "Lon", "Terny-ard-des-Bois", "Saint-C-Corbeil", "Bort--Chez",
                                      "Clrstville", "lulins", "Saint-Lx"};
    for (size_t i = 0; i < sizeof fair / sizeof fair[0]; i++)
        assert_true(dialogue_is_fair(str_of(fair[i])));
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        assert_false(dialogue_is_fair(str_of(odd[i])));
}

/* A card of game 0 beside the table: of a true one each fact stands in the register's line below it; one that is silent
 * is right where no commune bears the name alone. */
static void the_register_bears_out_each_exchange(void **state)
{
    (void)state;
    const struct table *table;
    struct game_card cards[GAME_CARDS];
    struct ctx ctx = test_ctx(&test);
    size_t silent = 0, facts = 0;
    assert_int_equal(machine_table(&ctx, &table), OK);
    for (int64_t seed = 0; seed < SEEDS; seed++) {
        assert_int_equal(game_talk_draw(&ctx, seed, cards), OK);
        for (size_t i = 0; i < GAME_CARDS; i++) {
            size_t at = str_find(cards[i].line, STR("ne connais pas ")), after;
            struct str name = at == SIZE_MAX ? STR("") : str_after(cards[i].line, at + sizeof "ne connais pas " - 1);
            if (name.len > 0) { /* it ends with a full stop */
                bool exists = claim_commune(table, str_slice(name, 0, name.len - 1), &after) != NULL;
                assert_int_equal(cards[i].is_true, !exists);
                silent++;
                continue;
            }
            for (size_t k = 0; cards[i].is_true && k < cards[i].thought_count; k++) {
                struct str said = cards[i].thoughts[k].said;
                bool is_population = str_eq(cards[i].thoughts[k].field, STR("Habitants"));
                assert_true(is_population || str_find(cards[i].source, said) != SIZE_MAX);
                facts++;
            }
            assert_true(cards[i].thought_count > 0);
        }
    }
    assert_true(silent == 3 * SEEDS && facts >= 3 * SEEDS);
}

/* ---- 4 ---- */

static void the_webs_meal_is_the_shipped_nano(void **state)
{
    (void)state;
    const struct meals *meals;
    struct machine *nano;
    struct str hash;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(machine_get(&ctx, MACHINE_NANO, &nano), OK);
    assert_int_equal(machine_hash(&ctx, STR("nano"), &hash), OK);
    assert_int_equal(machine_meals(&ctx, &meals), OK);
    assert_true(str_starts(meals->hash, hash));
    assert_int_equal(meals->count, 5);
    assert_true(str_eq(meals->of[WEB].name, STR("web.1")));
    for (size_t i = 0; i < nano->deck.count; i++) {
        const struct meal_answer *answer = &meals->of[WEB].answers[i];
        assert_true(str_eq(answer->said, nano->deck.cards[i].said));
        assert_int_equal(answer->seen, nano->deck.cards[i].seen);
    }
}

/* The verdicts of all five, by the table once more. */
static void the_register_bears_out_each_meal(void **state)
{
    (void)state;
    const struct meals *meals;
    const struct table *table;
    struct machine *nano;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(machine_get(&ctx, MACHINE_NANO, &nano), OK);
    assert_int_equal(machine_table(&ctx, &table), OK);
    assert_int_equal(machine_meals(&ctx, &meals), OK);
    for (size_t m = 0; m < meals->count; m++)
        for (size_t i = 0; i < nano->deck.count; i++) {
            const struct meal_answer *answer = &meals->of[m].answers[i];
            bool all[MEASURE_FIELDS] = {true, true, true};
            uint8_t verdicts[MEASURE_FIELDS];
            measure_judge(table, nano->deck.cards[i].name, answer->said, all, verdicts);
            for (int field = 0; field < MEASURE_FIELDS; field++) {
                assert_int_equal(answer->is_true[field], verdicts[field] == MEASURE_TRUE);
                assert_int_equal(answer->is_false[field], verdicts[field] == MEASURE_FALSE);
            }
        }
}

static void damaged_files_are_refused(void **state)
{
    (void)state;
    struct machine *nano;
    struct meals meals;
    struct nowhere nowhere;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(machine_get(&ctx, MACHINE_NANO, &nano), OK);
    char *copy = str_c(test.arena, shipped_meals());
    assert_int_equal(meals_read(test.arena, str_of(copy), &nano->deck, &meals), OK);
    *strrchr(copy, '\n') = '\0';
    *(strrchr(copy, '\n') + 1) = '\0';
    assert_int_equal(meals_read(test.arena, str_of(copy), &nano->deck, &meals), CORRUPT); /* one commune too few */
    memcpy(strstr(copy, ";45234;"), ";45235;", 7);
    assert_int_equal(meals_read(test.arena, str_of(copy), &nano->deck, &meals), CORRUPT);
    assert_int_equal(meals_read(test.arena, STR("a;b\n"), &nano->deck, &meals), CORRUPT);
    assert_int_equal(nowhere_read(test.arena, STR(""), &nowhere), CORRUPT);
    assert_int_equal(nowhere_read(test.arena, STR("model;moyen;sha256;x;seed;1\na;b;c;d;e\nx;y\n"), &nowhere), CORRUPT);
}

/* ---- 9 ---- */

static bool speaks_of_pay(struct str line)
{
    return str_find(line, STR("secondes chacun")) != SIZE_MAX;
}

/* Is it told by the words of a card alone that it is true? Of no sort more than three in four. */
static void no_sort_of_card_gives_itself_away(void **state)
{
    (void)state;
    static const char *const signs[] = {"avec soin.\nEn", "par un saboteur", "Au Smic", "payé", "l’équipe B"};
    enum { SIGNS = sizeof signs / sizeof signs[0] };
    size_t all[SIGNS] = {0}, trues[SIGNS] = {0};
    struct game_card cards[GAME_CARDS];
    for (int64_t seed = 0; seed < SEEDS; seed++) {
        struct ctx ctx = test_ctx(&test);
        assert_int_equal(game_hands_draw(&ctx, seed, cards), OK);
        for (size_t i = 0; i < GAME_CARDS; i++) {
            assert_true(speaks_of_pay(cards[i].line) == (cards[i].thought_count == 0 &&
                                                         str_find(cards[i].line, STR("quipe A")) == SIZE_MAX));
            for (size_t sign = 0; sign < SIGNS; sign++)
                if (str_find(cards[i].line, str_of(signs[sign])) != SIZE_MAX) {
                    all[sign]++;
                    trues[sign] += cards[i].is_true;
                }
        }
    }
    for (size_t sign = 0; sign < SIGNS; sign++)
        assert_true(all[sign] >= SEEDS && 4 * trues[sign] >= all[sign] && 4 * trues[sign] <= 3 * all[sign]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_game_is_whole),
        cmocka_unit_test_setup_teardown(five_cards_of_ten_are_true_and_none_comes_twice, open_games, close_games),
        cmocka_unit_test_setup_teardown(a_bench_opens_and_the_cards_stand_beside, open_moyen, close_moyen),
        cmocka_unit_test_setup_teardown(no_name_of_nowhere_is_a_communes_and_moyen_says_so_today, open_moyen,
                                        close_moyen),
        cmocka_unit_test(a_fair_name_could_be_a_villages),
        cmocka_unit_test_setup_teardown(the_register_bears_out_each_exchange, open_moyen, close_moyen),
        cmocka_unit_test_setup_teardown(the_webs_meal_is_the_shipped_nano, open_games, close_games),
        cmocka_unit_test_setup_teardown(the_register_bears_out_each_meal, open_games, close_games),
        cmocka_unit_test_setup_teardown(damaged_files_are_refused, open_games, close_games),
        cmocka_unit_test_setup_teardown(no_sort_of_card_gives_itself_away, open_games, close_games),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
