#include "service/accounting/figure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { ARENA = 1 << 22 };

static bool meet(const struct figure *one, const struct figure *other)
{
    bool ends_before = one->until.days != 0 && one->until.days < other->since.days;
    bool begins_after = other->until.days != 0 && other->until.days < one->since.days;
    return str_eq(one->code, other->code) && !ends_before && !begins_after;
}

static void every_row_is_whole_and_alone_in_its_time(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create((size_t)ARENA * 16);
    struct figure_set all;
    assert_int_equal(figure_shipped(arena, &all), OK);
    assert_true(all.count > 0);
    for (size_t i = 0; i < all.count; i++)
        for (size_t j = i + 1; j < all.count; j++)
            assert_false(meet(&all.at[i], &all.at[j]));
}

static void what_was_in_force_is_found_to_the_day(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct figure figure;
    assert_int_equal(figure_find(arena, NULL, STR("asset.grant_building"), date_of(2015, 12, 31), &figure), OK);
    assert_int_equal(figure.value, 15);
    assert_int_equal(figure_find(arena, NULL, STR("asset.grant_building"), date_of(2016, 1, 1), &figure), OK);
    assert_int_equal(figure.value, 30);
    assert_int_equal(figure.unit, FIGURE_YEARS);
    assert_int_equal(figure_find(arena, NULL, STR("asset.grant_building"), date_of(2011, 12, 31), &figure), NOT_FOUND);
    assert_int_equal(figure_find(arena, NULL, STR("delay.indemnity"), date_of(2099, 1, 1), &figure), OK);
    assert_int_equal(figure.value, 4000);
    assert_int_equal(figure.unit, FIGURE_CENTS);
    assert_int_equal(figure_find(arena, NULL, STR("fungible.rate"), date_of(1971, 1, 1), &figure), OK);
    assert_int_equal(figure.value, 750);
}

static void what_lacks_is_named(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct faults faults = {.arena = arena};
    struct figure figure;
    assert_int_equal(figure_need(&faults, STR("delay.ecb"), date_of(2018, 12, 31), &figure), NOT_FOUND);
    assert_int_equal(faults.count, 1);
    assert_true(str_eq(faults.kept[0].rule, str_of("figure.unknown")));
    assert_string_equal(faults.kept[0].value.at, "2018-12-31");
    assert_true(str_find(faults.kept[0].mend, STR("taux de refinancement de la BCE")) != SIZE_MAX);
    assert_int_equal(figure_need(&faults, STR("nobody.knows"), date_of(2020, 1, 1), &figure), NOT_FOUND);
    assert_true(str_find(faults.kept[1].mend, STR("nobody.knows")) != SIZE_MAX);
    assert_int_equal(figure_need(&faults, STR("delay.ecb"), date_of(2019, 1, 1), &figure), OK);
    assert_int_equal(faults.found, 2);
}

/* Thousands of invoices are looked at with one arena. */
static void looking_up_takes_no_memory(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct figure figure;
    assert_int_equal(figure_find(arena, NULL, STR("delay.ecb"), date_of(2020, 1, 1), &figure), OK);
    assert_int_equal(figure_find(arena, NULL, STR("quarter.share"), date_of(2020, 1, 1), &figure), OK);
    assert_int_equal(arena_used(arena), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_whole_and_alone_in_its_time),
        cmocka_unit_test(what_was_in_force_is_found_to_the_day),
        cmocka_unit_test(what_lacks_is_named),
        cmocka_unit_test(looking_up_takes_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
