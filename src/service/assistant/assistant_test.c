#include "service/assistant/refused_sql.h"
#include "service/assistant/test_shelf.h"

#include <stdio.h>

#include "service/assistant/answer.h"

static int set_up(void **state)
{
    (void)open_shelf(state);
    test_act_as(&test, test_person(&test, "direction@beauval.example", "Direction générale"), ROLE_ADMINISTRATOR);
    return 0;
}

static int64_t put_in(const char *collection, const char *title, const char *words, const char *licence)
{
    struct document_text text = shelf_text(title, words);
    text.document.collection = str_of(collection);
    text.document.licence = str_of(licence);
    return shelf_put(text);
}

static int64_t put(const char *title, const char *words, const char *licence)
{
    return put_in("ville", title, words, licence);
}

static enum status ask_about(struct str question, struct str about, struct answer *ret_answer)
{
    struct ctx ctx = test_ctx(&test);
    struct answer_asked asked = {.question = question, .about = about};
    return answer_find(&ctx, &asked, ret_answer);
}

static enum status ask(struct str question, struct answer *ret_answer)
{
    return ask_about(question, STR(""), ret_answer);
}

#define CANTEEN "La cantine scolaire coûte 3,20 € par repas pour les enfants de Beauval."
#define COST "q=Combien+co%C3%BBte+la+cantine+scolaire+%3F" /* ASKED, as a form writes it, and as a link does */
#define COST_PATH "q=Combien%20co%C3%BBte%20la%20cantine%20scolaire%20%3F"
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
    assert_int_equal(ask(STR(ASKED), &answer), OK);
    assert_in_range(answer.count, 1, ANSWER_PASSAGES_MAX);
    for (size_t i = 0; i < answer.count; i++) {
        struct document_text text;
        assert_int_equal(document_get(&ctx, answer.passages[i].document.id, DOCUMENT_PUBLIC, &text), OK);
        assert_true(str_find(text.words, answer.passages[i].words) != SIZE_MAX);
    }
}

static void what_no_text_answers_is_refused(void **state)
{
    (void)state;
    struct answer answer;
    a_town();
    assert_int_equal(ask(STR("Quel est le poids de la tour Eiffel ?"), &answer), OK);
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
        assert_int_equal(ask(STR(ASKED), &answer), OK);
        for (size_t k = 0; k < answer.count; k++)
            assert_int_not_equal(answer.passages[k].document.id, 1);
        assert_int_not_equal(answer.near.id, 1);
        follow();
    }
}

/* A sentence that its author has taken out of a text, which stands on without it. */
static void a_sentence_taken_out_is_never_quoted(void **state)
{
    (void)state;
    struct answer answer;
    a_town();
    int64_t id = shelf_put(shelf_text("Tarif de la piscine", "# Tarif de la piscine\n\nLe ticket de la piscine "
                                                             "municipale coûte neuf euros pour un adulte.\n"));
    follow();
    assert_int_equal(ask(STR("Combien coûte le ticket de la piscine municipale ?"), &answer), OK);
    assert_int_equal(answer.passages[0].document.id, id);
    shelf_put(shelf_text("Tarif de la piscine", "# Tarif de la piscine\n\nLe ticket de la piscine municipale coûte "
                                                "quatre euros pour un adulte.\n"));
    assert_int_equal(ask(STR("Combien coûte le ticket de la piscine municipale ?"), &answer), OK); /* at once */
    for (size_t i = 0; i < answer.count; i++)
        assert_int_equal(str_find(answer.passages[i].words, STR("neuf euros")), SIZE_MAX);
}

/* Whoever links to a question must not have its words kept by search engines under the town's name. */
static void a_question_is_not_for_search_engines(void **state)
{
    (void)state;
    struct str body;
    a_town();
    assert_int_equal(test_page(&test, "/assistant?q=Madame+Untel+est+une+voleuse", NULL, &body), 200);
    assert_true(test_response.is_unlisted);
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
    assert_int_equal(ask(STR(ASKED), &answer), OK);
    assert_int_equal(answer.count, 2);
    put("Tarifs de la cantine scolaire", words, "reserve");
    follow();
    assert_int_equal(ask(STR(ASKED), &answer), OK);
    assert_int_equal(answer.count, 1);
    assert_true(str_eq(answer.passages[0].words, STR(CANTEEN)));
}

static void questions_have_limits(void **state)
{
    (void)state;
    static char asked[ANSWER_QUESTION_MAX + 2];
    struct answer answer;
    assert_int_equal(ask(STR("Bonjour"), &answer), BUSY); /* nothing was read yet */
    follow();
    assert_int_equal(ask(STR("Bonjour"), &answer), OK); /* an empty shelf refuses */
    assert_int_equal(answer.count, 0);
    memset(asked, 'a', ANSWER_QUESTION_MAX + 1);
    assert_int_equal(ask(str_of(asked), &answer), INVALID);
    asked[ANSWER_QUESTION_MAX] = '\0';
    assert_int_equal(ask(str_of(asked), &answer), OK);
    assert_int_equal(ask(STR("  "), &answer), INVALID);
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
    assert_has(body, "\"URL\":\"https://beauval.example/texte\"");
    assert_int_equal(test_page(&test, "/assistant?q=Quel+poids+p%C3%A8se+la+tour+Eiffel", NULL, &body), 200);
    assert_has(body, "Je n’ai pas de source");
    assert_int_equal(test_page(&test, "/assistant?q=%3Cscript%3E", NULL, &body), 200);
    assert_lacks(body, "<script>");
}

static void the_sources_are_a_plain_list_too(void **state)
{
    (void)state;
    static const char line[] = "Tarifs de la cantine scolaire.%s Acte officiel, sans droit d’auteur. "
                               "Texte du 12 mars 2026. Pris le 23 novembre 2026. %s\n";
    const char *makers = " Conseil municipal. Beauval.", *here = "http://beauval.localhost/sources/1";
    struct str body;
    struct document_text text = shelf_text("Tarifs de la cantine scolaire", CANTEEN);
    a_town();
    assert_int_equal(test_page(&test, "/assistant?" COST, NULL, &body), 200);
    assert_has(body, "href=\"/assistant/sources.txt?" COST_PATH "\" download");
    assert_int_equal(test_page(&test, "/assistant/sources.txt?" COST, NULL, &body), 200);
    assert_true(str_eq(test_response.content_type, STR("text/plain; charset=utf-8")));
    assert_true(str_eq(test_response.file_name, STR("sources.txt")));
    assert_true(str_eq(body, str_format(test.arena, line, makers, "https://beauval.example/texte")));
    text.document.link = text.document.authors = text.document.publisher = STR("");
    (void)shelf_put(text);
    follow();
    assert_int_equal(test_page(&test, "/assistant/sources.txt?" COST, NULL, &body), 200);
    assert_true(str_eq(body, str_format(test.arena, line, "", here)));
    assert_int_equal(test_page(&test, "/assistant/sources.txt?q=poids+de+la+tour+Eiffel", NULL, &body), 200);
    assert_int_equal(body.len, 0);
    test.actor = (struct actor){.address = STR(""), .name = STR("")}; /* a guest, in the language of the page */
    assert_int_equal(test_page(&test, "/assistant/sources.txt?" COST "&language=pt", NULL, &body), 200);
    assert_has(body, "Ato oficial");
}

/* ---- a question that goes on ---- */

static void a_question_that_points_back_keeps_the_subject(void **state)
{
    (void)state;
    struct answer answer;
    a_town();
    assert_int_equal(ask(STR("et pour un enfant ?"), &answer), OK);
    assert_int_equal(answer.count, 0);
    assert_int_equal(ask_about(STR("et pour un enfant ?"), STR(ASKED), &answer), OK);
    assert_true(answer.is_about);
    assert_true(str_eq(answer.passages[0].words, STR(CANTEEN)));
    assert_int_equal(ask_about(STR("Combien ça coûte ?"), STR("Où est la cantine scolaire ?"), &answer), OK);
    assert_true(answer.is_about);
    assert_true(str_eq(answer.passages[0].words, STR(CANTEEN)));
}

/* What is a question of its own is not bent to the subject; what no text says is refused with and without it. */
static void another_subject_is_another_question(void **state)
{
    (void)state;
    struct answer answer;
    a_town();
    assert_int_equal(ask_about(STR("Quand ouvre la bibliothèque ?"), STR(ASKED), &answer), OK);
    assert_true(answer.count > 0);
    assert_false(answer.is_about);
    assert_true(str_find(answer.passages[0].words, STR("bibliothèque")) != SIZE_MAX);
    assert_int_equal(ask_about(STR("Quel est le poids de la tour Eiffel ?"), STR(ASKED), &answer), OK);
    assert_int_equal(answer.count, 0);
    assert_false(answer.is_about);
}

static void what_was_asked_before_has_a_limit(void **state)
{
    (void)state;
    static char before[ANSWER_QUESTION_MAX + 2];
    struct answer answer;
    a_town();
    memset(before, 'a', ANSWER_QUESTION_MAX + 1);
    assert_int_equal(ask_about(STR(ASKED), str_of(before), &answer), INVALID);
    before[ANSWER_QUESTION_MAX] = '\0';
    assert_int_equal(ask_about(STR(ASKED), str_of(before), &answer), OK);
}

#define COSTS "q=Combien+%C3%A7a+co%C3%BBte+%3F"
#define BEFORE "about=La+cantine+scolaire"

static void the_page_shows_what_it_is_about(void **state)
{
    (void)state;
    struct str body;
    a_town();
    assert_int_equal(test_page(&test, "/assistant?" COSTS "&" BEFORE, NULL, &body), 200);
    assert_has(body, CANTEEN);
    assert_has(body, "À propos de\u00a0: ");
    assert_has(body, "<a href=\"/assistant?q=Combien%20%C3%A7a%20co%C3%BBte%20%3F\">");
    assert_has(body, "name=\"about\" value=\"La cantine scolaire Combien ça coûte ?\"");
    assert_int_equal(test_page(&test, "/assistant/sources?" COSTS "&" BEFORE, NULL, &body), 200);
    assert_has(body, "Tarifs de la cantine");
    assert_int_equal(test_page(&test, "/assistant/sources?" COSTS, NULL, &body), 200);
    assert_lacks(body, "Tarifs de la cantine");
}

/* What is quoted is the same; the words around it are plainer, and stay so from question to question. */
static void the_frame_is_read_easily(void **state)
{
    (void)state;
    struct str body;
    a_town();
    assert_int_equal(test_page(&test, "/assistant", NULL, &body), 200);
    assert_has(body, "href=\"/assistant?easy=1\"");
    assert_lacks(body, "<body class=\"easy");
    assert_int_equal(test_page(&test, "/assistant?easy=1", NULL, &body), 200);
    assert_has(body, "<body class=\"easy");
    assert_has(body, "Je montre des textes.");
    assert_has(body, "name=\"easy\" value=\"1\"");
    assert_int_equal(test_page(&test, "/assistant?easy=1&" COSTS "&" BEFORE, NULL, &body), 200);
    assert_has(body, CANTEEN);
    assert_has(body, "href=\"/assistant?q=Combien%20%C3%A7a%20co%C3%BBte%20%3F&amp;easy=1\"");
}

/* ---- whose text comes first ---- */

#define PASSPORT_TOWN "Le passeport se demande sur rendez-vous à la mairie de Beauval."
#define PASSPORT_STATE "Le passeport se demande dans toute mairie équipée."

static void the_town_is_quoted_before_the_state(void **state)
{
    (void)state;
    struct answer answer;
    a_town();
    put_in("fiches", "Où demander un passeport", "# Où demander un passeport\n" PASSPORT_STATE "\nIl dure dix ans.",
           "etalab-2.0");
    put("Demander un passeport en mairie", "# Demander un passeport\n" PASSPORT_TOWN, "acte-officiel");
    follow();
    assert_int_equal(ask(STR("Où demander un passeport ?"), &answer), OK);
    assert_true(answer.count >= 2 && answer.count <= ANSWER_PASSAGES_MAX);
    assert_true(str_eq(answer.passages[0].words, STR(PASSPORT_TOWN)));
    bool is_state = false;
    for (size_t i = 1; i < answer.count; i++)
        is_state |= str_eq(answer.passages[i].words, STR(PASSPORT_STATE));
    assert_true(is_state);
}

/* One of the town's that only shares a word does not stand before what answers. */
static void the_town_that_does_not_answer_is_not_quoted(void **state)
{
    (void)state;
    struct answer answer;
    a_town();
    put_in("fiches", "Durée de validité d’un passeport", "Un passeport d’adulte est valable dix ans.", "etalab-2.0");
    follow();
    assert_int_equal(ask(STR("Quelle est la durée de validité d’un passeport ?"), &answer), OK);
    assert_true(answer.count > 0);
    for (size_t i = 0; i < answer.count; i++)
        assert_string_equal(str_c(test.arena, answer.passages[i].document.collection), "fiches");
}

/* ---- subjects that no text answers ---- */

#define POOL "Quand ouvre la piscine municipale ?"

static void visit(const char *question, const char *remote)
{
    struct ctx ctx = test_ctx(&test);
    ctx.actor = (struct actor){.address = STR(""), .name = STR("")};
    assert_int_equal(DO(&test, refused_count(&ctx, str_of(question), str_of(remote))), OK);
}

static size_t subjects(struct refused **ret_subjects)
{
    size_t count;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(refused_list(&ctx, ret_subjects, &count), OK);
    return count;
}

static void a_subject_is_read_from_the_fifth_asker_on(void **state)
{
    (void)state;
    struct refused *list;
    a_town();
    for (int i = 0; i < 10; i++)
        visit(POOL, "192.0.2.1"); /* one asker, ten times */
    visit("La piscine municipale ouvre quand ?", "192.0.2.2");
    visit(POOL, "2001:db8:1:2:3::1");
    visit(POOL, "2001:db8:1:2:4::9"); /* the same network */
    visit(POOL, "192.0.2.3");
    assert_int_equal(subjects(&list), 0);
    visit(POOL, "192.0.2.4");
    assert_int_equal(subjects(&list), 1);
    assert_int_equal(list[0].askers, 5);
    assert_has(list[0].words, "piscine");
    assert_true(str_count_byte(list[0].words, ',') < REFUSED_STEMS);
}

static void subjects_grow_old(void **state)
{
    (void)state;
    struct refused *list;
    struct ctx ctx;
    a_town();
    visit(POOL, "192.0.2.1");
    test.now.ms += INT64_C(24) * 3600 * 1000;
    for (int i = 2; i < 6; i++)
        visit(POOL, str_c(test.arena, str_format(test.arena, "192.0.2.%d", i)));
    assert_int_equal(subjects(&list), 1);
    test.now.ms += INT64_C(24) * 3600 * 1000 * (REFUSED_DAYS - 1);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, refused_sweep(&ctx)), NOT_FOUND); /* 90 days: kept */
    assert_int_equal(subjects(&list), 1);
    test.now.ms += INT64_C(24) * 3600 * 1000;
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, refused_sweep(&ctx)), OK);
    assert_int_equal(subjects(&list), 0); /* four are left, and nothing to be read */
    assert_int_equal(DO(&test, refused_sweep(&ctx)), NOT_FOUND);
}

static void one_asker_has_a_share(void **state)
{
    (void)state;
    struct refused *list;
    a_town();
    for (int i = 0; i < REFUSED_OF_ASKER_MAX; i++)
        visit(str_c(test.arena, str_format(test.arena, "objet%d lieu%d", i, i)), "192.0.2.9");
    visit(POOL, "192.0.2.9"); /* one more than is counted */
    for (int i = 1; i < 5; i++)
        visit(POOL, str_c(test.arena, str_format(test.arena, "192.0.2.%d", i)));
    assert_int_equal(subjects(&list), 0);
    test.now.ms += INT64_C(24) * 3600 * 1000;
    visit(POOL, "192.0.2.9");
    assert_int_equal(subjects(&list), 1);
}

/* As many subjects as are kept, of one asker each. */
static enum status flood(struct ctx *ctx)
{
    int64_t day = date_of_instant(test.now).days;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    for (int i = 0; i < REFUSED_ROWS_MAX; i++) {
        struct str subject = {(const char *)&i, sizeof i};
        TRY(sql_refused_add(ctx->db, (struct sql_refused_add){subject, STR("one"), day}));
    }
    return OK;
}

/* A flood of what nobody else asks fills the table; what several ask is counted on. */
static void a_flood_does_not_end_the_count(void **state)
{
    (void)state;
    struct refused *list;
    a_town();
    for (int i = 1; i < 4; i++)
        visit(POOL, str_c(test.arena, str_format(test.arena, "192.0.2.%d", i)));
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, flood(&ctx)), OK);
    for (int i = 4; i < 7; i++)
        visit(POOL, str_c(test.arena, str_format(test.arena, "192.0.2.%d", i)));
    assert_int_equal(subjects(&list), 1);
    assert_int_equal(list[0].askers, 6);
}

static void editors_alone_see_subjects(void **state)
{
    (void)state;
    struct str body;
    a_town();
    for (int i = 1; i < 5; i++)
        visit(POOL, str_c(test.arena, str_format(test.arena, "192.0.2.%d", i)));
    assert_int_equal(test_page(&test, "/assistant/refused", NULL, &body), 200);
    assert_lacks(body, "piscine");
    assert_int_equal(test_page(&test, "/assistant?q=Quand+ouvre+la+piscine+municipale+%3F", NULL, &body), 200);
    assert_has(body, "Je n’ai pas de source");
    assert_int_equal(test_page(&test, "/assistant/refused", NULL, &body), 200);
    assert_has(body, "piscine");
    assert_has(body, "demandé 5 fois");
    test_act_as(&test, test_person(&test, "accueil@beauval.example", "Accueil"), ROLE_AGENT);
    assert_int_equal(test_page(&test, "/assistant/refused", NULL, &body), 403);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_quoted_stands_in_the_document, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(what_no_text_answers_is_refused, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(a_text_taken_back_is_never_quoted, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(a_sentence_taken_out_is_never_quoted, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(a_question_is_not_for_search_engines, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(a_reserved_text_is_quoted_shortly, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(questions_have_limits, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(the_page_says_whose_the_words_are, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(the_sources_are_a_plain_list_too, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(a_question_that_points_back_keeps_the_subject, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(another_subject_is_another_question, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(what_was_asked_before_has_a_limit, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(the_page_shows_what_it_is_about, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(the_frame_is_read_easily, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(the_town_is_quoted_before_the_state, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(the_town_that_does_not_answer_is_not_quoted, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(a_subject_is_read_from_the_fifth_asker_on, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(subjects_grow_old, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(one_asker_has_a_share, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(a_flood_does_not_end_the_count, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(editors_alone_see_subjects, set_up, close_shelf),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
