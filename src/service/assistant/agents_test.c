#include "service/assistant/test_shelf.h"

#include <stdio.h>

#include "service/assistant/answer.h"
#include "service/assistant/origin.h"

static struct str body;

#define SECRET "Pour fermer la mairie, l’agent de permanence enclenche l’alarme avec le badge vert."
#define ASKED "/assistant?q=Comment+fermer+la+mairie+avec+l%27alarme+%3F"

static int64_t put(const char *title, const char *words, enum document_readers readers)
{
    struct document_text text = shelf_text(title, words);
    text.document.readers = readers;
    return shelf_put(text);
}

static int64_t a_town(void)
{
    int64_t id = put("Fermer la mairie et l’alarme", SECRET, DOCUMENT_AGENTS);
    put("Horaires de la mairie", "La mairie ouvre du lundi au vendredi, de 8 h 30 à 17 h.", DOCUMENT_PUBLIC);
    put("Tarifs de la cantine", "La cantine scolaire coûte 3,20 € par repas.", DOCUMENT_PUBLIC);
    follow();
    return id;
}

static const char *path_of(int64_t id)
{
    return str_format(test.arena, "/sources/%lld", (long long)id).at;
}

static void sign_in(void)
{
    test_act_as(&test, test_person(&test, "accueil@beauval.example", "Accueil"), ROLE_AGENT);
}

static void agents_are_answered_from_their_texts(void **state)
{
    (void)state;
    int64_t id = a_town();
    sign_in();
    assert_int_equal(test_page(&test, ASKED, NULL, &body), 200);
    assert_has(body, SECRET);
    assert_has(body, "Réservé aux agents");
    assert_has(body, "Vous cherchez aussi dans les textes réservés aux agents.");
    assert_int_equal(test_page(&test, path_of(id), NULL, &body), 200);
    assert_has(body, SECRET);
    assert_int_equal(test_page(&test, "/sources", NULL, &body), 200);
    assert_has(body, "Fermer la mairie");
    assert_has(body, "3 textes");
    assert_int_equal(test_page(&test, "/assistant/sources?q=Comment+fermer+la+mairie+avec+l%27alarme+%3F", NULL, &body),
                     200);
    assert_has(body, "Fermer la mairie");
}

static void residents_meet_nothing_of_them(void **state)
{
    (void)state;
    int64_t id = a_town();
    static const char *const asked[] = {ASKED, "/assistant?q=badge+vert", "/assistant?q=alarme", "/sources",
                                        "/assistant/sources?q=Comment+fermer+la+mairie+avec+l%27alarme+%3F"};
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        assert_int_equal(test_page(&test, asked[i], NULL, &body), 200);
        assert_lacks(body, "Fermer la mairie");
        assert_lacks(body, "enclenche");
        assert_true(str_find(body, str_of(path_of(id))) == SIZE_MAX); /* nor the nearest that was not quoted */
        assert_lacks(body, "3 textes");
    }
    assert_int_equal(test_page(&test, path_of(id), NULL, &body), 404);
    assert_int_equal(test_page(&test, "/assistant/trace", "text=" SECRET, &body), 200);
    assert_has(body, "Sans source</span> <span class=\"num\">100");
}

static void a_text_closed_to_residents_leaves_their_answers(void **state)
{
    (void)state;
    int64_t id = put("Fermer la mairie et l’alarme", SECRET, DOCUMENT_PUBLIC);
    follow();
    assert_int_equal(test_page(&test, ASKED, NULL, &body), 200);
    assert_has(body, SECRET);
    assert_int_equal(put("Fermer la mairie et l’alarme", SECRET, DOCUMENT_AGENTS), id);
    for (int i = 0; i < 2; i++) { /* at once, and when the libraries are made anew */
        assert_int_equal(test_page(&test, ASKED, NULL, &body), 200);
        assert_lacks(body, "enclenche");
        assert_true(str_find(body, str_of(path_of(id))) == SIZE_MAX);
        follow();
    }
    sign_in();
    assert_int_equal(test_page(&test, ASKED, NULL, &body), 200);
    assert_has(body, SECRET);
}

static void agents_texts_stand_before_public_ones(void **state)
{
    (void)state;
    struct answer answer;
    put("Cantine : consignes aux agents", "Pour la cantine, le prix du repas d’un agent est de 4,10 €.\n"
        "Le prix de la cantine se paie par badge.\nLe prix de la cantine d’un stagiaire est de 2,05 €.",
        DOCUMENT_AGENTS);
    put("Prix de la cantine", "Le prix de la cantine scolaire est de 3,20 € par repas.", DOCUMENT_PUBLIC);
    follow();
    sign_in();
    struct ctx ctx = test_ctx(&test);
    struct answer_asked asked = {.question = STR("Quel est le prix de la cantine ?"), .about = STR("")};
    assert_int_equal(answer_find(&ctx, &asked, &answer), OK);
    assert_int_equal(answer.count, ANSWER_PASSAGES_MAX);
    assert_int_equal(answer.passages[0].document.readers, DOCUMENT_AGENTS);
    assert_int_equal(answer.passages[2].document.readers, DOCUMENT_PUBLIC);
    assert_int_equal(answer.searched, 2);
}

static void an_editor_says_who_reads(void **state)
{
    (void)state;
    test_act_as(&test, test_person(&test, "direction@beauval.example", "Direction"), ROLE_ADMINISTRATOR);
    assert_int_equal(test_page(&test, "/sources", "form_token=" TEST_TOKEN "&title=Astreintes&authors=Direction&"
                               "licence=acte-officiel&readers=agents&words=Le+num%C3%A9ro+d%27astreinte.", &body), 303);
    char path[80];
    snprintf(path, sizeof path, "%.*s", STR_ARG(body));
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    assert_has(body, "Réservé aux agents");
    test.actor = (struct actor){.address = STR(""), .name = STR("")};
    assert_int_equal(test_page(&test, path, NULL, &body), 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(agents_are_answered_from_their_texts, open_shelf, close_shelf),
        cmocka_unit_test_setup_teardown(residents_meet_nothing_of_them, open_shelf, close_shelf),
        cmocka_unit_test_setup_teardown(a_text_closed_to_residents_leaves_their_answers, open_shelf, close_shelf),
        cmocka_unit_test_setup_teardown(agents_texts_stand_before_public_ones, open_shelf, close_shelf),
        cmocka_unit_test_setup_teardown(an_editor_says_who_reads, open_shelf, close_shelf),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
