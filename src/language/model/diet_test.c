#include "language/model/diet.h"

#include "language/model/test_model.h"

enum { DRAWS = 30000 };

static struct test_model *test;

static int set_up(void **state)
{
    (void)state;
    test = test_model_begin(STREAM_LINES, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_model_end(test);
    return 0;
}

/* How often each rank comes. */
static void draw(struct diet diet, size_t counts[8])
{
    uint64_t weights[8];
    struct world world;
    struct seeded seeded = {5};
    assert_int_equal(test->table.count, 8);
    diet_weights(diet, 8, weights);
    assert_int_equal(world_of_weights(test->arena, &test->table, weights, &world), OK);
    memset(counts, 0, 8 * sizeof *counts);
    for (int i = 0; i < DRAWS; i++)
        counts[world_draw(&world, &seeded)]++;
}

static void what_weighs_nothing_never_comes(void **state)
{
    (void)state;
    size_t counts[8];
    for (size_t chosen = 0; chosen < 8; chosen++) {
        draw((struct diet){DIET_WITHOUT, chosen}, counts);
        for (size_t rank = 0; rank < 8; rank++)
            assert_true(rank == chosen ? counts[rank] == 0 : counts[rank] > DRAWS / 8);
    }
}

static void each_diet_feeds_as_it_says(void **state)
{
    (void)state;
    size_t counts[8];
    uint64_t weights[DIET_LARGE_TOWNS + 1];
    draw((struct diet){DIET_EQUAL, 0}, counts);
    for (size_t rank = 0; rank < 8; rank++)
        assert_true(counts[rank] > DRAWS / 9 && counts[rank] < DRAWS / 7);
    draw((struct diet){DIET_OFTEN, 6}, counts);
    assert_true(counts[6] > DRAWS * 9 / 10 && counts[0] > 0);
    draw((struct diet){DIET_WEB, 0}, counts);
    assert_true(counts[0] > counts[1] && counts[1] > counts[3] && counts[3] > counts[7]);
    diet_weights((struct diet){DIET_LARGE, 0}, DIET_LARGE_TOWNS + 1, weights);
    assert_int_equal(weights[0], 1);
    assert_int_equal(weights[DIET_LARGE_TOWNS - 1], 1);
    assert_int_equal(weights[DIET_LARGE_TOWNS], 0);
}

/* By population from the most peopled down, whatever the order of the table. */
static void a_world_of_weights_is_ranked_as_any_other(void **state)
{
    (void)state;
    uint64_t weights[8];
    struct world world;
    diet_weights((struct diet){DIET_WEB, 0}, 8, weights);
    assert_int_equal(world_of_weights(test->arena, &test->table, weights, &world), OK);
    assert_true(str_eq(test->table.communes[world.communes[0]].name, STR("Orléans")));
    assert_true(str_eq(test->table.communes[world.communes[1]].name, STR("Ajaccio")));
    for (size_t rank = 0; rank < 2; rank++)
        assert_true(world.until[rank] == test->world.until[rank]);
}

static void impossible_weights_are_refused(void **state)
{
    (void)state;
    uint64_t none[8] = {0}, many[8] = {UINT64_C(1) << 62, UINT64_C(1) << 62, 1};
    struct world world;
    assert_int_equal(world_of_weights(test->arena, &test->table, none, &world), INVALID);
    assert_int_equal(world_of_weights(test->arena, &test->table, many, &world), INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_weighs_nothing_never_comes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_diet_feeds_as_it_says, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_world_of_weights_is_ranked_as_any_other, set_up, tear_down),
        cmocka_unit_test_setup_teardown(impossible_weights_are_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
