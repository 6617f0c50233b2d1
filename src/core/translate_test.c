/* Sentences, numbers and dates as people write them, in both languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/translate.h"

#define NB "\xC2\xA0"      /* U+00A0 */
#define NARROW "\xE2\x80\xAF" /* U+202F */

static struct buf out;

static const char *written(void)
{
    static char text[500];
    REQUIRE(out.len < sizeof text);
    memcpy(text, out.at ? out.at : "", out.len);
    text[out.len] = '\0';
    buf_finish(&out);
    out = BUF_INIT(1000);
    return text;
}

static struct instant at(const char *text)
{
    struct instant instant;
    REQUIRE(instant_parse(str_of(text), &instant) == OK);
    return instant;
}

static void numbers_are_grouped(void **state)
{
    (void)state;
    translate_number(&out, LANGUAGE_FR, 20418);
    assert_string_equal(written(), "20" NARROW "418");
    translate_number(&out, LANGUAGE_EN, 1234567);
    assert_string_equal(written(), "1,234,567");
    translate_number(&out, LANGUAGE_FR, 999);
    assert_string_equal(written(), "999");
    translate_number(&out, LANGUAGE_EN, INT64_MIN);
    assert_string_equal(written(), "\xE2\x88\x92" "9,223,372,036,854,775,808");
}

static void dates_follow_the_language(void **state)
{
    (void)state;
    translate_date(&out, LANGUAGE_FR, at("2026-11-30T23:30:00Z"), 60);
    assert_string_equal(written(), "1er décembre 2026");
    translate_moment(&out, LANGUAGE_FR, at("2026-11-23T08:12:00Z"), 60);
    assert_string_equal(written(), "lundi 23 novembre 2026, 9" NB "h" NB "12");
    translate_moment(&out, LANGUAGE_EN, at("2026-11-23T08:02:00Z"), 60);
    assert_string_equal(written(), "Monday 23 November 2026, 9:02");
}

static void when_is_as_short_as_it_is_clear(void **state)
{
    (void)state;
    struct instant now = at("2026-11-23T12:00:00Z");
    translate_when(&out, LANGUAGE_FR, at("2026-11-23T08:12:00Z"), now, 60);
    assert_string_equal(written(), "9" NB "h" NB "12");
    translate_when(&out, LANGUAGE_FR, at("2026-11-20T16:05:00Z"), now, 60);
    assert_string_equal(written(), "ven. 17" NB "h" NB "05");
    translate_when(&out, LANGUAGE_FR, at("2026-11-16T16:05:00Z"), now, 60);
    assert_string_equal(written(), "16" NB "nov.");
    translate_when(&out, LANGUAGE_EN, at("2025-11-16T16:05:00Z"), now, 60);
    assert_string_equal(written(), "16" NB "Nov 2025");
    translate_when(&out, LANGUAGE_EN, at("2026-12-16T16:05:00Z"), now, 60); /* a clock ahead of ours */
    assert_string_equal(written(), "16" NB "Dec");
}

static void sizes_keep_one_digit_when_small(void **state)
{
    (void)state;
    translate_size(&out, LANGUAGE_FR, 999);
    assert_string_equal(written(), "999" NB "octets");
    translate_size(&out, LANGUAGE_FR, 3290000);
    assert_string_equal(written(), "3,2" NB "Mo");
    translate_size(&out, LANGUAGE_EN, 84500);
    assert_string_equal(written(), "84" NB "kB");
    translate_size(&out, LANGUAGE_EN, INT64_MAX);
    assert_string_equal(written(), "9,223,372" NB "TB");
}

static void arguments_are_escaped_in_pages(void **state)
{
    (void)state;
    struct html html = {.out = &out, .language = LANGUAGE_FR};
    struct text_arg args[] = {TEXT_ARG("person", STR("<b>\"Accueil\""))};
    translate_html(&html, T_layout_account_of, args, 1, false);
    assert_string_equal(written(), "Mon compte, &lt;b&gt;\"Accueil\"");
    translate_html(&html, T_layout_account_of, args, 1, true);
    assert_string_equal(written(), "Mon compte, &lt;b&gt;&quot;Accueil&quot;");
}

static void codes_name_languages(void **state)
{
    (void)state;
    assert_int_equal(language_of_code(STR("en"), LANGUAGE_FR), LANGUAGE_EN);
    assert_int_equal(language_of_code(STR("de"), LANGUAGE_FR), LANGUAGE_FR);
    assert_true(str_eq(language_code(LANGUAGE_EN), STR("en")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_grouped),          cmocka_unit_test(dates_follow_the_language),
        cmocka_unit_test(when_is_as_short_as_it_is_clear), cmocka_unit_test(sizes_keep_one_digit_when_small),
        cmocka_unit_test(arguments_are_escaped_in_pages), cmocka_unit_test(codes_name_languages),
    };
    out = BUF_INIT(1000);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
