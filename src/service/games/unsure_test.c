/* Game 5 against the shipped deck, read here a second time by another way: truth is what the file says. */
#include "service/games/test_games.h"

#include <stdio.h>
#include <stdlib.h>

#include "language/model/shipped.h"
#include "service/games/games_service.h"
#include "service/games/unsure.h"

/* ---- the file, naively: the last six fields of each line, and what stands in quotes before them ---- */

struct fact {
    struct str name, said;
    bool is_wrong[DECK_FIELDS], is_right[DECK_FIELDS];
    double sure[DECK_FIELDS];
    bool is_clear;
};

enum { FACTS_MAX = 400 };

static size_t read_facts(struct fact facts[FACTS_MAX])
{
    struct shipped_model shipped;
    size_t count = 0;
    assert_int_equal(shipped_model(STR("nano"), &shipped), OK);
    struct str rest = shipped.deck;
    (void)str_cut(&rest, '\n');
    while (!str_is_absent(rest)) {
        struct str line = str_trim(str_cut(&rest, '\n'));
        if (line.len == 0)
            continue;
        struct fact *fact = &facts[count++];
        (void)str_cut(&line, ';');
        fact->name = str_cut(&line, ';');
        (void)str_cut(&line, '"');
        fact->said = str_trim(str_cut(&line, '"'));
        (void)str_cut(&line, ';');
        fact->is_clear = str_find(line, STR("unclear")) == SIZE_MAX;
        for (size_t i = 0; i < DECK_FIELDS; i++) {
            struct str verdict = str_cut(&line, ';');
            fact->is_right[i] = str_eq(verdict, STR("true"));
            fact->is_wrong[i] = str_eq(verdict, STR("false"));
            fact->sure[i] = atof(str_c(test.arena, str_cut(&line, ';')));
        }
    }
    return count;
}

static const struct fact *fact_of(const struct fact *facts, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(facts[i].name, name))
            return &facts[i];
    return NULL;
}

static void cards_say_what_the_deck_says(void **state)
{
    (void)state;
    static struct fact facts[FACTS_MAX];
    size_t fact_count = read_facts(facts);
    struct game_card cards[GAME_CARDS], again[GAME_CARDS];
    struct ctx ctx = test_ctx(&test);
    for (int64_t seed = 0; seed < 100; seed++) {
        size_t rights = 0;
        assert_int_equal(game_unsure.draw(&ctx, seed, cards), OK);
        assert_int_equal(game_unsure.draw(&ctx, seed, again), OK);
        for (size_t i = 0; i < GAME_CARDS; i++) {
            struct str rest = cards[i].line, name = str_slice(rest, 0, str_find(rest, STR(", ")));
            const struct fact *fact = fact_of(facts, fact_count, name);
            bool is_code = str_find(rest, STR("code postal")) != SIZE_MAX;
            assert_non_null(fact);
            assert_true(fact->is_clear);
            assert_int_equal(cards[i].is_true, fact->is_right[is_code ? DECK_POSTAL_CODE : DECK_POPULATION]);
            assert_true(str_eq(cards[i].line, again[i].line));
            struct str sure = str_format(test.arena, "sûre à %d",
                                         (int)(fact->sure[is_code ? DECK_POSTAL_CODE : DECK_POPULATION] * 100 + 1e-9));
            assert_true(str_find(cards[i].line, sure) != SIZE_MAX);
            rights += cards[i].is_true;
        }
        assert_int_equal(rights, GAME_CARDS / 2);
    }
}

static void silence_is_counted_one_by_one(void **state)
{
    (void)state;
    static struct fact facts[FACTS_MAX];
    size_t count = read_facts(facts);
    struct machine *machine;
    struct unsure unsure;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(machine_get(&ctx, MACHINE_NANO, &machine), OK);
    unsure_count(&machine->deck, &unsure);
    int64_t best_cost = INT64_MAX;
    int best = 0;
    for (int threshold = 0; threshold <= 100; threshold++) {
        struct unsure_sum sum = {0}, said = unsure_at(&unsure, UNSURE_ALL, threshold);
        for (size_t i = 0; i < count; i++)
            for (size_t field = 0; field < DECK_FIELDS; field++) {
                bool is_given = (int)(facts[i].sure[field] * 100 + 1e-9) >= threshold;
                sum.given_wrong += is_given && facts[i].is_wrong[field];
                sum.silent_right += !is_given && facts[i].is_right[field];
                sum.silent_wrong += !is_given && facts[i].is_wrong[field];
            }
        assert_int_equal(said.given_wrong, sum.given_wrong);
        assert_int_equal(said.silent_right, sum.silent_right);
        assert_int_equal(said.silent_wrong, sum.silent_wrong);
        int64_t cost = 10 * sum.given_wrong + sum.silent_right + sum.silent_wrong;
        best = cost < best_cost ? threshold : best;
        best_cost = cost < best_cost ? cost : best_cost;
    }
    assert_int_equal(unsure_best(&unsure, 10), best);
    assert_true(unsure_best(&unsure, 1) < best);
}

/* Of two right and two wrong answers: 90 right, 80 wrong, 70 right, 10 wrong give risks 0, 1/2, 1/3, 1/2. */
static void the_area_is_the_mean_of_risks(void **state)
{
    (void)state;
    struct unsure unsure = {0};
    unsure.right[UNSURE_ALL][90] = unsure.wrong[UNSURE_ALL][80] = 1;
    unsure.right[UNSURE_ALL][70] = unsure.wrong[UNSURE_ALL][10] = 1;
    assert_int_equal(unsure_area(&unsure), 333);
    struct unsure nothing = {0};
    assert_int_equal(unsure_area(&nothing), 0);
}

static void pages_answer(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/games/dont-know?seed=7", NULL, &body), 200);
    assert_has(body, "La machine en est sûre à");
    assert_int_equal(test_page(&test, "/games/dont-know?seed=7&moves=30", NULL, &body), 200);
    assert_has(body, "class=\"stamp");
    assert_has(body, "Licence Ouverte 2.0");
    assert_int_equal(test_page(&test, "/games/threshold", NULL, &body), 200);
    assert_has(body, "Au seuil de 50");
    assert_int_equal(test_page(&test, "/games/threshold?threshold=100&level=easy", NULL, &body), 200);
    assert_has(body, "dit encore 0 réponses fausses");
    assert_has(body, "<polyline points=\"40,12 ");
    assert_lacks(body, "style=");
    static const char *const wrong[] = {"101", "-1", "x", "", "5%3Cb%3E", "99999999999999999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char path[100];
        snprintf(path, sizeof path, "/games/threshold?threshold=%s", wrong[i]);
        assert_int_equal(test_page(&test, path, NULL, &body), 404);
    }
    assert_int_equal(test_page(&test, "/games/dont-know?seed=7&moves=101", NULL, &body), 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cards_say_what_the_deck_says, open_games, close_games),
        cmocka_unit_test_setup_teardown(silence_is_counted_one_by_one, open_games, close_games),
        cmocka_unit_test(the_area_is_the_mean_of_risks),
        cmocka_unit_test_setup_teardown(pages_answer, open_games, close_games),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
