/* A document given in the editor's page, until its text is a source: the role convert is played here. */
#include "core/test_town.h"
#include "document/test_wording.h"

#include "service/source/reading.h"

#define EDGE "----edge"

static struct test_town test;
static struct web_convert given; /* what the last page has given away */

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
    test_town_close(&test);
    return 0;
}

static void add_field(struct buf *body, const char *name, const char *value)
{
    buf_add_format(body, "--" EDGE "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n", name, value);
}

/* The code; where it went, or the page, in *ret_body. */
static int upload(const char *title, const char *licence, const char *file_name, struct str bytes, struct str *ret_body)
{
    struct buf body = BUF_INIT(64 << 20);
    struct web_response response = {.body = BUF_INIT(16 << 20)};
    struct ctx ctx = test_ctx(&test);
    add_field(&body, "form_token", TEST_TOKEN);
    add_field(&body, "title", title);
    add_field(&body, "authors", "Conseil municipal");
    add_field(&body, "licence", licence);
    buf_add_format(&body, "--" EDGE "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
                   "Content-Type: application/octet-stream\r\n\r\n", file_name);
    buf_add(&body, bytes);
    buf_add_c(&body, "\r\n--" EDGE "--\r\n");
    struct web_request request = {.method = WEB_POST, .path = STR("/sources"), .query = STR(""),
                                  .content_type = STR("multipart/form-data; boundary=" EDGE), .body = buf_str(&body),
                                  .accept_language = STR(""), .form_token = STR(TEST_TOKEN), .remote = STR("::1"),
                                  .device = STR("test"), .host = STR("beauval.localhost")};
    (void)DO(&test, web_dispatch(&ctx, test.pages, &request, &response));
    given = response.convert;
    if (!str_is_absent(given.document))
        given.document = str_copy(test.arena, given.document);
    *ret_body = str_copy(test.arena, response.code == 303 ? response.location : buf_str(&response.body));
    buf_finish(&response.body);
    buf_finish(&body);
    return response.code;
}

/* What the role would answer. */
static void convert(void)
{
    struct buf words BUF_SCOPE = BUF_INIT(WORDING_TEXT_MAX), title BUF_SCOPE = BUF_INIT(WORDING_TITLE_MAX);
    struct ctx ctx = test_ctx(&test);
    struct conversion conversion = {.title = STR(""), .words = STR("")};
    conversion.end = wording_read(given.document, &words, &title);
    if (conversion.end == WORDING_DONE) {
        conversion.title = buf_str(&title);
        conversion.words = buf_str(&words);
    }
    assert_int_equal(DO(&test, given.take(&ctx, given.row, &conversion)), OK);
}

static void answer(enum wording_end end)
{
    struct ctx ctx = test_ctx(&test);
    struct conversion conversion = {.end = end, .title = STR(""), .words = STR("")};
    assert_int_equal(DO(&test, given.take(&ctx, given.row, &conversion)), OK);
}

static struct str an_odt(const char *title)
{
    return ZIP(test.arena, ODT_TYPE,
               ODT_OF("<text:h text:outline-level=\"1\">Marché</text:h><text:p>Le samedi.</text:p>"),
               {"meta.xml", str_format(test.arena, "<title>%s</title>", title)});
}

static void a_document_becomes_a_source(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(upload("", "acte-officiel", "marche.txt", an_odt("Règlement du marché"), &body), 303);
    assert_true(str_eq(body, STR("/sources/reading/1")));
    assert_int_equal(test_page(&test, "/sources/reading/1", NULL, &body), 200);
    assert_has(body, "en cours de lecture");
    assert_has(body, "marche.txt");
    convert();
    assert_int_equal(test_page(&test, "/sources/reading/1", NULL, &body), 303);
    assert_true(str_eq(body, STR("/sources/1")));
    assert_int_equal(test_page(&test, "/sources/1", NULL, &body), 200);
    assert_has(body, "Règlement du marché</h1>");
    assert_has(body, "<h2 id=\"l0\">Marché</h2>");
    assert_has(body, "Conseil municipal");
}

/* The editor's title, the document's, the name of the file. */
static void it_has_the_first_title_there_is(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(upload("Marchés", "acte-officiel", "m.odt", an_odt("Du document"), &body), 303);
    convert();
    assert_int_equal(test_page(&test, "/sources/1", NULL, &body), 200);
    assert_has(body, "Marchés</h1>");
    assert_int_equal(upload("", "acte-officiel", "m.odt", an_odt(" "), &body), 303);
    convert();
    assert_int_equal(test_page(&test, "/sources/2", NULL, &body), 200);
    assert_has(body, "m.odt</h1>");
}

static void its_page_says_why_it_is_none(void **state)
{
    (void)state;
    struct str body;
    static const struct {
        enum wording_end end;
        const char *words;
    } cases[] = {{WORDING_SCANNED, "n’a que des images"}, {WORDING_LOCKED, "mot de passe"},
                 {WORDING_DAMAGED, "abîmé"},              {WORDING_BROKEN, "n’a pas abouti"},
                 {WORDING_BUSY, "Trop de documents"},     {WORDING_EMPTY, "pas un mot"},
                 {WORDING_TOO_MUCH, "une fois ouvert"},   {WORDING_UNKNOWN, "ni un texte"},
                 {WORDING_OLD, "ancien format"},          {WORDING_TOO_LARGE, "50"},
                 {WORDING_ENDS, "n’a pas abouti"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(upload("", "acte-officiel", "a.pdf", STR("%PDF-1.4"), &body), 303);
        answer(cases[i].end);
        assert_int_equal(test_page(&test, str_c(test.arena, body), NULL, &body), 200);
        assert_has(body, "role=\"alert\"");
        assert_true(str_find(body, str_of(cases[i].words)) != SIZE_MAX);
    }
    assert_int_equal(test_page(&test, "/sources", NULL, &body), 200);
    assert_has(body, "Aucun texte");
}

/* A town that has ended forgets what it had asked for. */
static void one_that_is_never_answered_is_late(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(upload("", "acte-officiel", "a.odt", an_odt("A"), &body), 303);
    test.now.ms += READING_LATE_MS;
    assert_int_equal(test_page(&test, "/sources/reading/1", NULL, &body), 200);
    assert_has(body, "en cours de lecture");
    test.now.ms += 1;
    assert_int_equal(test_page(&test, "/sources/reading/1", NULL, &body), 200);
    assert_has(body, "n’a pas abouti");
    test.now.ms += READING_KEPT_MS;
    assert_int_equal(upload("", "acte-officiel", "b.odt", an_odt("B"), &body), 303);
    struct ctx ctx = test_ctx(&test);
    struct conversion other = {.end = WORDING_EMPTY};
    assert_int_equal(DO(&test, reading_take(&ctx, 7, &other)), OK); /* none of ours */
    convert();
    assert_int_equal(test_page(&test, str_c(test.arena, body), NULL, &body), 303);
}

static void what_is_wrong_is_said_at_once(void **state)
{
    (void)state;
    struct str body, huge = {arena_array(test.arena, char, WORDING_DOCUMENT_MAX + 1), WORDING_DOCUMENT_MAX + 1};
    memcpy((char *)(uintptr_t)huge.at, "%PDF-1.4", 8);
    assert_int_equal(upload("", "rien", "a.odt", an_odt("A"), &body), 422);
    assert_has(body, "Choisissez une licence");
    assert_int_equal(upload("", "acte-officiel", "a.pdf", huge, &body), 422);
    assert_has(body, "trop gros");
    assert_int_equal(upload("Un", "acte-officiel", "a.txt", STR("MZ\0\1"), &body), 422);
    assert_has(body, "ni un texte");
    assert_int_equal(upload("Un", "acte-officiel", "a.odt", STR("Du texte, quel que soit son nom."), &body), 303);
    assert_true(str_eq(body, STR("/sources/1")));
    assert_true(str_is_absent(given.document));
}

/* A title that is given is looked up at once, the document's own when it is known. */
static void a_title_that_is_taken_is_said(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(upload("Marchés", "acte-officiel", "m.odt", an_odt("Du document"), &body), 303);
    convert();
    assert_int_equal(upload("Marchés", "acte-officiel", "n.odt", an_odt("Autre"), &body), 422);
    assert_has(body, "name=\"replace\" value=\"yes\"");
    assert_has(body, "Choisissez le fichier de nouveau");
    assert_true(str_is_absent(given.document));
    assert_int_equal(upload("", "acte-officiel", "n.odt", an_odt("Marchés"), &body), 303);
    struct ctx ctx = test_ctx(&test);
    struct conversion other = {.end = WORDING_DONE, .title = STR("Marchés"), .words = STR("Le dimanche.")};
    assert_int_equal(DO(&test, given.take(&ctx, given.row, &other)), OK);
    assert_int_equal(test_page(&test, str_c(test.arena, body), NULL, &body), 200);
    assert_has(body, "Un texte porte déjà ce titre");
    assert_int_equal(test_page(&test, "/sources/1", NULL, &body), 200);
    assert_has(body, "Le samedi.");
}

static void who_only_reads_gives_none(void **state)
{
    (void)state;
    struct str body;
    test_act_as(&test, test_person(&test, "accueil@beauval.example", "Accueil"), ROLE_AGENT);
    assert_int_equal(upload("", "acte-officiel", "a.odt", an_odt("A"), &body), 403);
    assert_true(str_is_absent(given.document));
    assert_int_equal(test_page(&test, "/sources/reading/1", NULL, &body), 403);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_document_becomes_a_source, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_has_the_first_title_there_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(its_page_says_why_it_is_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_is_never_answered_is_late, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_said_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_title_that_is_taken_is_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_only_reads_gives_none, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
