#include "service/accounting/rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { ARENA = 1 << 22 };

static void every_rule_is_whole_and_alone(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create((size_t)ARENA * 16);
    const struct rule_words words = {.place = STR("11"), .value = STR("12"), .wanted = STR("13")};
    struct rule rule, found;
    size_t count = 0;
    enum status done;
    for (; (done = rule_at(arena, count, &rule)) == OK; count++) {
        struct buf out BUF_SCOPE = BUF_INIT(4096);
        assert_int_equal(rule_find(arena, rule.code, &found), OK);
        assert_true(found.code.at == rule.code.at || str_eq(found.mend, rule.mend));
        rule_say(&out, &rule, &words);
        assert_int_equal(buf_status(&out), OK);
        assert_true(str_find_byte(buf_str(&out), '{') == SIZE_MAX && str_find_byte(buf_str(&out), '}') == SIZE_MAX);
    }
    assert_int_equal(done, NOT_FOUND);
    assert_true(count > 0 && count <= RULES_MAX);
}

static void unknown_codes_are_told(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct rule rule;
    assert_int_equal(rule_find(arena, STR("nobody.knows"), &rule), NOT_FOUND);
    assert_int_equal(rule_find(arena, STR(""), &rule), NOT_FOUND);
}

static void a_sentence_says_what_is_and_what_should_be(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(4096);
    const struct rule rule = {.mend = STR("{place} : {value} au lieu de {wanted}.")};
    rule_say(&out, &rule, &(struct rule_words){.place = STR("ligne 2"), .value = STR("12"), .wanted = STR("13")});
    assert_true(str_eq(buf_str(&out), STR("ligne 2 : 12 au lieu de 13.")));
}

/* At each side of the limit, and in the middle of a character of two bytes. */
static void what_is_too_long_is_seen_to_be_cut(void **state)
{
    (void)state;
    char long_text[RULE_VALUE_MAX + 4];
    const struct rule rule = {.mend = STR("{value}")};
    memset(long_text, 'a', sizeof long_text);
    memcpy(long_text + RULE_VALUE_MAX - 1, "é", 2);
    for (size_t len = RULE_VALUE_MAX - 1; len <= RULE_VALUE_MAX + 1; len += 2) {
        struct buf out BUF_SCOPE = BUF_INIT(4096);
        rule_say(&out, &rule, &(struct rule_words){.value = {long_text, len}});
        assert_int_equal(buf_str(&out).len, len < RULE_VALUE_MAX ? len : RULE_VALUE_MAX - 1 + strlen("…"));
        assert_true(str_ends(buf_str(&out), STR("…")) == (len > RULE_VALUE_MAX));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_is_whole_and_alone),
        cmocka_unit_test(unknown_codes_are_told),
        cmocka_unit_test(a_sentence_says_what_is_and_what_should_be),
        cmocka_unit_test(what_is_too_long_is_seen_to_be_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
