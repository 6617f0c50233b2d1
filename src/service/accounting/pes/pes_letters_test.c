/* Each kind of sign has its form, and what has none is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include "service/accounting/pes/pes_letters.h"

enum { WORDS_MAX = 200 };

static void texts_become_letters_of_the_set(void **state)
{
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {"plain", "plain"},
        {"Église Saint-Gilles", "\xC9glise Saint-Gilles"},
        {"12 € d’œuvre", "12 EUR d'oeuvre"},
        {"ŒUVRE", "OEUVRE"},
        {"« A » “B” ‘C’", "\xAB A \xBB &quot;B&quot; 'C'"},
        {"a – b — c − d…", "a - b - c - d..."},
        {"1\xE2\x80\xAF" "000\xC2\xA0" "F", "1 000\xA0" "F"},
        {"A & B < C > \"D\"", "A &amp; B &lt; C &gt; &quot;D&quot;"},
        {"Šimić Łukasz łódź", "Simic Lukasz l\xF3" "dz"},
        {"ȘTEFAN Țară Žižka", "STEFAN Tara Zizka"},
        {"Nguyễn Đức Ưng", "Nguyen Duc Ung"},
        {"Ÿ ÿ", "Y \xFF"},
        {"e\xCC\x81te\xCC\x81 c\xCC\xA7" "a N\xCC\x83 s\xCC\x8C", "\xE9t\xE9 \xE7" "a \xD1 s"},
        {"two\nlines\tand more\r", "two lines and more "},
        {"m² n° ½ ×", "m\xB2 n\xB0 \xBD \xD7"},
        {"№ 5 ™", "N\xB0 5 TM"},
        {"in\xC2\xADvisible\xE2\x80\x8B", "invisible"},
        {"\xE2\x80\xAEturned", "turned"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf got BUF_SCOPE = BUF_INIT(WORDS_MAX);
        assert_true(pes_letters(&got, str_of(cases[i].text)));
        if (!str_eq(buf_str(&got), str_of(cases[i].wanted)))
            fail_msg("%s: \"%.*s\"", cases[i].text, STR_ARG(buf_str(&got)));
    }
}

static void what_has_no_form_is_told(void **state)
{
    static const char *const texts[] = {"Ωmega", "Москва", "東京", "a\x01" "b", "\xC2\x85", "\x7F", "bad \xE9 byte", "☃",
                                        "\xF0\x9F\x98\x80"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buf got BUF_SCOPE = BUF_INIT(WORDS_MAX);
        if (pes_letters(&got, str_of(texts[i])))
            fail_msg("%s became \"%.*s\"", texts[i], STR_ARG(buf_str(&got)));
    }
}

/* Every capital of the alphabets beyond the set stays one, and every small letter. */
static void capitals_stay_capitals(void **state)
{
    static const char *const pairs[][2] = {{"ĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮ", "āăąćĉċčďđēĕėęěĝğġģĥħĩīĭį"},
                                           {"ĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŹŻŽ",
                                            "ĵķĺļľŀłńņňōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżž"},
                                           {"ẠẢẤẬẮẸẾỆỊỌỐỚỤỨỲ", "ạảấậắẹếệịọốớụứỳ"}};
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct buf capitals BUF_SCOPE = BUF_INIT(WORDS_MAX), small BUF_SCOPE = BUF_INIT(WORDS_MAX);
        assert_true(pes_letters(&capitals, str_of(pairs[i][0])));
        assert_true(pes_letters(&small, str_of(pairs[i][1])));
        assert_int_equal(capitals.len, small.len);
        for (size_t j = 0; j < capitals.len; j++) {
            assert_in_range(capitals.at[j], 'A', 'Z');
            assert_int_equal(ascii_lower(capitals.at[j]), small.at[j]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_become_letters_of_the_set),
        cmocka_unit_test(what_has_no_form_is_told),
        cmocka_unit_test(capitals_stay_capitals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
