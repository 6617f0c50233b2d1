#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/seeded.h"

static void finds_what_was_added(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct map map = map_in(arena, 1000);
    int values[1000];
    assert_null(map_get(&map, STR("nothing")));
    for (int i = 0; i < 1000; i++)
        assert_int_equal(map_add(&map, str_format(arena, "key %d", i), &values[i]), OK);
    for (int i = 0; i < 1000; i++)
        assert_ptr_equal(map_get(&map, str_format(arena, "key %d", i)), &values[i]);
    assert_null(map_get(&map, STR("key 1000")));
    assert_null(map_get(&map, STR("Key 1")));
}

static void refuses_twice_and_one_too_many(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 16);
    struct map map = map_in(arena, 2);
    int value;
    assert_int_equal(map_add(&map, STR(""), &value), OK);
    assert_int_equal(map_add(&map, STR("b"), &value), OK);
    assert_int_equal(map_add(&map, STR("b"), NULL), CONFLICT);
    assert_int_equal(map_add(&map, STR("c"), &value), LIMIT);
    assert_ptr_equal(map_get(&map, STR("")), &value);
}

static void copies_the_key(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 16);
    struct map map = map_in(arena, 2);
    char key[] = "abc";
    int value;
    assert_int_equal(map_add(&map, str_of(key), &value), OK);
    key[0] = 'x';
    assert_ptr_equal(map_get(&map, STR("abc")), &value);
}

static void a_full_arena_is_a_limit(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(64);
    struct map map = map_in(arena, 100);
    assert_int_equal(map_add(&map, STR("a"), &map), LIMIT);
    assert_null(map_get(&map, STR("a")));
}

/* First values for seed 1234567, as published with the reference implementation. */
static void seeded_numbers_repeat(void **state)
{
    (void)state;
    struct seeded seeded = {1234567};
    assert_true(seeded_next(&seeded) == 6457827717110365317u);
    assert_true(seeded_next(&seeded) == 3203168211198807973u);
    struct seeded small = {7};
    size_t seen[3] = {0};
    for (int i = 0; i < 3000; i++)
        seen[seeded_below(&small, 3)]++;
    for (int i = 0; i < 3; i++)
        assert_in_range(seen[i], 900, 1100);
    assert_int_equal(seeded_below(&small, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_was_added),
        cmocka_unit_test(refuses_twice_and_one_too_many),
        cmocka_unit_test(copies_the_key),
        cmocka_unit_test(a_full_arena_is_a_limit),
        cmocka_unit_test(seeded_numbers_repeat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
