#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "proto/http/http_value.h"

static void check_cookie(const char *header, const char *want)
{
    struct str found = http_value_cookie(str_of(header), "__Host-session");
    if (want == NULL)
        assert_true(str_is_absent(found));
    else
        assert_true(!str_is_absent(found) && str_eq(found, str_of(want)));
}

static void cookies(void **state)
{
    (void)state;
    check_cookie("__Host-session=abc", "abc");
    check_cookie("a=b; __Host-session=a=b; c=d", "a=b");
    check_cookie("a=b;__Host-session=\"x\"", "x");
    check_cookie("__Host-session=", "");
    check_cookie("__host-session=abc", NULL);
    check_cookie("x__Host-session=abc; __Host-session", NULL);
    check_cookie("__Host-session=a; __Host-session=b", NULL);
    check_cookie(NULL, NULL);
}

static size_t language(const char *header)
{
    static const struct str offered[] = {STR_INIT("fr"), STR_INIT("en")};
    return http_value_language(str_of(header), offered, 2);
}

static void languages(void **state)
{
    (void)state;
    assert_int_equal(language("fr"), 0);
    assert_int_equal(language("en"), 1);
    assert_int_equal(language("en-GB,en;q=0.9,fr;q=0.8"), 1);
    assert_int_equal(language("de, fr-CA;q=0.7, en;q=0.6"), 0);
    assert_int_equal(language("EN;q=0.5, FR;q=0.50"), 0);
    assert_int_equal(language("*"), 0);
    assert_int_equal(language("fr;q=0, *;q=0.1"), 1);
    assert_int_equal(language("de, fre, e"), 2);
    assert_int_equal(language("en;q=0"), 2);
    assert_int_equal(language("en;q=2, fr;q=0.001"), 0);
    assert_int_equal(language(NULL), 2);
    struct buf many BUF_SCOPE = BUF_INIT(1000);
    for (int i = 0; i < HTTP_LANGUAGES_MAX - 1; i++)
        buf_add_literal(&many, "de,");
    struct buf more BUF_SCOPE = BUF_INIT(1000);
    buf_add(&more, buf_str(&many));
    buf_add_literal(&many, "en");
    buf_add_literal(&more, "de,en");
    static const struct str offered[] = {STR_INIT("fr"), STR_INIT("en")};
    assert_int_equal(http_value_language(buf_str(&many), offered, 2), 1);
    assert_int_equal(http_value_language(buf_str(&more), offered, 2), 2);
}

static void check_parameter(const char *header, enum status status, const char *want)
{
    struct buf out BUF_SCOPE = BUF_INIT(100);
    assert_int_equal(http_value_parameter(str_of(header), "charset", &out), status);
    if (status == OK)
        assert_true(str_eq(buf_str(&out), str_of(want)));
}

static void parameters(void **state)
{
    (void)state;
    check_parameter("text/plain; charset=utf-8", OK, "utf-8");
    check_parameter("text/plain;a=\"x;charset=y\" ; CHARSET=\"u\\\"8\" ", OK, "u\"8");
    check_parameter("text/plain", NOT_FOUND, NULL);
    check_parameter("text/plain; a=b;", NOT_FOUND, NULL);
    check_parameter("text/plain; charset=a; charset=a", INVALID, NULL);
    check_parameter("text/plain; charset=\"a", INVALID, NULL);
    check_parameter("text/plain; charset=\"a\\", INVALID, NULL);
    check_parameter("text/plain; charset=", INVALID, NULL);
    check_parameter("text/plain; charset=\"a\"b", INVALID, NULL);
    check_parameter("text/plain; x", INVALID, NULL);
    assert_true(str_eq(http_value_media(STR(" Text/Plain ; a=b")), STR("Text/Plain")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cookies),
        cmocka_unit_test(languages),
        cmocka_unit_test(parameters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
