#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/base64.h"
#include "proto/smtp/sasl.h"

static struct arena *arena;

static struct str encoded(struct str bytes)
{
    struct buf text BUF_SCOPE = BUF_INIT(4000);
    base64_encode(&text, bytes);
    return str_copy(arena, buf_str(&text));
}

static enum status plain_of(struct str bytes, struct sasl_plain *ret_plain)
{
    return sasl_plain_decode(arena, encoded(bytes), ret_plain);
}

static void plain_is_taken_apart(void **state)
{
    (void)state;
    struct sasl_plain plain;
    assert_int_equal(plain_of(STR("\0a@b.example\0secret"), &plain), OK);
    assert_true(str_is_absent(plain.authorize));
    assert_true(str_eq(plain.name, STR("a@b.example")) && str_eq(plain.password, STR("secret")));
    assert_int_equal(plain_of(STR("c@b.example\0a@b.example\0secret"), &plain), OK);
    assert_true(str_eq(plain.authorize, STR("c@b.example")));
}

static void what_is_no_plain_is_refused(void **state)
{
    (void)state;
    static const struct str bad[] = {STR_INIT(""),           STR_INIT("a"),        STR_INIT("\0a"),
                                     STR_INIT("\0\0secret"), STR_INIT("\0a\0"),    STR_INIT("\0a\0b\0c"),
                                     STR_INIT("\0a\xff\0b"), STR_INIT("\0a\0\xc3")};
    struct sasl_plain plain;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(plain_of(bad[i], &plain), INVALID);
    assert_int_equal(sasl_plain_decode(arena, STR("not base64!"), &plain), INVALID);
}

static void texts_have_a_longest(void **state)
{
    (void)state;
    char room[3 * SASL_TEXT_MAX + 10];
    struct sasl_plain plain;
    struct str answer;
    for (size_t extra = 0; extra < 2; extra++) {
        size_t length = SASL_TEXT_MAX + extra;
        memset(room, 'a', sizeof room);
        room[0] = room[length + 1] = 0;
        enum status wanted = extra == 0 ? OK : INVALID;
        assert_int_equal(plain_of((struct str){room, length + 3}, &plain), wanted);
        assert_int_equal(sasl_login_decode(arena, encoded((struct str){room + 1, length}), &answer), wanted);
    }
    assert_int_equal(sasl_login_decode(arena, STR(""), &answer), INVALID);
}

static void mechanisms(void **state)
{
    (void)state;
    assert_int_equal(sasl_mechanism_of(STR("plain")), SASL_PLAIN);
    assert_int_equal(sasl_mechanism_of(STR("LOGIN")), SASL_LOGIN);
    assert_int_equal(sasl_mechanism_of(STR("PLAIN ")), SASL_UNKNOWN);
    assert_int_equal(sasl_mechanism_of(STR("")), SASL_UNKNOWN);
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_is_taken_apart),
        cmocka_unit_test(what_is_no_plain_is_refused),
        cmocka_unit_test(texts_have_a_longest),
        cmocka_unit_test(mechanisms),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
