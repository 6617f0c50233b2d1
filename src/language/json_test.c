#include "language/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void are_events(const char *text, const char *expected)
{
    static const char marks[] = ".{}[]ktnw!";
    struct buf out BUF_SCOPE = BUF_INIT(10000);
    struct json json = json_of(str_of(text));
    enum json_kind kind;
    struct str raw;
    do {
        kind = json_next(&json, &raw);
        buf_add_byte(&out, marks[kind]);
        json_unescape(&out, raw);
    } while (kind != JSON_END && kind != JSON_WRONG);
    buf_add_byte(&out, 0);
    assert_string_equal(out.at, expected);
}

static void events_are_in_order(void **state)
{
    (void)state;
    are_events("{\"a\": [1, -2.5e3, \"x\", true, null], \"b\": {}}", "{ka[n1n-2.5e3txwtruewnull]kb{}}.");
    are_events(" [] ", "[].");
    are_events("\"é\\n\\u00e9\\ud83d\\ude00\\\"\"", "té\né😀\".");
    are_events("\"\\ud83d\"", "t\xEF\xBF\xBD.");
}

static void wrong_text_is_wrong(void **state)
{
    (void)state;
    are_events("", "!");
    are_events("{\"a\" 1}", "{!");
    are_events("{\"a\": 1,}", "{kan1!");
    are_events("[1 2]", "[n1!");
    are_events("[1}", "[n1!");
    are_events("[\"x]", "[!");
    are_events("[1] 2", "[n1]!");
    are_events("[nul]", "[!");
}

static void depth_has_a_maximum(void **state)
{
    (void)state;
    struct buf text BUF_SCOPE = BUF_INIT(10000);
    struct str raw;
    for (int i = 0; i < JSON_DEPTH_MAX + 1; i++)
        buf_add_byte(&text, '[');
    struct json json = json_of(buf_str(&text));
    for (int i = 0; i < JSON_DEPTH_MAX; i++)
        assert_int_equal(json_next(&json, &raw), JSON_ARRAY);
    assert_int_equal(json_next(&json, &raw), JSON_WRONG);
    assert_int_equal(json_next(&json, &raw), JSON_WRONG);
}

static void values_are_skipped(void **state)
{
    (void)state;
    struct json json = json_of(STR("{\"a\": [[1], {\"b\": 2}], \"c\": 3}"));
    struct str raw;
    json_next(&json, &raw);
    json_next(&json, &raw);
    assert_int_equal(json_skip(&json, json_next(&json, &raw)), JSON_ARRAY_END);
    assert_int_equal(json_next(&json, &raw), JSON_KEY);
    assert_true(str_eq(raw, STR("c")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_are_in_order),
        cmocka_unit_test(wrong_text_is_wrong),
        cmocka_unit_test(depth_has_a_maximum),
        cmocka_unit_test(values_are_skipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
