#include "core/test_town.h"

#include <stdio.h>

#include "service/assistant/answer.h"
#include "service/assistant/shelf.h"

static struct test_town test;

static int set_up(void **state)
{
    (void)state;
    test_town_open(&test);
    test_act_as(&test, test_person(&test, "direction@beauval.example", "Direction générale"), ROLE_ADMINISTRATOR);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    shelf_close(&test.town);
    test_town_close(&test);
    return 0;
}

static int64_t put(const char *title, const char *words, const char *licence)
{
    enum document_change change;
    int64_t id = 0;
    struct ctx ctx = test_ctx(&test);
    struct document_text text = {.document = {.collection = STR("ville"),
                                              .key = str_of(title),
                                              .title = str_of(title),
                                              .authors = STR("Conseil municipal"),
                                              .publisher = STR("Beauval"),
                                              .licence = str_of(licence),
                                              .link = STR("https://beauval.example/texte"),
                                              .written = date_of(2026, 3, 12)},
                                 .words = str_of(words)};
    assert_int_equal(DO(&test, document_put(&ctx, &text, &change, &id)), OK);
    return id;
}

static void follow(void)
{
    enum status done;
    int steps = 0;
    do {
        struct ctx ctx = test_ctx(&test);
        done = shelf_follow(&ctx);
        assert_true(++steps < 1000);
    } while (done == OK);
    assert_int_equal(done, NOT_FOUND);
}

#define CANTEEN "La cantine scolaire coûte 3,20 € par repas pour les enfants de Beauval."
#define ASKED "Combien coûte la cantine scolaire ?"

static void a_town(void)
{
    put("Tarifs de la cantine scolaire", "# Tarifs\n" CANTEEN "\nLe tarif change le 1er septembre.", "acte-officiel");
    put("Règlement du cimetière", "Les concessions durent trente ans.\nElles se renouvellent en mairie.",
        "acte-officiel");
    put("Ouverture de la bibliothèque", "La bibliothèque ouvre du mardi au samedi, de 10 h à 18 h.", "acte-officiel");
    follow();
}

static void what_is_quoted_stands_in_the_document(void **state)
{
    (void)state;
    struct answer answer;
    struct ctx ctx = test_ctx(&test);
    a_town();
    assert_int_equal(answer_find(&ctx, STR(ASKED), &answer), OK);
    assert_in_range(answer.count, 1, ANSWER_PASSAGES_MAX);
    for (size_t i = 0; i < answer.count; i++) {
        struct document_text text;
        assert_int_equal(document_get(&ctx, answer.passages[i].document.id, &text), OK);
        assert_true(str_find(text.words, answer.passages[i].words) != SIZE_MAX);
    }
}

static void what_no_text_answers_is_refused(void **state)
{
    (void)state;
    struct answer answer;
    struct ctx ctx = test_ctx(&test);
    a_town();
    assert_int_equal(answer_find(&ctx, STR("Quel est le poids de la tour Eiffel ?"), &answer), OK);
    assert_int_equal(answer.count, 0);
    assert_int_equal(answer.searched, 3);
}

static void a_text_taken_back_is_never_quoted(void **state)
{
    (void)state;
    struct answer answer;
    a_town();
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, document_withdraw(&ctx, 1, STR("opt-out"))), OK);
    for (int i = 0; i < 2; i++) { /* at once, and when the library is made anew */
        ctx = test_ctx(&test);
        assert_int_equal(answer_find(&ctx, STR(ASKED), &answer), OK);
        for (size_t k = 0; k < answer.count; k++)
            assert_int_not_equal(answer.passages[k].document.id, 1);
        assert_int_not_equal(answer.near.id, 1);
        follow();
    }
}

/* All rights reserved: short quotations alone, article L122-5 of the Code de la propriété intellectuelle. */
static void a_reserved_text_is_quoted_shortly(void **state)
{
    (void)state;
    static char words[LICENCE_QUOTE_MAX + 400];
    struct answer answer;
    size_t len = (size_t)snprintf(words, sizeof words, "%s\nLa cantine scolaire coûte", CANTEEN);
    while (len < LICENCE_QUOTE_MAX + 150)
        len += (size_t)snprintf(words + len, sizeof words - len, " toujours");
    snprintf(words + len, sizeof words - len, ".");
    put("Tarifs de la cantine scolaire", words, "etalab-2.0");
    follow();
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(answer_find(&ctx, STR(ASKED), &answer), OK);
    assert_int_equal(answer.count, 2);
    put("Tarifs de la cantine scolaire", words, "reserve");
    follow();
    ctx = test_ctx(&test);
    assert_int_equal(answer_find(&ctx, STR(ASKED), &answer), OK);
    assert_int_equal(answer.count, 1);
    assert_true(str_eq(answer.passages[0].words, STR(CANTEEN)));
}

static void questions_have_limits(void **state)
{
    (void)state;
    static char asked[ANSWER_QUESTION_MAX + 2];
    struct answer answer;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(answer_find(&ctx, STR("Bonjour"), &answer), BUSY); /* nothing was read yet */
    follow();
    assert_int_equal(answer_find(&ctx, STR("Bonjour"), &answer), OK); /* an empty shelf refuses */
    assert_int_equal(answer.count, 0);
    memset(asked, 'a', ANSWER_QUESTION_MAX + 1);
    assert_int_equal(answer_find(&ctx, str_of(asked), &answer), INVALID);
    asked[ANSWER_QUESTION_MAX] = '\0';
    assert_int_equal(answer_find(&ctx, str_of(asked), &answer), OK);
    assert_int_equal(answer_find(&ctx, STR("  "), &answer), INVALID);
}

static void the_page_says_whose_the_words_are(void **state)
{
    (void)state;
    struct str body;
    a_town();
    assert_int_equal(test_page(&test, "/assistant", NULL, &body), 200);
    assert_has(body, "Une question à la mairie");
    assert_int_equal(test_page(&test, "/assistant?q=Combien+co%C3%BBte+la+cantine+scolaire+%3F", NULL, &body), 200);
    assert_has(body, CANTEEN);
    assert_has(body, "Conseil municipal");
    assert_has(body, "12 mars 2026");
    assert_has(body, "/sources/1?line=1#l1");
    assert_int_equal(test_page(&test, "/assistant/sources?q=Combien+co%C3%BBte+la+cantine+scolaire+%3F", NULL, &body),
                     200);
    assert_has(body, "\"license\":\"acte-officiel\"");
    assert_has(body, "\"issued\":{\"date-parts\":[[2026,3,12]]}");
    assert_int_equal(test_page(&test, "/assistant?q=Quel+poids+p%C3%A8se+la+tour+Eiffel", NULL, &body), 200);
    assert_has(body, "Je n’ai pas de source");
    assert_int_equal(test_page(&test, "/assistant?q=%3Cscript%3E", NULL, &body), 200);
    assert_lacks(body, "<script>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_quoted_stands_in_the_document, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_no_text_answers_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_text_taken_back_is_never_quoted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_reserved_text_is_quoted_shortly, set_up, tear_down),
        cmocka_unit_test_setup_teardown(questions_have_limits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_page_says_whose_the_words_are, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
