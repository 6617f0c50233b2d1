/* Collections text by text, and the verb that brings them in, step by step. */
#include "core/test_town.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "service/source/collection.h"
#include "service/source/source.h"
#include "service/source/source_import.h"

static struct test_town test;

static int set_up(void **state)
{
    (void)state;
    test_town_open(&test);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_town_close(&test);
    return 0;
}

/* ---- files of JSON ---- */

static const char *file_of(const char *content)
{
    static char path[64];
    snprintf(path, sizeof path, "/tmp/parvis-collection-%d.json", (int)getpid());
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(content, file) >= 0);
    assert_int_equal(fclose(file), 0);
    return path;
}

/* Reads a collection of one text; it stands until the collection is closed. */
static struct collection *read_only_text(const char *name, const char *content, struct document_text *ret_text)
{
    struct collection *collection;
    struct document_text none;
    struct ctx ctx = test_ctx(&test);
    const char *path = file_of(content);
    assert_int_equal(collection_open(&ctx, str_of(name), str_of(path), &collection), OK);
    assert_int_equal(collection_next(&ctx, collection, ret_text), OK);
    assert_int_equal(collection_next(&ctx, collection, &none), NOT_FOUND);
    unlink(path);
    return collection;
}

static void sheets_are_read_one_by_one(void **state)
{
    (void)state;
    struct document_text text;
    struct collection *collection = read_only_text(
        "fiches-travail",
        "[{\"pubId\":\"a1\",\"title\":\"Les congés\",\"date\":\"13/11/2025\","
        "\"url\":\"https://travail.example/conges\",\"intro\":\"<p>Chacun y a droit.</p>\","
        "\"sections\":[{\"title\":\"Combien ?\",\"html\":\"<ul><li>Cinq semaines</li></ul>\"}]}]",
        &text);
    assert_true(str_eq(text.words, STR("Chacun y a droit.\n\n# Combien ?\n- Cinq semaines\n")));
    assert_true(str_eq(text.document.key, STR("a1")));
    assert_int_equal(text.document.written.days, date_of(2025, 11, 13).days);
    collection_close(collection);
}

/* Milliseconds of the days below. */
#define DAY_2016_01_01 "1451606400000"
#define DAY_2025_07_02 "1751414400000"
#define DAY_2029_01_01 "1861920000000"
#define DAY_2999_01_01 "32472144000000"

#define ARTICLE(state, number, begin, end)                                                                             \
    "{\"type\":\"article\",\"data\":{\"etat\":\"" state "\",\"num\":\"" number "\",\"cid\":\"c" number "\",\"id\":\"i" \
    number "\",\"dateDebut\":" begin ",\"dateFin\":" end ",\"texteHtml\":\"<p>Texte " number "</p>\"}}"
#define CODE(articles)                                                                                                 \
    "{\"type\":\"code\",\"data\":{\"title\":\"Code\"},\"children\":[{\"type\":\"section\",\"data\":{\"title\":"        \
    "\"Titre Ier : La motivation\"},\"children\":[" articles "]}]}"

static void articles_are_read_from_their_tree(void **state)
{
    (void)state;
    struct document_text text;
    struct collection *collection = read_only_text(
        "crpa", CODE(ARTICLE("VIGUEUR", "L2", DAY_2016_01_01, DAY_2999_01_01)), &text);
    assert_true(str_eq(text.words, STR("# Titre Ier : La motivation\nTexte L2\n")));
    assert_true(str_starts(text.document.title, STR("La motivation : article L2 du code")));
    assert_int_equal(text.document.written.days, date_of(2016, 1, 1).days);
    collection_close(collection);
}

/* Reads the law as of a day; the numbers of its articles, a blank behind each. */
static void expect_in_force(struct date today, const char *numbers)
{
    const char *path = file_of(CODE(ARTICLE("ABROGE", "L1", DAY_2016_01_01, DAY_2025_07_02) ","
        ARTICLE("ABROGE_DIFF", "L2", DAY_2025_07_02, DAY_2029_01_01) ","
        ARTICLE("VIGUEUR_DIFF", "L3", DAY_2029_01_01, DAY_2999_01_01) ","
        ARTICLE("VIGUEUR", "L4", DAY_2016_01_01, DAY_2999_01_01) ","
        ARTICLE("VIGUEUR", "L5", DAY_2016_01_01, "null") "," ARTICLE("VIGUEUR", "L6", "null", "null")));
    struct buf found BUF_SCOPE = BUF_INIT(100);
    struct collection *collection;
    struct document_text text;
    struct ctx ctx = test_ctx(&test);
    ctx.now = instant_of_date(today);
    assert_int_equal(collection_open(&ctx, STR("crpa"), str_of(path), &collection), OK);
    while (collection_next(&ctx, collection, &text) == OK)
        buf_add_format(&found, "%.*s ", STR_ARG(text.document.key));
    buf_add_byte(&found, '\0');
    assert_string_equal(found.at, numbers);
    collection_close(collection);
    unlink(path);
}

/* Its first day is in force, its last day is the one before its end. */
static void an_article_counts_from_its_first_day_to_its_last(void **state)
{
    (void)state;
    expect_in_force(date_of(2025, 7, 1), "cL1 cL4 cL5 ");
    expect_in_force(date_of(2025, 7, 2), "cL2 cL4 cL5 ");
    expect_in_force(date_of(2028, 12, 31), "cL2 cL4 cL5 ");
    expect_in_force(date_of(2029, 1, 1), "cL3 cL4 cL5 ");
}

static void files_of_another_form_are_refused(void **state)
{
    (void)state;
    struct collection *collection;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(collection_open(&ctx, STR("autre"), STR("/tmp/x"), &collection), NOT_FOUND);
    assert_int_equal(collection_open(&ctx, STR("crpa"), STR("/nowhere/x"), &collection), NOT_FOUND);
    assert_string_equal(ctx.failure.code, "source.path");
    assert_int_equal(collection_open(&ctx, STR("crpa"), str_of(file_of("PK\x03\x04 binary")), &collection), INVALID);
    assert_int_equal(collection_open(&ctx, STR("crpa"), str_of(file_of("{\"a\":1}")), &collection), INVALID);
    unlink(file_of(""));
}

/* ---- the verb ---- */

static const struct {
    verb_run *run;
    bool is_in_town;
} steps[SOURCE_IMPORT_STEPS] = {
    [SOURCE_IMPORT_OPEN] = {source_import_open, false}, [SOURCE_IMPORT_READ] = {source_import_read, false},
    [SOURCE_IMPORT_TAKE] = {source_import_take, true},  [SOURCE_IMPORT_SWEEP] = {source_import_sweep, true},
    [SOURCE_IMPORT_COMPARE] = {source_import_compare, false},
};

/* Runs the verb from a step on, as the command line does; *ret_said is in the test's arena. */
static enum status import(const char *collection, const char *path, int step, struct str input, struct str *ret_said)
{
    static const struct verb verb = {.words = "source import", .usage = "NAME COLLECTION FILE"};
    struct str words[] = {STR("beauval"), str_of(collection), str_of(path)};
    struct buf out BUF_SCOPE = BUF_INIT(VERB_OUT_MAX), handed BUF_SCOPE = BUF_INIT(VERB_HANDED_MAX);
    struct buf bulk BUF_SCOPE = BUF_INIT(VERB_BULK_MAX);
    void *kept = NULL;
    enum status done = OK;
    buf_add(&bulk, input);
    while (done == OK && step < SOURCE_IMPORT_STEPS) {
        struct buf hand BUF_SCOPE = BUF_INIT(VERB_HANDED_MAX), output BUF_SCOPE = BUF_INIT(VERB_BULK_MAX);
        struct ctx ctx = test_ctx(&test);
        struct verb_call call = {.verb = &verb, .words = words, .word_count = 3, .always = test.arena, .kept = &kept,
                                 .handed = buf_str(&handed), .input = buf_str(&bulk), .out = &out, .hand = &hand,
                                 .output = &output, .next = step + 1};
        done = steps[step].is_in_town ? DO(&test, steps[step].run(&ctx, &call)) : steps[step].run(&ctx, &call);
        if (hand.len > 0) {
            buf_clear(&handed);
            buf_add(&handed, buf_str(&hand));
        }
        buf_clear(&bulk);
        buf_add(&bulk, buf_str(&output));
        step = call.next;
    }
    *ret_said = str_copy(test.arena, buf_str(&out));
    return done;
}

/* More texts without words, one behind the other, than a piece holds: those behind them come in all the same. */
static void texts_without_words_end_nothing(void **state)
{
    (void)state;
    char sheets[4000] = "[";
    size_t len = 1;
    struct str said;
    for (int i = 0; i < 30; i++)
        len += (size_t)snprintf(sheets + len, sizeof sheets - len, "{\"pubId\":\"e%d\",\"title\":\"Vide\"},", i);
    snprintf(sheets + len, sizeof sheets - len, "{\"pubId\":\"p\",\"title\":\"Plein\",\"intro\":\"<p>Oui</p>\"}]");
    const char *path = file_of(sheets);
    assert_int_equal(import("fiches-travail", path, SOURCE_IMPORT_OPEN, STR(""), &said), OK);
    assert_string_equal(said.at, "1 added, 0 changed, 0 as before, 0 withdrawn before, 0 gone\n");
    unlink(path);
}

/* ---- archives ---- */

struct line {
    const char *key, *words, *audience;
    enum wording_end end;
};

static void add_line(struct buf *lines, const struct line *line)
{
    struct conversion_sheet sheet = {.end = line->end, .key = str_of(line->key), .title = STR("Emprunter"),
                                     .authors = STR("Service des livres"), .publisher = STR("Maison des fiches"),
                                     .date = STR("2026-03-12"), .link = STR(""), .audience = str_of(line->audience),
                                     .words = str_of(line->words)};
    shape_json(lines, &conversion_sheet_shape, &sheet);
    buf_add_byte(lines, '\n');
}

/* What VERB_UNPACK gives, up to the line without a key; then the rest of the verb. */
static enum status import_lines(enum wording_end end, const struct line *lines, struct str *ret_said)
{
    struct buf given BUF_SCOPE = BUF_INIT(1 << 20);
    struct conversion head = {.end = end, .title = STR(""), .words = STR("")};
    shape_json(&given, &conversion_shape, &head);
    buf_add_byte(&given, '\n');
    for (; lines->key != NULL; lines++)
        add_line(&given, lines);
    return import("vosdroits-particuliers", "x.zip", SOURCE_IMPORT_READ, buf_str(&given), ret_said);
}

static void expect(const struct line *lines, const char *said_at_last)
{
    struct str said;
    assert_int_equal(import_lines(WORDING_DONE, lines, &said), OK);
    assert_true(str_ends(said, str_of(said_at_last)));
}

static struct document_text text_of_id(int64_t id)
{
    struct document_text text;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(document_get(&ctx, id, DOCUMENT_PUBLIC, &text), OK);
    return text;
}

#define P "Particuliers"

static void a_sheet_is_a_text_with_whose_it_is(void **state)
{
    (void)state;
    static const struct line lines[] = {{"F1", "Mot.", "Associations, " P, WORDING_DONE}, {0}};
    expect(lines, "1 added, 0 changed, 0 as before, 0 withdrawn before, 0 gone\n");
    struct document_text text = text_of_id(1);
    assert_string_equal(text.words.at, "Mot.");
    assert_string_equal(text.document.title.at, "Emprunter");
    assert_string_equal(text.document.authors.at, "Service des livres");
    assert_string_equal(text.document.publisher.at, "Maison des fiches");
    assert_string_equal(text.document.licence.at, "etalab-2.0");
    assert_string_equal(text.document.link.at, "https://www.service-public.fr/particuliers/vosdroits/F1");
    assert_int_equal(text.document.written.days, date_of(2026, 3, 12).days);
    assert_int_equal(text.document.taken.ms, test.now.ms);
    assert_int_equal(text.document.hash.len, 32);
}

static void what_is_gone_is_taken_out_and_comes_back(void **state)
{
    (void)state;
    static const struct line first[] = {{"F1", "Un.", P, 0}, {"F2", "Deux.", P, 0}, {"F3", "Trois.", P, 0}, {0}};
    static const struct line second[] = {{"F1", "Un.", P, 0}, {"F3", "Trois bis.", P, 0}, {0}};
    struct str body;
    expect(first, "3 added, 0 changed, 0 as before, 0 withdrawn before, 0 gone\n");
    test.now.ms += 1000;
    expect(second, "0 added, 1 changed, 1 as before, 0 withdrawn before, 1 gone\n");
    assert_true(str_is_absent(text_of_id(2).words));
    assert_true(str_eq(text_of_id(2).document.reason, DOCUMENT_GONE));
    assert_string_equal(text_of_id(3).words.at, "Trois bis.");
    assert_int_equal(test_page(&test, "/sources", NULL, &body), 200);
    assert_has(body, "N’est plus publié par son éditeur");
    assert_int_not_equal(text_of_id(1).document.taken.ms, test.now.ms); /* untouched */
    expect(second, "0 added, 0 changed, 2 as before, 0 withdrawn before, 0 gone\n");
    expect(first, "0 added, 2 changed, 1 as before, 0 withdrawn before, 0 gone\n");
    assert_string_equal(text_of_id(2).words.at, "Deux.");
    assert_int_equal(text_of_id(2).document.withdrawn.ms, 0);
}

static void what_a_person_took_back_stays_so(void **state)
{
    (void)state;
    static const struct line lines[] = {{"F1", "Un.", P, 0}, {"F2", "Deux.", P, 0}, {0}};
    static const struct line later[] = {{"F1", "Un.", P, 0}, {0}};
    expect(lines, "2 added, 0 changed, 0 as before, 0 withdrawn before, 0 gone\n");
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, document_withdraw(&ctx, 2, STR("opt-out"))), OK);
    expect(later, "0 added, 0 changed, 1 as before, 0 withdrawn before, 0 gone\n");
    expect(lines, "0 added, 0 changed, 1 as before, 1 withdrawn before, 0 gone\n");
    assert_true(str_eq(text_of_id(2).document.reason, STR("opt-out")));
}

/* It is named, and the town keeps what it has of it. */
static void a_damaged_sheet_is_left_as_it_was(void **state)
{
    (void)state;
    static const struct line lines[] = {{"F1", "Un.", P, 0}, {"F2", "Deux.", P, 0}, {0}};
    static const struct line later[] = {{"F1", "", "", WORDING_DAMAGED}, {"F2", "Deux.", P, 0}, {"F3", "T", "", 0},
                                        {"F4", "P", "Professionnels", 0}, {"", "Q", P, 0}, {0}};
    struct str said;
    expect(lines, "2 added, 0 changed, 0 as before, 0 withdrawn before, 0 gone\n");
    assert_int_equal(import_lines(WORDING_DONE, later, &said), OK);
    assert_has(said, "F1: source.file_damaged: ");
    assert_has(said, "F4: source.public: ");
    assert_has(said, "2 left out\n2 added, 0 changed, 1 as before, 0 withdrawn before, 0 gone\n");
    assert_string_equal(text_of_id(1).words.at, "Un.");
}

/* A title that the town would refuse costs that sheet, not the file. */
static void a_sheet_above_a_limit_is_named(void **state)
{
    (void)state;
    static char words[2 * DOCUMENT_LINES_MAX + 1];
    for (int i = 0; i < DOCUMENT_LINES_MAX; i++)
        memcpy(&words[2 * i], "a\n", 2);
    const struct line lines[] = {{"F1", words, P, 0}, {"F2", words + 2, P, 0}, {0}};
    struct str said;
    assert_int_equal(import_lines(WORDING_DONE, lines, &said), OK);
    assert_has(said, "F1: source.words: ");
    assert_has(said, "1 left out\n1 added");
}

/* Another archive, an empty one, a broken reading: nothing is taken out for it. */
static void what_is_no_archive_of_it_changes_nothing(void **state)
{
    (void)state;
    static const struct line lines[] = {{"F1", "Un.", P, 0}, {0}}, none[] = {{0}};
    static const struct line others[] = {{"F1", "Un.", P, 0}, {"F2", "U", "Professionnels", 0},
                                         {"F3", "U", "Associations", 0}, {0}};
    static const struct line damaged[] = {{"F9", "", "", WORDING_DAMAGED}, {0}};
    struct str said;
    expect(lines, "1 added, 0 changed, 0 as before, 0 withdrawn before, 0 gone\n");
    assert_int_equal(import_lines(WORDING_DONE, others, &said), CONFLICT);
    assert_int_equal(import_lines(WORDING_DONE, none, &said), INVALID);
    assert_int_equal(import_lines(WORDING_DONE, damaged, &said), INVALID);
    assert_has(said, "F9: source.file_damaged: ");
    assert_int_equal(import_lines(WORDING_BROKEN, none, &said), BUSY);
    assert_int_equal(import_lines(WORDING_TOO_MUCH, none, &said), LIMIT);
    assert_int_equal(import("vosdroits-particuliers", "x", SOURCE_IMPORT_READ, STR("?"), &said), INVALID);
    assert_string_equal(text_of_id(1).words.at, "Un.");
}

/* More than a page of the town's own texts are looked through. */
static void many_are_swept(void **state)
{
    (void)state;
    enum { MANY = 450 };
    static char keys[MANY][16];
    static struct line lines[MANY + 1];
    for (int i = 0; i < MANY; i++) {
        snprintf(keys[i], sizeof keys[i], "F%d", i);
        lines[i] = (struct line){keys[i], "Un.", P, 0};
    }
    expect(lines, "450 added, 0 changed, 0 as before, 0 withdrawn before, 0 gone\n");
    lines[1] = (struct line){0};
    expect(lines, "0 added, 0 changed, 1 as before, 0 withdrawn before, 449 gone\n");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(sheets_are_read_one_by_one),
        CASE(articles_are_read_from_their_tree),
        CASE(an_article_counts_from_its_first_day_to_its_last),
        CASE(files_of_another_form_are_refused),
        CASE(texts_without_words_end_nothing),
        CASE(a_sheet_is_a_text_with_whose_it_is),
        CASE(what_is_gone_is_taken_out_and_comes_back),
        CASE(what_a_person_took_back_stays_so),
        CASE(a_damaged_sheet_is_left_as_it_was),
        CASE(a_sheet_above_a_limit_is_named),
        CASE(what_is_no_archive_of_it_changes_nothing),
        CASE(many_are_swept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
