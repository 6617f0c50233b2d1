#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/seal.h"

static unsigned char drawn;

static void draw(void *into, size_t size)
{
    memset(into, ++drawn, size);
}

static void opens_under_its_own_label_and_key_alone(void **state)
{
    (void)state;
    static const unsigned char house[SEAL_KEY_BYTES] = {7};
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct seal seal, other;
    struct str sealed, again, bytes;
    seal_derive(house, STR("beauval"), draw, &seal);
    seal_derive(house, STR("clairmont"), draw, &other);
    assert_int_equal(seal_close(arena, &seal, STR("row 1"), STR("un nom"), &sealed), OK);
    assert_true(str_find(sealed, STR("un nom")) == SIZE_MAX);
    assert_int_equal(seal_open(arena, &seal, STR("row 1"), sealed, &bytes), OK);
    assert_true(str_eq(bytes, STR("un nom")));
    assert_int_equal(seal_open(arena, &seal, STR("row 2"), sealed, &bytes), CORRUPT);
    assert_int_equal(seal_open(arena, &other, STR("row 1"), sealed, &bytes), CORRUPT);
    assert_int_equal(seal_open(arena, &seal, STR("row 1"), str_slice(sealed, 0, sealed.len - 1), &bytes), CORRUPT);
    assert_int_equal(seal_open(arena, &seal, STR("row 1"), str_slice(sealed, 0, 3), &bytes), CORRUPT);
    assert_int_equal(seal_close(arena, &seal, STR("row 1"), STR("un nom"), &again), OK);
    assert_false(str_eq(sealed, again)); /* a fresh nonce */
    assert_int_equal(seal_close(arena, NULL, STR("row 1"), STR("un nom"), &again), OUTSIDE);
}

static void marks_find_the_same_bytes(void **state)
{
    (void)state;
    static const unsigned char house[SEAL_KEY_BYTES] = {7};
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct seal seal, other;
    struct str one, same, apart, elsewhere;
    seal_derive(house, STR("beauval"), draw, &seal);
    seal_derive(house, STR("clairmont"), draw, &other);
    assert_int_equal(seal_mark(arena, &seal, STR("iban"), STR("FR76"), &one), OK);
    assert_int_equal(seal_mark(arena, &seal, STR("iban"), STR("FR76"), &same), OK);
    assert_int_equal(seal_mark(arena, &seal, STR("nir"), STR("FR76"), &apart), OK);
    assert_int_equal(seal_mark(arena, &other, STR("iban"), STR("FR76"), &elsewhere), OK);
    assert_true(str_eq(one, same));
    assert_false(str_eq(one, apart));
    assert_false(str_eq(one, elsewhere));
}

static void more_than_the_maximum_is_refused(void **state)
{
    (void)state;
    static char bytes[SEAL_BYTES_MAX + 1];
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct seal seal = {.entropy = draw};
    struct str sealed;
    assert_int_equal(seal_close(arena, &seal, STR(""), (struct str){bytes, SEAL_BYTES_MAX}, &sealed), OK);
    assert_int_equal(seal_close(arena, &seal, STR(""), (struct str){bytes, SEAL_BYTES_MAX + 1}, &sealed), LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(opens_under_its_own_label_and_key_alone),
                                       cmocka_unit_test(marks_find_the_same_bytes),
                                       cmocka_unit_test(more_than_the_maximum_is_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
