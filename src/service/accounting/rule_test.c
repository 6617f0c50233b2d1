#include "service/accounting/rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { ARENA = 1 << 22 };

static void every_rule_is_whole_and_alone(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create((size_t)ARENA * 16);
    struct rule rule, found;
    size_t count = 0;
    enum status done;
    for (; (done = rule_at(arena, count, &rule)) == OK; count++) {
        struct buf out BUF_SCOPE = BUF_INIT(4096);
        assert_int_equal(rule_find(arena, rule.code, &found), OK);
        assert_true(found.code.at == rule.code.at || str_eq(found.mend, rule.mend));
        rule_say(&out, &rule, STR("12"), STR("13"));
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
    const struct rule rule = {.mend = STR("{value} au lieu de {wanted}.")};
    rule_say(&out, &rule, STR("12"), STR("13"));
    assert_true(str_eq(buf_str(&out), STR("12 au lieu de 13.")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_is_whole_and_alone),
        cmocka_unit_test(unknown_codes_are_told),
        cmocka_unit_test(a_sentence_says_what_is_and_what_should_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
