/* What a library that is older than the texts may still say, one text that cannot be read, and the questions a town
 * can be asked. */
#include "service/assistant/test_shelf.h"

#include "language/source/library.h"
#include "language/source/source.h"
#include "service/assistant/answer.h"
#include "service/assistant/origin.h"

#define CANTEEN "La cantine scolaire coûte 3,20 € par repas pour les enfants de Beauval."
#define ASKED "Combien coûte la cantine scolaire ?"
#define OTHER "La cantine scolaire accueille les enfants de Beauval dès 11 h 30."

static int set_up(void **state)
{
    (void)open_shelf(state);
    test_act_as(&test, test_person(&test, "direction@beauval.example", "Direction générale"), ROLE_ADMINISTRATOR);
    return 0;
}

static void ask(struct str question, struct answer *ret_answer)
{
    struct ctx ctx = test_ctx(&test);
    struct answer_asked asked = {.question = question, .about = STR("")};
    assert_int_equal(answer_find(&ctx, &asked, ret_answer), OK);
}

static bool says(const struct answer *answer, const char *words)
{
    for (size_t i = 0; i < answer->count; i++)
        if (str_find(answer->passages[i].words, str_of(words)) != SIZE_MAX)
            return true;
    return false;
}

static void what_a_text_no_longer_says_is_not_quoted(void **state)
{
    (void)state;
    struct answer answer;
    (void)shelf_put(shelf_text("Cantine scolaire", "# Tarifs\n" CANTEEN "\n" OTHER));
    follow();
    ask(STR(ASKED), &answer);
    assert_true(says(&answer, "3,20"));
    assert_int_equal(answer.passages[0].line, 1);
    /* The price changed; the library is made anew only later. */
    (void)shelf_put(shelf_text("Cantine scolaire",
                               "# Horaires\n" OTHER "\n# Tarifs\nLa cantine scolaire coûte 3,50 € par repas."));
    ask(STR(ASKED), &answer);
    assert_false(says(&answer, "3,20"));
    for (size_t i = 0; i < answer.count; i++) /* and what it still says is where it is now */
        assert_int_equal(answer.passages[i].line, 1);
    follow();
    ask(STR(ASKED), &answer);
    assert_true(says(&answer, "3,50"));
}

/* `town import` into a house that runs: the shelf stood before, and was empty. */
static void an_imported_text_comes_onto_the_shelf(void **state)
{
    (void)state;
    const struct str line =
        STR("{\"collection\":\"ville\",\"key\":\"a\",\"title\":\"Cantine\",\"authors\":\"B\","
            "\"publisher\":\"C\",\"licence\":\"etalab-2.0\",\"written_day\":0,\"taken_ms\":0,"
            "\"link\":\"\",\"words\":\"" CANTEEN "\",\"withdrawn_ms\":0,\"reason\":\"\","
            "\"readers\":0}\n");
    struct answer answer;
    size_t number;
    follow();
    struct ctx ctx = test_ctx(&test);
    const struct export_file *sources = service_find(service_all, STR("source"), &number)->exports[0].files;
    assert_int_equal(DO(&test, export_take(&ctx, sources, line)), OK);
    follow();
    ask(STR(ASKED), &answer);
    assert_true(says(&answer, "3,20"));
}

static void the_best_passage_stands_first(void **state)
{
    (void)state;
    struct answer answer;
    (void)shelf_put(shelf_text("Délibération du 12 mars",
                               "Le conseil s'est réuni en mairie.\nLe quorum est atteint.\n" CANTEEN
                               "\nLe maire signe."));
    follow();
    ask(STR(ASKED), &answer);
    assert_int_equal(answer.count, 1);
    assert_true(str_eq(answer.passages[0].words, STR(CANTEEN)));
}

/* ---- one that cannot be read ---- */

/* As an older program may have taken it: more lines than a source has. */
static void put_unreadable(void)
{
    static const struct db_query query = {
        "unreadable",
        "INSERT INTO source_document (collection, collection_key, title, authors, publisher, licence, written_day, "
        "taken_ms, link, hash, words, withdrawn_ms, withdrawn_reason, readers) "
        "VALUES ('ville', 'a', 'a', '', '', 'etalab-2.0', 0, 0, '', x'00', ?, 0, '', 0)",
        DB_SLOT_MAX - 1};
    struct buf words BUF_SCOPE = BUF_INIT(4 * SOURCE_BLOCKS_MAX);
    struct db_cursor *cursor = NULL;
    for (int i = 0; i <= SOURCE_BLOCKS_MAX; i++)
        buf_add_literal(&words, "a\n");
    writer_job_begin(test.town.writer);
    assert_int_equal(writer_need(test.town.writer, SYNC_FULL), OK);
    assert_int_equal(db_start(test.town.db, &query, &cursor), OK);
    db_bind_text(cursor, 1, buf_str(&words));
    assert_int_equal(db_step(cursor), NOT_FOUND);
    db_end(cursor);
    assert_int_equal(test_end(&test, OK), OK);
}

static void one_text_that_cannot_be_read_stops_no_other(void **state)
{
    (void)state;
    struct answer answer;
    enum status done = OK;
    int refused = 0;
    put_unreadable();
    (void)shelf_put(shelf_text("Cantine scolaire", CANTEEN));
    for (int steps = 0; done != NOT_FOUND; steps++) {
        struct ctx ctx = test_ctx(&test);
        done = shelf_follow(&ctx);
        refused += done == LIMIT; /* told to whoever logs, once */
        assert_true(steps < 1000);
    }
    assert_int_equal(refused, 1);
    ask(STR(ASKED), &answer);
    assert_true(says(&answer, "3,20"));
}

/* ---- long ones ---- */

enum { LONG_LEN = 3 << 20, LONG_LINES = 10000 };

/* Lines of one length, the last one of its own. */
static struct str long_words(void)
{
    struct buf words BUF_SCOPE = BUF_INIT(DOCUMENT_WORDS_MAX);
    for (int i = 0; i + 1 < LONG_LINES; i++) {
        buf_add_format(&words, "L’article %d du registre", i);
        for (size_t line = words.len; words.len < line + LONG_LEN / LONG_LINES - 40;)
            buf_add_literal(&words, " vaut pour tous");
        buf_add_literal(&words, ".\n");
    }
    buf_add_literal(&words, CANTEEN);
    return str_copy(test.arena, buf_str(&words));
}

/* No step reads more than a part of it, and it is found as a short one is. */
static void a_long_text_is_read_in_steps(void **state)
{
    (void)state;
    struct answer answer;
    enum status done = OK;
    int steps = 0;
    struct document_text text = shelf_text("Registre", "");
    text.words = long_words();
    (void)shelf_put(text);
    for (; done == OK; steps++) {
        struct arena *arena ARENA_SCOPE = arena_create(64 << 20);
        struct ctx ctx = test_ctx(&test);
        ctx.arena = arena;
        done = shelf_follow(&ctx);
    }
    assert_int_equal(done, NOT_FOUND);
    assert_true(steps > LONG_LEN / (1 << 15));
    ask(STR(ASKED), &answer);
    assert_int_equal(answer.count, 1);
    assert_int_equal(answer.passages[0].line, LONG_LINES - 1);
}

/* What changes while a long text is being read is not mixed with it. */
static void a_reading_may_be_left(void **state)
{
    (void)state;
    struct document_text text = shelf_text("Registre", "");
    text.words = long_words();
    int64_t id = shelf_put(text);
    for (int left = 1; left < 40; left += 6) {
        for (int i = 0; i < left; i++) {
            struct ctx ctx = test_ctx(&test);
            assert_int_equal(shelf_follow(&ctx), OK);
        }
        (void)shelf_put(shelf_text("Cantine", left % 4 == 1 ? CANTEEN : OTHER));
    }
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, document_withdraw(&ctx, id, DOCUMENT_REMOVED)), OK);
    follow();
    struct stemmer *stemmer;
    assert_int_equal(shelf_library(&ctx, DOCUMENT_PUBLIC, &stemmer)->source_count, 1);
}

/* The words of a document are not read for it: an arena that holds none of them is enough. */
static void a_trace_reads_no_document(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct origin origin;
    struct document_text text = shelf_text("Registre", "");
    text.words = long_words();
    int64_t id = shelf_put(text);
    follow();
    struct ctx ctx = test_ctx(&test);
    ctx.arena = arena;
    assert_int_equal(origin_find(&ctx, STR(CANTEEN), &origin), OK);
    assert_int_equal(origin.parts[0].kind, ORIGIN_EXACT);
    assert_int_equal(origin.parts[0].document.id, id);
    assert_int_equal(origin.parts[0].line, LONG_LINES - 1);
    assert_int_equal(origin_find(&ctx, STR("L’article 4711 du registre vaut pour tous vaut"), &origin), OK);
    assert_int_equal(origin.parts[0].line, 4711);
    /* Of a document that says something else by now nothing is told until it was read again. */
    (void)shelf_put(shelf_text("Registre", OTHER "\n" CANTEEN));
    ctx = test_ctx(&test);
    assert_int_equal(origin_find(&ctx, STR(CANTEEN), &origin), OK);
    assert_int_equal(origin.parts[0].kind, ORIGIN_NONE);
    follow();
    ctx = test_ctx(&test);
    assert_int_equal(origin_find(&ctx, STR(CANTEEN), &origin), OK);
    assert_int_equal(origin.parts[0].kind, ORIGIN_EXACT);
    assert_int_equal(origin.parts[0].line, 1);
}

/* ---- what is withdrawn ---- */

static bool is_in_library(const char *span)
{
    struct stemmer *stemmer;
    struct ctx ctx = test_ctx(&test);
    const struct library *library = shelf_library(&ctx, DOCUMENT_PUBLIC, &stemmer);
    assert_non_null(library);
    return str_find(library->strings, str_of(span)) != SIZE_MAX;
}

static void withdrawn_words_leave_the_library(void **state)
{
    (void)state;
    int64_t id = shelf_put(shelf_text("Cantine scolaire", CANTEEN " Voir la zibeline du guichet."));
    (void)shelf_put(shelf_text("Horaires", OTHER));
    follow();
    assert_true(is_in_library("zibeline du guichet"));
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, document_withdraw(&ctx, id, DOCUMENT_OPT_OUT)), OK);
    follow();
    assert_false(is_in_library("zibeline"));
    assert_true(is_in_library("11 h 30"));
}

/* ---- how long a question may be ---- */

static void a_question_is_counted_in_characters(void **state)
{
    (void)state;
    struct answer answer;
    struct buf text BUF_SCOPE = BUF_INIT(8 * ANSWER_QUESTION_MAX);
    (void)shelf_put(shelf_text("Horaires", OTHER));
    follow();
    for (int i = 0; i < ANSWER_QUESTION_MAX; i++)
        buf_add_literal(&text, "é");
    ask(buf_str(&text), &answer);
    buf_add_literal(&text, "é");
    struct ctx ctx = test_ctx(&test);
    struct answer_asked asked = {.question = buf_str(&text), .about = STR("")};
    assert_int_equal(answer_find(&ctx, &asked, &answer), INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_a_text_no_longer_says_is_not_quoted, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(an_imported_text_comes_onto_the_shelf, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(the_best_passage_stands_first, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(one_text_that_cannot_be_read_stops_no_other, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(a_long_text_is_read_in_steps, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(a_reading_may_be_left, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(a_trace_reads_no_document, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(withdrawn_words_leave_the_library, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(a_question_is_counted_in_characters, set_up, close_shelf),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
