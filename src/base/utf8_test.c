#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void assert_str(struct str got, struct str wanted)
{
    assert_int_equal(got.len, wanted.len);
    assert_memory_equal(got.at, wanted.at, wanted.len);
}

static void only_well_formed_text_is_valid(void **state)
{
    (void)state;
    static const char *const good[] = {"",
                                       "a",
                                       "é",
                                       "€",
                                       "𝄞",
                                       "\xef\xbf\xbf",
                                       "\xed\x9f\xbf",
                                       "\xf4\x8f\xbf\xbf",
                                       "un texte assez long en français, été"};
    static const char *const bad[] = {
        "\x80",         "\xc0\x80",         "\xc1\xbf",         "\xe0\x9f\xbf",
        "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
        "\xc3",         "\xe2\x82",         "\xf0\x9d\x84",     "\xff",
        "\xc3(",        "assez long\xe9"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(utf8_is_valid(str_of(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(utf8_is_valid(str_of(bad[i])));
}

static void every_code_point_survives_both_ways(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(8);
    for (uint32_t point = 0; point <= 0x10FFFF; point++) {
        bool is_surrogate = point >= 0xD800 && point <= 0xDFFF;
        buf_clear(&out);
        utf8_add(&out, point);
        struct str rest = buf_str(&out);
        assert_true(utf8_is_valid(rest));
        assert_int_equal(utf8_next(&rest), is_surrogate ? UTF8_REPLACEMENT : point);
        assert_int_equal(rest.len, 0);
    }
    buf_clear(&out);
    utf8_add(&out, 0x110000);
    assert_str(buf_str(&out), STR("\xef\xbf\xbd"));
}

static void malformed_bytes_are_replaced_one_by_one(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(100);
    utf8_repair(&out, STR("caf\xe9, \xe2\x82, ok"));
    assert_str(buf_str(&out), STR("caf\xef\xbf\xbd, \xef\xbf\xbd\xef\xbf\xbd, ok"));
    assert_int_equal(utf8_count(STR("caf\xe9 \xe2\x82")), 7);
    assert_int_equal(utf8_count(STR("été")), 3);
}

static void a_prefix_never_cuts_a_code_point(void **state)
{
    (void)state;
    struct str s = STR("aé€𝄞z");
    static const size_t kept[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};
    for (size_t max = 0; max < sizeof kept / sizeof *kept; max++)
        assert_int_equal(utf8_prefix(s, max).len, kept[max]);
    assert_int_equal(utf8_prefix(STR("0123456789abcdefé"), 17).len, 16);
    assert_int_equal(utf8_prefix(STR("0123456789abcdef"), 9).len, 9);
}

static void folding_forgets_case_and_latin_accents(void **state)
{
    (void)state;
    static const struct {
        struct str text, folded;
    } pairs[] = {
        {STR_INIT("Été à l’Hôtel"), STR_INIT("ete a l’hotel")},
        {STR_INIT("ŒUVRE Æsir œuf"), STR_INIT("oeuvre aesir oeuf")},
        {STR_INIT("Straße STRASSE ẞ"), STR_INIT("strasse strasse ss")},
        {STR_INIT("Łódź Čapek İstanbul ı"), STR_INIT("lodz capek istanbul i")},
        {STR_INIT("e\u0301te\u0301"), STR_INIT("ete")},
        {STR_INIT("Việt Nam"), STR_INIT("viet nam")},
        {STR_INIT("ΑΘΉΝΑΣ"), STR_INIT("αθήνασ")},
        {STR_INIT("Москва Ёлка Й"), STR_INIT("москва ёлка й")},
        {STR_INIT("и\u0306"), STR_INIT("и\u0306")},
        {STR_INIT("2 × 3 ÷ 中文"), STR_INIT("2 × 3 ÷ 中文")},
        {STR_INIT("a\xff"), STR_INIT("a\xef\xbf\xbd")},
    };
    struct buf out BUF_SCOPE = BUF_INIT(200);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        buf_clear(&out);
        utf8_fold(&out, pairs[i].text);
        assert_str(buf_str(&out), pairs[i].folded);
        struct buf again BUF_SCOPE = BUF_INIT(200);
        utf8_fold(&again, buf_str(&out));
        assert_str(buf_str(&again), pairs[i].folded);
    }
}

static void invisible_steering_is_seen(void **state)
{
    (void)state;
    static const uint32_t deceptive[] = {0,      9,      0x1F,   0x7F,   0x9F,   0x61C, 0x200E,
                                         0x200F, 0x202A, 0x202E, 0x2066, 0x2069, 0xFEFF};
    static const uint32_t plain[] = {' ', 'a', 0xA0, 0xE9, 0x200D, 0x202F, 0x2065, 0x206A, 0x1F600};
    for (size_t i = 0; i < sizeof deceptive / sizeof *deceptive; i++)
        assert_true(utf8_is_deceptive(deceptive[i]));
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        assert_false(utf8_is_deceptive(plain[i]));
}

static void a_line_is_plain(void **state)
{
    (void)state;
    assert_true(utf8_is_line(STR(""), 0));
    assert_true(utf8_is_line(STR("R\303\251gie de l\342\200\231\303\251cole"), 20));
    assert_false(utf8_is_line(STR("R\303\251gie de l\342\200\231\303\251cole"), 19));
    assert_false(utf8_is_line(STR("two\nlines"), 40));
    assert_false(utf8_is_line(STR("a\177b"), 40));
    assert_false(utf8_is_line(STR("\342\200\256evil"), 40)); /* U+202E turns what follows round */
    assert_false(utf8_is_line(STR("cut \303"), 40));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_well_formed_text_is_valid),
        cmocka_unit_test(every_code_point_survives_both_ways),
        cmocka_unit_test(malformed_bytes_are_replaced_one_by_one),
        cmocka_unit_test(a_prefix_never_cuts_a_code_point),
        cmocka_unit_test(folding_forgets_case_and_latin_accents),
        cmocka_unit_test(invisible_steering_is_seen),
        cmocka_unit_test(a_line_is_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
