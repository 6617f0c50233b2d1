#include "proto/mime/lex.h"

#include "proto/mime/test_text.h"

static void comments_nest_and_are_kept(void **state)
{
    (void)state;
    struct buf comment BUF_SCOPE = BUF_INIT(100);
    struct str rest = STR(" \r\n (un (deux) \\) x)(last) word");
    lex_skip(&rest, &comment);
    assert_text(rest, "word");
    assert_text(buf_str(&comment), "last");
    rest = STR("(a (b) c\r\n d) x");
    lex_skip(&rest, &comment);
    assert_text(buf_str(&comment), "a (b) c d");
    rest = STR("(never closed");
    lex_skip(&rest, NULL);
    assert_int_equal(rest.len, 0);
}

static void quoted_strings_lose_their_quoting(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(100);
    struct str rest = STR("\"a \\\"b\\\" \\\\ c\r\n d\" after");
    assert_true(lex_quoted(&rest, &out));
    assert_text(buf_str(&out), "a \"b\" \\ c d");
    assert_text(rest, " after");
    assert_false(lex_quoted(&rest, &out));
    buf_clear(&out);
    rest = STR("\"open\\");
    assert_true(lex_quoted(&rest, &out));
    assert_text(buf_str(&out), "open\\");
}

static void runs_end_at_blanks_controls_and_specials(void **state)
{
    (void)state;
    struct str rest = STR("café=x");
    assert_text(lex_until(&rest, LEX_TOKEN_ENDS), "café");
    assert_text(rest, "=x");
    rest = (struct str){"a\0b", 3};
    assert_text(lex_until(&rest, LEX_TOKEN_ENDS), "a");
    assert_true(lex_byte(&rest, '\0'));
    assert_false(lex_byte(&rest, 'c'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comments_nest_and_are_kept),
        cmocka_unit_test(quoted_strings_lose_their_quoting),
        cmocka_unit_test(runs_end_at_blanks_controls_and_specials),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
