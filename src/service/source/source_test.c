#include "core/test_town.h"

#include <stdio.h>

#include "service/source/lines.h"
#include "service/source/source.h"

#define TOKEN "form_token=" TEST_TOKEN "&"

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
    test_town_close(&test);
    return 0;
}

static struct document_text rules(const char *licence, const char *words)
{
    return (struct document_text){.document = {.collection = STR("ville"),
                                               .key = STR("guichet"),
                                               .title = STR("Règlement du guichet"),
                                               .authors = STR("Conseil municipal"),
                                               .publisher = STR("Beauval"),
                                               .licence = str_of(licence),
                                               .link = STR(""),
                                               .written = date_of(2026, 3, 12)},
                                  .words = str_of(words)};
}

static enum status put(const char *licence, const char *words, enum document_change *ret_change, int64_t *ret_id)
{
    struct ctx ctx = test_ctx(&test);
    struct document_text text = rules(licence, words);
    return DO(&test, document_put(&ctx, &text, ret_change, ret_id));
}

static void a_text_is_replaced_under_its_key(void **state)
{
    (void)state;
    enum document_change change;
    int64_t id, again, standing, withdrawn;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(put("etalab-2.0", "Le guichet ouvre à 9 h.", &change, &id), OK);
    assert_int_equal(change, DOCUMENT_ADDED);
    assert_int_equal(put("etalab-2.0", "Le guichet ouvre à 9 h.", &change, &again), OK);
    assert_int_equal(change, DOCUMENT_SAME);
    assert_int_equal(put("etalab-2.0", "Le guichet ouvre à 8 h.", &change, &again), OK);
    assert_int_equal(change, DOCUMENT_CHANGED);
    assert_int_equal(again, id);
    assert_int_equal(document_count(&ctx, DOCUMENT_PUBLIC, &standing, &withdrawn), OK);
    assert_int_equal(standing, 1);
    assert_int_equal(withdrawn, 0);
}

/* A list line says each maker once, and no empty one. */
static void its_makers_are_named_once(void **state)
{
    (void)state;
    static const char *const rows[][3] = {{"Conseil municipal", "Beauval", "Conseil municipal. Beauval"},
                                          {"Beauval", "Beauval", "Beauval"},
                                          {"Conseil municipal", "", "Conseil municipal"},
                                          {"", "Beauval", "Beauval"}};
    struct ctx ctx = test_ctx(&test);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct document document = {.authors = str_of(rows[i][0]), .publisher = str_of(rows[i][1])};
        assert_true(str_eq(document_makers(ctx.arena, &document), str_of(rows[i][2])));
    }
}

/* In lists, in their count, and on a page of its own. */
static void assert_named(int64_t id, enum document_readers reader, bool is_named, bool is_whole)
{
    struct ctx ctx = test_ctx(&test);
    struct document_text text;
    struct document *documents;
    size_t listed;
    int64_t standing, withdrawn;
    assert_int_equal(document_list(&ctx, reader, 0, &documents, &listed), OK);
    assert_int_equal(listed, is_named);
    assert_int_equal(document_count(&ctx, reader, &standing, &withdrawn), OK);
    assert_int_equal(standing + withdrawn, is_named);
    assert_int_equal(document_get(&ctx, id, reader, &text), is_named ? OK : NOT_FOUND);
    if (is_named)
        assert_int_equal(!str_is_absent(text.words), is_whole);
}

/* What each licence lets be seen, searched and learnt: the table is the contract with authors. */
static void the_licence_decides_what_is_shown(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        bool is_whole, is_quotable, is_named;
    } cases[] = {{"etalab-2.0", true, true, true},    {"cc0-1.0", true, true, true},
                 {"cc-by-4.0", true, true, true},     {"odbl-1.0", true, true, true},
                 {"cc-by-sa-4.0", true, true, true},  {"acte-officiel", true, true, true},
                 {"reserve", false, true, true},      {"cc-by-nd-4.0", false, true, true},
                 {"oppose", false, false, true},      {"refuse", false, false, false}};
    enum document_change change;
    int64_t id;
    size_t count;
    licence_list(&count);
    assert_int_equal(count, sizeof cases / sizeof cases[0]);
    for (size_t i = 0; i < count; i++) {
        struct document_text text;
        struct ctx ctx = test_ctx(&test);
        assert_int_equal(put(cases[i].code, "Le guichet ouvre à 9 h.", &change, &id), OK);
        assert_named(id, DOCUMENT_PUBLIC, cases[i].is_named, cases[i].is_whole);
        assert_named(id, DOCUMENT_AGENTS, cases[i].is_named, cases[i].is_whole);
        assert_named(id, DOCUMENT_EDITORS, true, cases[i].is_whole);
        assert_int_equal(document_quotable(&ctx, id, DOCUMENT_PUBLIC, &text), cases[i].is_quotable ? OK : NOT_FOUND);
        assert_int_equal(document_next(&ctx, DOCUMENT_PUBLIC, 0, &text), cases[i].is_quotable ? OK : NOT_FOUND);
        assert_true(cases[i].is_whole || !licence_find(str_of(cases[i].code))->may_train);
    }
}

static void what_is_taken_back_stays_so(void **state)
{
    (void)state;
    enum document_change change;
    int64_t id, before, after;
    struct document_text text;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(put("etalab-2.0", "Le guichet ouvre à 9 h.", &change, &id), OK);
    assert_int_equal(document_state(&ctx, &before), OK);
    test.now.ms += 1000;
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, document_withdraw(&ctx, id, STR("opt-out"))), OK);
    assert_int_equal(document_state(&ctx, &after), OK);
    assert_int_not_equal(before, after);
    assert_int_equal(document_next(&ctx, DOCUMENT_PUBLIC, 0, &text), NOT_FOUND);
    assert_int_equal(put("etalab-2.0", "Le guichet ouvre à 7 h.", &change, &id), OK);
    assert_int_equal(change, DOCUMENT_WITHDRAWN);
    assert_int_equal(document_get(&ctx, id, DOCUMENT_PUBLIC, &text), OK);
    assert_true(str_is_absent(text.words));
    assert_true(str_eq(text.document.reason, STR("opt-out")));
}

static void limits_are_refused(void **state)
{
    (void)state;
    enum document_change change;
    int64_t id;
    static char long_words[DOCUMENT_WORDS_MAX + 2];
    memset(long_words, 'a', DOCUMENT_WORDS_MAX + 1);
    assert_int_equal(put("etalab-2.0", long_words, &change, &id), INVALID);
    long_words[DOCUMENT_WORDS_MAX] = '\0';
    assert_int_equal(put("etalab-2.0", long_words, &change, &id), OK);
    memset(long_words, '\n', DOCUMENT_LINES_MAX);
    long_words[DOCUMENT_LINES_MAX] = '\0';
    assert_int_equal(put("etalab-2.0", long_words, &change, &id), INVALID);
    long_words[DOCUMENT_LINES_MAX - 1] = 'a';
    assert_int_equal(put("etalab-2.0", long_words, &change, &id), OK);
    assert_int_equal(put("etalab-2.0", "", &change, &id), INVALID);
    assert_int_equal(put("etalab-2.0", "\xff\xfe", &change, &id), INVALID);
    assert_int_equal(put("libre", "Le guichet", &change, &id), INVALID);
    struct ctx ctx = test_ctx(&test);
    struct document_text text = rules("etalab-2.0", "Le guichet");
    text.document.link = STR("javascript:alert(1)");
    assert_int_equal(DO(&test, document_put(&ctx, &text, &change, &id)), INVALID);
    assert_string_equal(ctx.failure.code, "source.link");
}

/* ---- pages ---- */

static void pages_show_a_text_with_its_source(void **state)
{
    (void)state;
    struct str body;
    enum document_change change;
    int64_t id;
    assert_int_equal(test_page(&test, "/sources", NULL, &body), 200);
    assert_has(body, "Aucun texte");
    assert_int_equal(put("etalab-2.0", "# Horaires\nLe guichet ouvre à 9 h.\n- le <lundi>\n### En <hiver>\n",
                         &change, &id), OK);
    assert_int_equal(test_page(&test, "/sources", NULL, &body), 200);
    assert_has(body, "Règlement du guichet");
    assert_has(body, "Licence Ouverte 2.0");
    assert_int_equal(test_page(&test, "/sources/1?line=1", NULL, &body), 200);
    assert_has(body, "<h2 id=\"l0\">Horaires</h2>");
    assert_has(body, "<mark>Le guichet ouvre");
    assert_has(body, "<h2 id=\"l3\">En &lt;hiver&gt;</h2>");
    assert_lacks(body, "###");
    assert_has(body, "&lt;lundi&gt;");
    assert_has(body, "12 mars 2026");
    assert_int_equal(test_page(&test, "/sources/99", NULL, &body), 404);
    assert_int_equal(put("reserve", "# Horaires\nLe guichet ouvre à 9 h.", &change, &id), OK);
    assert_int_equal(test_page(&test, "/sources/1", NULL, &body), 200);
    assert_lacks(body, "Le guichet ouvre");
}

static void a_long_text_is_shown_in_pages(void **state)
{
    (void)state;
    struct str body;
    enum document_change change;
    int64_t id;
    struct buf words BUF_SCOPE = BUF_INIT(1 << 20);
    for (int i = 0; i < 2 * LINES_PAGE_MAX + 1; i++)
        buf_add_format(&words, "%s Ligne %d.\n\n", i % 3 == 0 ? "-" : "", i);
    buf_add_byte(&words, '\0');
    assert_int_equal(put("etalab-2.0", words.at, &change, &id), OK);
    assert_int_equal(test_page(&test, "/sources/1", NULL, &body), 200);
    assert_has(body, "<p id=\"l499\">Ligne 499.</p>");
    assert_lacks(body, "Ligne 500.");
    assert_has(body, "Page 1 sur 3.");
    assert_lacks(body, "Lignes précédentes");
    assert_has(body, "href=\"/sources/1?page=2\">Lignes suivantes");
    assert_int_equal(test_page(&test, "/sources/1?line=500", NULL, &body), 200); /* as an answer links to it */
    assert_has(body, "<p id=\"l500\"><mark>Ligne 500.</mark></p>");
    assert_lacks(body, "Ligne 499.");
    assert_has(body, "href=\"/sources/1?page=1\">Lignes précédentes");
    assert_has(body, "href=\"/sources/1?page=3\">Lignes suivantes");
    assert_int_equal(test_page(&test, "/sources/1?page=3", NULL, &body), 200);
    assert_has(body, "Ligne 1000.");
    assert_lacks(body, "Lignes suivantes");
    assert_int_equal(test_page(&test, "/sources/1?line=5000", NULL, &body), 200);
    assert_has(body, "Page 1 sur 3.");
    assert_int_equal(test_page(&test, "/sources/1?page=4", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/sources/1?page=-1", NULL, &body), 404);
}

/* One line as long as a text may be, of what is longest in HTML: all of it is shown, and no byte twice. */
static void a_line_of_4_mb_is_shown(void **state)
{
    (void)state;
    static char words[DOCUMENT_WORDS_MAX + 1];
    struct str body;
    enum document_change change;
    int64_t id, pages = 1;
    size_t shown = 0;
    memset(words, '&', DOCUMENT_WORDS_MAX);
    assert_int_equal(put("etalab-2.0", words, &change, &id), OK);
    for (int64_t page = 1; page <= pages; page++) {
        char path[60];
        snprintf(path, sizeof path, "/sources/1?line=0&page=%d", (int)page);
        assert_int_equal(test_page(&test, path, NULL, &body), 200);
        for (size_t at = str_find(body, STR("<p id=\"l0")); at < body.len; at++)
            shown += str_starts(str_after(body, at), STR("&amp;"));
        pages += str_find(body, STR("Lignes suivantes")) != SIZE_MAX;
    }
    assert_int_equal(pages, DOCUMENT_WORDS_MAX / LINES_PAGE_LEN);
    assert_int_equal(shown, DOCUMENT_WORDS_MAX);
}

/* A column behind the words would be read through them: the list of six long texts would take as long as they are. */
static void the_words_stand_last_in_their_row(void **state)
{
    (void)state;
    static const struct db_query query = {
        "last", "SELECT name FROM pragma_table_info('source_document') ORDER BY cid DESC LIMIT 1", DB_SLOT_MAX - 1};
    struct db_cursor *cursor = NULL;
    assert_int_equal(db_start(test.town.db, &query, &cursor), OK);
    assert_int_equal(db_step(cursor), OK);
    assert_true(str_eq(db_column_text(cursor, 0), STR("words")));
    db_end(cursor);
}

static void an_editor_adds_and_takes_back(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(
        test_page(&test, "/sources",
                  TOKEN "title=Tarifs&authors=Conseil&licence=acte-officiel&words=La+cantine+co%C3%BBte+3+%E2%82%AC.",
                  &body),
        303);
    assert_int_equal(test_page(&test, "/sources", TOKEN "title=&authors=C&licence=acte-officiel&words=Texte", &body),
                     422);
    assert_has(body, "Texte");
    assert_int_equal(test_page(&test, "/sources/1", NULL, &body), 200);
    assert_has(body, "La cantine coûte");
    assert_int_equal(test_page(&test, "/sources/1/withdraw", TOKEN "reason=opt-out", &body), 303);
    assert_int_equal(test_page(&test, "/sources/1", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/sources", NULL, &body), 200);
    assert_has(body, "à la demande de l’auteur");
    assert_int_equal(
        test_page(&test, "/sources", TOKEN "title=Tarifs&authors=Conseil&licence=acte-officiel&words=Encore.", &body),
        422);
    assert_has(body, "reste retiré");
    assert_has(body, "Encore."); /* what was typed is not lost */
}

static void who_only_reads_changes_nothing(void **state)
{
    (void)state;
    struct str body;
    test_act_as(&test, test_person(&test, "accueil@beauval.example", "Accueil"), ROLE_AGENT);
    assert_int_equal(test_page(&test, "/sources", TOKEN "title=T&authors=C&licence=acte-officiel&words=Texte", &body),
                     403);
    assert_int_equal(test_page(&test, "/sources/add", NULL, &body), 403);
    assert_int_equal(test_page(&test, "/sources", NULL, &body), 200);
    assert_lacks(body, "/sources/add");
}

/* Its right holder refuses even to be named: whoever edits the sources alone sees that it is there, and takes it back;
 * then it is not named either. */
static void what_is_refused_has_no_name(void **state)
{
    (void)state;
    static const int codes[][3] = {{404, 404, 200}, {404, 404, 404}}; /* of its page */
    struct actor editor = test.actor, agent, anybody = {.address = STR(""), .name = STR("")};
    struct str body;
    enum document_change change;
    int64_t id;
    assert_int_equal(put("refuse", "Le guichet ouvre à 9 h.", &change, &id), OK);
    test_act_as(&test, test_person(&test, "accueil@beauval.example", "Accueil"), ROLE_AGENT);
    agent = test.actor;
    for (size_t i = 0; i < 2; i++) {
        const struct actor *const actors[] = {&anybody, &agent, &editor};
        for (size_t k = 0; k < 3; k++) {
            test.actor = *actors[k];
            assert_int_equal(test_page(&test, "/sources/1", NULL, &body), codes[i][k]);
            assert_int_equal(test_page(&test, "/sources", NULL, &body), 200);
            assert_int_equal(str_find(body, STR("Règlement du guichet")) != SIZE_MAX, k == 2);
            assert_int_equal(str_find(body, STR("Aucun texte")) != SIZE_MAX, k != 2);
        }
        if (i == 0)
            assert_int_equal(test_page(&test, "/sources/1/withdraw", TOKEN "reason=removed", &body), 303);
    }
}

/* What lies across the edge of what is read at once is found; what may not be quoted is not given. */
static void large_texts_are_read_in_pieces(void **state)
{
    (void)state;
    static char words[2 * DOCUMENT_SCRATCH + 100], scratch[DOCUMENT_SCRATCH];
    static const char mark[] = "Le guichet ouvre.";
    enum document_change change;
    struct document document;
    struct document_search search = {.scratch = scratch};
    struct ctx ctx = test_ctx(&test);
    bool is_there;
    char piece[8];
    struct buf part = {.at = piece, .room = sizeof piece, .max = sizeof piece};
    int64_t id;
    memset(words, 'a', sizeof words - 1);
    memcpy(words + DOCUMENT_SCRATCH - 5, mark, sizeof mark - 1);
    memcpy(words + sizeof words - 2, "z", 1);
    assert_int_equal(put("etalab-2.0", words, &change, &id), OK);
    assert_int_equal(document_next_head(&ctx, DOCUMENT_PUBLIC, 0, &document), OK);
    assert_int_equal(document.id, id);
    assert_int_equal(document_holds(&ctx, &document, STR("Le guichet ouvre."), &search, &is_there), OK);
    assert_true(is_there);
    assert_int_equal(document_holds(&ctx, &document, STR("az"), &search, &is_there), OK);
    assert_true(is_there);
    assert_int_equal(document_holds(&ctx, &document, STR("Le guichet ferme."), &search, &is_there), OK);
    assert_false(is_there);
    assert_in_range(search.bytes, 2 * DOCUMENT_SCRATCH, 8 * DOCUMENT_SCRATCH);
    assert_int_equal(document_read_part(&ctx, id, sizeof words - 4, sizeof piece, &part), OK);
    assert_int_equal(part.len, 3);
    assert_memory_equal(piece, "aaz", 3);
    buf_clear(&part);
    assert_int_equal(document_read_part(&ctx, id, sizeof words, sizeof piece, &part), OK);
    assert_int_equal(part.len, 0);
    assert_int_equal(document_read_part(&ctx, id + 1, 0, sizeof piece, &part), NOT_FOUND);
    assert_int_equal(document_next_head(&ctx, DOCUMENT_AGENTS, 0, &document), NOT_FOUND);
    assert_int_equal(put("oppose", words, &change, &id), OK);
    assert_int_equal(document_next_head(&ctx, DOCUMENT_PUBLIC, 0, &document), NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_text_is_replaced_under_its_key, set_up, tear_down),
        cmocka_unit_test_setup_teardown(its_makers_are_named_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_licence_decides_what_is_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_taken_back_stays_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(limits_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(large_texts_are_read_in_pieces, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pages_show_a_text_with_its_source, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_long_text_is_shown_in_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_line_of_4_mb_is_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_words_stand_last_in_their_row, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_editor_adds_and_takes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_only_reads_changes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_refused_has_no_name, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
