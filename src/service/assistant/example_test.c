#include "service/assistant/example.h"

#include "service/assistant/test_shelf.h"

enum { LONG_LEN = 3 << 20, SMALL = 1 << 20 /* memory that such a text does not fit in */ };

static void the_page_shows_questions_that_are_answered(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/assistant", NULL, &body), 200); /* while the texts are being read */
    assert_lacks(body, "Par exemple");
    (void)shelf_put(shelf_text("Règlement du cimetière", "Les concessions du cimetière durent trente ans."));
    (void)shelf_put(shelf_text("Ouverture de la bibliothèque", "La bibliothèque ouvre du mardi au samedi."));
    (void)shelf_put(shelf_text("Marché", "Le marché se tient le dimanche, place de la République."));
    follow();
    assert_int_equal(test_page(&test, "/assistant", NULL, &body), 200);
    assert_has(body, "Règlement du cimetière</a>");
    assert_lacks(body, "cantine");
    assert_lacks(body, "période d’essai");
    int64_t id = shelf_put(shelf_text("Tarifs de la cantine", "La cantine coûte 3,20 € par repas."));
    assert_int_equal(test_page(&test, "/assistant", NULL, &body), 200); /* from the library before */
    assert_lacks(body, "cantine");
    follow();
    assert_int_equal(test_page(&test, "/assistant", NULL, &body), 200);
    assert_has(body, "Combien coûte la cantine\u202F?</a>");
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, document_withdraw(&ctx, id, DOCUMENT_REMOVED)), OK);
    assert_int_equal(test_page(&test, "/assistant", NULL, &body), 200);
    assert_lacks(body, "cantine");
}

#define REGISTER "Registre des délibérations"

/* By a visit with that much memory. */
static enum status find(size_t memory, size_t wanted)
{
    struct arena *arena ARENA_SCOPE = arena_create(memory);
    struct str questions[EXAMPLES_MAX];
    size_t count;
    struct ctx ctx = test_ctx(&test);
    ctx.arena = arena;
    TRY(example_find(&ctx, questions, &count));
    assert_int_equal(count, wanted);
    if (count > 0)
        assert_true(str_eq(questions[0], STR(REGISTER)));
    return OK;
}

/* A long text is read for the first visit, and not for those that follow. */
static void they_are_found_once(void **state)
{
    (void)state;
    struct buf words BUF_SCOPE = BUF_INIT(DOCUMENT_WORDS_MAX);
    while (words.len < LONG_LEN)
        buf_add_literal(&words, "Le registre des délibérations vaut pour tous les habitants de la ville, comme le "
                                "conseil municipal le veut, et chacun peut le lire en mairie aux heures d’ouverture, "
                                "sans rendez-vous et sans rien payer, avec une personne de l’accueil s’il le veut.\n");
    struct document_text text = shelf_text(REGISTER, "");
    text.words = buf_str(&words);
    int64_t id = shelf_put(text);
    follow();
    assert_int_equal(find(SMALL, 1), LIMIT);
    assert_int_equal(find(64 << 20, 1), OK);
    assert_int_equal(find(SMALL, 1), OK);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, document_withdraw(&ctx, id, DOCUMENT_OPT_OUT)), OK);
    assert_int_equal(find(SMALL, 0), OK);
}

/* What is for agents stands before a public text of the same subject, whose title is then no example for them. */
static void each_kind_of_reader_has_its_own(void **state)
{
    (void)state;
    struct str body;
    struct actor anybody = test.actor;
    struct document_text text = shelf_text("Alarme de la mairie : consignes",
                                           "L’alarme de la mairie se ferme au badge.");
    text.document.readers = DOCUMENT_AGENTS;
    (void)shelf_put(text);
    (void)shelf_put(shelf_text("Alarme de la mairie", "L’alarme de la mairie sonne en cas d’incendie."));
    follow();
    for (int i = 0; i < 2; i++) { /* found, and kept */
        test.actor = anybody;
        assert_int_equal(test_page(&test, "/assistant", NULL, &body), 200);
        assert_has(body, "Alarme de la mairie</a>");
        const char *address = i == 0 ? "accueil@beauval.example" : "culture@beauval.example";
        test_act_as(&test, test_person(&test, address, "Accueil"), ROLE_AGENT);
        assert_int_equal(test_page(&test, "/assistant", NULL, &body), 200);
        assert_lacks(body, "Alarme de la mairie</a>");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_page_shows_questions_that_are_answered, open_shelf, close_shelf),
        cmocka_unit_test_setup_teardown(they_are_found_once, open_shelf, close_shelf),
        cmocka_unit_test_setup_teardown(each_kind_of_reader_has_its_own, open_shelf, close_shelf),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
