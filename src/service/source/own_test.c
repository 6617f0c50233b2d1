/* A text of the town itself: its title, what replaces it, what comes back, and what is left of a withdrawn one. */
#include "core/test_town.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "service/source/own.h"
#include "service/source/source_export.h"

#define TOKEN "form_token=" TEST_TOKEN "&"

static struct test_town test;
static char folder[64], path[96];

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

static struct document_text rules(const char *words, enum document_readers readers)
{
    return (struct document_text){.document = {.title = STR("Règlement du guichet"),
                                               .authors = STR("Conseil municipal"),
                                               .publisher = STR("Beauval"),
                                               .licence = STR("acte-officiel"),
                                               .link = STR(""),
                                               .readers = readers},
                                  .words = str_of(words)};
}

/* "" where it is put, else the code it is refused with. */
static const char *put(const char *words, enum document_readers readers, enum own_replace replace,
                       enum document_change wanted)
{
    enum document_change change = DOCUMENT_WITHDRAWN;
    int64_t id;
    struct ctx ctx = test_ctx(&test);
    struct document_text text = rules(words, readers);
    enum status done = DO(&test, own_put(&ctx, &text, replace, &change, &id));
    if (done != OK)
        return ctx.failure.code;
    assert_int_equal(change, wanted);
    return "";
}

static struct str words_now(void)
{
    struct document_text text;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(document_get(&ctx, 1, DOCUMENT_AGENTS, &text), OK);
    return text.words;
}

static void withdraw(struct str reason)
{
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, document_withdraw(&ctx, 1, reason)), OK);
}

/* ---- titles ---- */

static void a_title_is_replaced_only_when_said(void **state)
{
    (void)state;
    assert_string_equal(put("Il ouvre à 9 h.", DOCUMENT_PUBLIC, OWN_KEEP, DOCUMENT_ADDED), "");
    assert_string_equal(put("Il ouvre à 9 h.", DOCUMENT_PUBLIC, OWN_KEEP, DOCUMENT_SAME), "");
    assert_string_equal(put("Il ouvre à 8 h.", DOCUMENT_PUBLIC, OWN_KEEP, 0), "source.title_taken");
    assert_true(str_eq(words_now(), STR("Il ouvre à 9 h.")));
    assert_string_equal(put("Il ouvre à 8 h.", DOCUMENT_PUBLIC, OWN_REPLACE, DOCUMENT_CHANGED), "");
    assert_true(str_eq(words_now(), STR("Il ouvre à 8 h.")));
}

static void a_text_for_agents_is_not_replaced_by_one_for_all_unsaid(void **state)
{
    (void)state;
    assert_string_equal(put("Le code est au coffre.", DOCUMENT_AGENTS, OWN_KEEP, DOCUMENT_ADDED), "");
    assert_string_equal(put("Il ouvre à 8 h.", DOCUMENT_PUBLIC, OWN_KEEP, 0), "source.title_agents");
    assert_string_equal(put("Il ouvre à 8 h.", DOCUMENT_PUBLIC, OWN_REPLACE, 0), "source.title_agents");
    /* Not even the same words may be opened unsaid. */
    assert_string_equal(put("Le code est au coffre.", DOCUMENT_PUBLIC, OWN_REPLACE, 0), "source.title_agents");
    assert_string_equal(put("Le code est changé.", DOCUMENT_AGENTS, OWN_REPLACE, DOCUMENT_CHANGED), "");
    assert_string_equal(put("Il ouvre à 8 h.", DOCUMENT_PUBLIC, OWN_OPEN, DOCUMENT_CHANGED), "");
}

static void what_the_town_removed_may_come_back(void **state)
{
    (void)state;
    enum document_change change;
    int64_t id;
    assert_string_equal(put("Il ouvre à 9 h.", DOCUMENT_PUBLIC, OWN_KEEP, DOCUMENT_ADDED), "");
    withdraw(DOCUMENT_REMOVED);
    /* Not by its collection. */
    struct ctx ctx = test_ctx(&test);
    struct document_text text = rules("Il ouvre à 9 h.", DOCUMENT_PUBLIC);
    text.document.collection = DOCUMENT_OWN;
    text.document.key = text.document.title;
    assert_int_equal(DO(&test, document_put(&ctx, &text, &change, &id)), OK);
    assert_int_equal(change, DOCUMENT_WITHDRAWN);
    assert_true(str_is_absent(words_now()));
    /* By whoever adds it again. */
    assert_string_equal(put("Il ouvre à 9 h.", DOCUMENT_PUBLIC, OWN_KEEP, DOCUMENT_ADDED), "");
    assert_true(str_eq(words_now(), STR("Il ouvre à 9 h.")));
}

static void what_was_opted_out_never_comes_back(void **state)
{
    (void)state;
    assert_string_equal(put("Il ouvre à 9 h.", DOCUMENT_PUBLIC, OWN_KEEP, DOCUMENT_ADDED), "");
    withdraw(DOCUMENT_REMOVED);
    withdraw(DOCUMENT_OPT_OUT); /* its author says so only then */
    withdraw(DOCUMENT_REMOVED); /* and nothing undoes it */
    assert_string_equal(put("Il ouvre à 9 h.", DOCUMENT_PUBLIC, OWN_OPEN, 0), "source.taken_back");
    assert_true(str_is_absent(words_now()));
}

/* ---- the page ---- */

#define FORM TOKEN "title=Guichet&authors=Conseil&licence=acte-officiel&words="

static void the_page_asks_before_it_replaces(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/sources", FORM "Ancien.", &body), 303);
    assert_int_equal(test_page(&test, "/sources", FORM "Nouveau.", &body), 422);
    assert_has(body, "Remplacer le texte de ce titre");
    assert_has(body, "name=\"replace\" value=\"yes\"");
    assert_has(body, "Nouveau.");
    assert_true(str_eq(words_now(), STR("Ancien.")));
    assert_int_equal(test_page(&test, "/sources", FORM "Nouveau.&replace=yes", &body), 303);
    assert_true(str_eq(words_now(), STR("Nouveau.")));
}

static void the_page_says_that_a_text_is_for_agents(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/sources", FORM "Au+coffre.&readers=agents", &body), 303);
    assert_int_equal(test_page(&test, "/sources", FORM "Pour+tous.&replace=yes", &body), 422);
    assert_has(body, "réservé aux agents");
    assert_has(body, "name=\"replace\" value=\"open\"");
    assert_true(str_eq(words_now(), STR("Au coffre.")));
    assert_int_equal(test_page(&test, "/sources", FORM "Pour+tous.&replace=open", &body), 303);
    assert_true(str_eq(words_now(), STR("Pour tous.")));
}

static void a_text_is_kept_as_it_is_quoted_and_shown(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/sources",
                               FORM "%23%23%23+Horaires%0D%0A%0D%0A%0D%0A++*+le+lundi%0D%0A-+le%09mardi%0D%0A"
                                    "Fin.%0D%0A",
                               &body),
                     303);
    assert_true(str_eq(words_now(), STR("### Horaires\n\n- le lundi\n- le mardi\nFin.")));
    assert_int_equal(test_page(&test, "/sources/1?line=2", NULL, &body), 200);
    assert_has(body, "<h2 id=\"l0\">Horaires</h2>");
    assert_lacks(body, "###");
    assert_has(body, "<p id=\"l1\" class=\"item\">– le lundi</p>");
    assert_has(body, "<mark>le mardi</mark>");
}

/* ---- an import ---- */

static enum status import(const char *words, const char *link, const char *reason)
{
    static int key; /* each of its own */
    struct buf line BUF_SCOPE = BUF_INIT(1 << 20);
    struct ctx ctx = test_ctx(&test);
    buf_add_format(&line,
                   "{\"collection\":\"ville\",\"key\":\"%d\",\"title\":\"A\",\"authors\":\"B\",\"publisher\":\"C\","
                   "\"licence\":\"etalab-2.0\",\"written_day\":0,\"taken_ms\":0,\"link\":\"%s\",\"words\":\"%s\","
                   "\"withdrawn_ms\":%d,\"reason\":\"%s\",\"readers\":0}\n",
                   key++, link, words, reason[0] != '\0', reason);
    return DO(&test, export_take(&ctx, &source_exports[0], buf_str(&line)));
}

static void an_import_is_checked_as_the_page_is(void **state)
{
    (void)state;
    static char lines[2 * DOCUMENT_LINES_MAX + 20];
    for (int i = 0; i < DOCUMENT_LINES_MAX; i++)
        memcpy(lines + 2 * i, "\\n", 2);
    assert_int_equal(import(lines, "", ""), INVALID);
    assert_int_equal(import("Des mots.", "javascript:alert(1)", ""), INVALID);
    assert_int_equal(import("Des mots.", "", "opt-out"), INVALID);
    assert_int_equal(import("Des mots.", "", "gone"), INVALID);
    assert_int_equal(import("", "", ""), INVALID);
    assert_int_equal(import("", "", "on ne sait"), INVALID);
    assert_int_equal(import("Des mots.", "https://beauval.example/a", ""), OK);
    assert_int_equal(import("", "", "opt-out"), OK);
    assert_int_equal(import("", "", "removed"), OK);
    assert_int_equal(import("", "", "gone"), OK); /* by its publisher, as `source import` leaves it */
}

/* ---- what is left in the file ---- */

#define PLANTED "zibeline-du-guichet-42"

enum { WORDS_LAST = 5 }; /* the migration that moves the words */

/* With the steps of this service up to one. */
static void open_file_at(int64_t number)
{
    struct str refusal = STR("");
    struct migration_set sets[MIGRATION_SET_COUNT];
    memcpy(sets, migration_sets, sizeof sets);
    for (size_t i = 0; i < MIGRATION_SET_COUNT; i++)
        while (strcmp(sets[i].service, "source") == 0 && sets[i].migrations[sets[i].count - 1].number > number)
            sets[i].count--;
    struct migrate_plan plan = {
        .database = DATABASE_TOWN, .sets = sets, .set_count = MIGRATION_SET_COUNT, .now = TEST_NOW};
    writer_destroy(test.town.writer);
    db_close(test.town.db);
    assert_int_equal(db_open(path, DB_CREATE, &test.town.db), OK);
    assert_int_equal(migrate(test.town.db, test.arena, &plan, &refusal), OK);
    test.town.writer = writer_create(test.town.db);
}

static void open_file(void)
{
    open_file_at(INT64_MAX);
}

static void make_folder(void **state)
{
    (void)set_up(state);
    snprintf(folder, sizeof folder, "/tmp/parvis-erase-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/town.db", folder);
}

static int set_up_file(void **state)
{
    make_folder(state);
    open_file();
    return 0;
}

static int set_up_old_file(void **state)
{
    make_folder(state);
    open_file_at(WORDS_LAST - 1);
    return 0;
}

static int tear_down_file(void **state)
{
    (void)tear_down(state);
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;)
        if (entry->d_name[0] != '.')
            assert_int_equal(unlinkat(dirfd(entries), entry->d_name, 0), 0);
    closedir(entries);
    return rmdir(folder);
}

/* In the database file or its log. */
static bool is_on_disk(void)
{
    static char bytes[16 << 20];
    bool is_found = false;
    for (int i = 0; i < 2; i++) {
        char name[120];
        snprintf(name, sizeof name, "%s%s", path, i == 0 ? "" : "-wal");
        FILE *file = fopen(name, "r");
        if (file == NULL)
            continue;
        size_t len = fread(bytes, 1, sizeof bytes, file);
        assert_true(len < sizeof bytes);
        fclose(file);
        is_found |= memmem(bytes, len, PLANTED, strlen(PLANTED)) != NULL;
    }
    return is_found;
}

/* A text of many pages, and one that fits beside others on a page. */
static void withdrawn_words_leave_the_file(void **state)
{
    (void)state;
    static char words[2][200000];
    for (size_t i = 0; i < 2; i++) {
        size_t len = 0, most = i == 0 ? 150000 : 300;
        while (len < most)
            len += (size_t)snprintf(words[i] + len, sizeof words[i] - len, "Le " PLANTED " ouvre.\n");
        assert_string_equal(put(words[i], DOCUMENT_PUBLIC, OWN_REPLACE, DOCUMENT_ADDED), "");
        assert_int_equal(db_checkpoint(test.town.db), OK);
        assert_true(is_on_disk());
        /* What it said before goes as well. */
        assert_string_equal(put("Le guichet ouvre.", DOCUMENT_PUBLIC, OWN_REPLACE, DOCUMENT_CHANGED), "");
        assert_string_equal(put(words[i], DOCUMENT_PUBLIC, OWN_REPLACE, DOCUMENT_CHANGED), "");
        withdraw(i == 0 ? DOCUMENT_REMOVED : DOCUMENT_OPT_OUT);
        assert_true(db_log_size(test.town.db) > 1 << 30); /* which asks the town to write back */
        assert_int_equal(db_checkpoint(test.town.db), OK);
        assert_false(is_on_disk());
        assert_int_equal(db_log_size(test.town.db), 0);
    }
}

/* Those that stood before the words were moved to the end of their rows: no copy of them is left behind. */
static void moved_words_leave_the_file(void **state)
{
    (void)state;
    static char words[150000];
    struct document_text text;
    size_t len = 0;
    while (len + 100 < sizeof words)
        len += (size_t)snprintf(words + len, sizeof words - len, "Le " PLANTED " ouvre.\n");
    words[--len] = '\0';
    assert_string_equal(put(words, DOCUMENT_AGENTS, OWN_REPLACE, DOCUMENT_ADDED), "");
    assert_int_equal(db_checkpoint(test.town.db), OK);
    open_file();
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(document_get(&ctx, 1, DOCUMENT_PUBLIC, &text), NOT_FOUND);
    assert_int_equal(document_get(&ctx, 1, DOCUMENT_AGENTS, &text), OK);
    assert_true(str_eq(text.words, str_of(words)));
    assert_int_equal(db_checkpoint(test.town.db), OK);
    assert_true(is_on_disk());
    withdraw(DOCUMENT_REMOVED);
    assert_int_equal(db_checkpoint(test.town.db), OK);
    assert_false(is_on_disk());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_title_is_replaced_only_when_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_text_for_agents_is_not_replaced_by_one_for_all_unsaid, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_the_town_removed_may_come_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_opted_out_never_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_page_asks_before_it_replaces, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_page_says_that_a_text_is_for_agents, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_text_is_kept_as_it_is_quoted_and_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_import_is_checked_as_the_page_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(withdrawn_words_leave_the_file, set_up_file, tear_down_file),
        cmocka_unit_test_setup_teardown(moved_words_leave_the_file, set_up_old_file, tear_down_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
