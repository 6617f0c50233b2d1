#include "language/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "language/plain.h"
#include "language/stem.h"

static void are_tokens(const char *text, const char *expected)
{
    struct str rest = str_of(text), token;
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    while (token_next(&rest, &token)) {
        buf_add_c(&out, out.len ? "|" : "");
        buf_add(&out, token);
    }
    buf_add_byte(&out, '\0');
    assert_string_equal(out.at, expected);
}

static void words_are_found(void **state)
{
    (void)state;
    are_tokens("", "");
    are_tokens(" .,; ", "");
    are_tokens("Budget primitif, 2026.", "Budget|primitif|2026");
    are_tokens("accueil@beauval.example", "accueil|beauval|example");
    are_tokens("porte-monnaie 3×4 « été » 5€", "porte|monnaie|3|4|été|5");
    are_tokens("Привет мир 漢字", "Привет|мир|漢字");
    are_tokens("a\xff\xfe" "b", "a|b");
}

static void elisions_are_passed_over(void **state)
{
    (void)state;
    are_tokens("l'école d'Été qu\u2019il L\u2019AN lorsqu'on", "école|Été|il|AN|on");
    are_tokens("aujourd'hui presqu'île", "aujourd|hui|presqu|île");
    are_tokens("l' école 'l d'", "l|école|l|d");
    are_tokens("plan d'l'x", "plan|x");
    are_tokens("O'Brien", "O|Brien");
}

static void runs_are_whole(void **state)
{
    (void)state;
    struct str rest = STR(" l'école 2026"), run;
    assert_true(token_run(&rest, &run) && str_eq(run, STR("l")));
    assert_true(token_run(&rest, &run) && str_eq(run, STR("école")));
    assert_true(token_run(&rest, &run) && str_eq(run, STR("2026")));
    assert_false(token_run(&rest, &run));
}

static void long_words_are_cut(void **state)
{
    (void)state;
    struct buf text BUF_SCOPE = BUF_INIT(1000);
    struct str rest, token;
    for (int i = 0; i < TOKEN_MAX - 1; i++)
        buf_add_byte(&text, 'a');
    buf_add_c(&text, "éb c");
    rest = buf_str(&text);
    assert_true(token_next(&rest, &token));
    assert_int_equal(token.len, TOKEN_MAX - 1);
    assert_true(token_next(&rest, &token));
    assert_true(str_eq(token, STR("c")));
}

static void words_share_stems(void **state)
{
    (void)state;
    struct stemmer *stemmer = stemmer_create();
    static const char *const alike[][2] = {
        {"facture", "factures"},     {"école", "écoles"},
        {"délibérée", "délibérées"}, {"délibération", "délibéré"},
        {"arrêté", "arrêtés"},       {"arrêtée", "arrêté"},
        {"communal", "communaux"},   {"travaux", "travail"},
        {"employée", "employés"},    {"réunion", "RÉUNIONS"},
        {"œuvre", "oeuvres"},        {"deliberees", "délibérées"},
        {"mairie", "mairies"},       {"cheval", "chevaux"},
        {"financière", "financier"}, {"yeux", "œil"},
    };
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++) {
        struct buf first BUF_SCOPE = BUF_INIT(100), second BUF_SCOPE = BUF_INIT(100), stem BUF_SCOPE = BUF_INIT(100);
        plain_write(&first, str_of(alike[i][0]));
        plain_write(&second, str_of(alike[i][1]));
        buf_add(&stem, stem_of(stemmer, buf_str(&first)));
        struct str other = stem_of(stemmer, buf_str(&second));
        if (!str_eq(buf_str(&stem), other))
            print_error("%s %.*s, %s %.*s\n", alike[i][0], STR_ARG(buf_str(&stem)), alike[i][1], STR_ARG(other));
        assert_true(str_eq(buf_str(&stem), other));
    }
    assert_true(str_eq(stem_of(stemmer, STR("2026")), STR("2026")));
    assert_true(str_eq(stem_of(stemmer, STR("les")), STR("les")));
    assert_true(str_eq(stem_of(stemmer, STR("привет")), STR("привет")));
    stemmer_destroy(stemmer);
    stemmer_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_found),
        cmocka_unit_test(elisions_are_passed_over),
        cmocka_unit_test(runs_are_whole),
        cmocka_unit_test(long_words_are_cut),
        cmocka_unit_test(words_share_stems),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
