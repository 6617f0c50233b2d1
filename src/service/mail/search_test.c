/* Search, against a reader of every message: the same answer while the index lags, when it is whole, and without it. */
#include <stdio.h>
#include <stdlib.h>

#include "core/test_town.h"

#include "base/seeded.h"
#include "language/plain.h"
#include "os/file.h"
#include "service/mail/deliver.h"
#include "service/mail/mail_slot.h"
#include "service/mail/search_tree.h"
#include "service/mail/store.h"

static struct test_town test;
static int64_t desk;
static char folder[64];

static struct db *open_index(const char *path)
{
    struct db *db;
    struct str refusal;
    struct migrate_plan plan = {
        .database = DATABASE_SEARCH, .sets = migration_sets, .set_count = MIGRATION_SET_COUNT, .now = TEST_NOW};
    if (db_open(path, path == NULL ? DB_MEMORY : DB_CREATE, &db) != OK)
        return NULL;
    if (migrate(db, test.arena, &plan, &refusal) == OK)
        return db;
    db_close(db);
    return NULL;
}

static int set_up(void **state)
{
    (void)state;
    struct store *store;
    int64_t replayed;
    test_town_open(&test);
    snprintf(folder, sizeof folder, "/tmp/parvis-search-XXXXXX");
    assert_non_null(mkdtemp(folder));
    test.town.folder = folder;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, store_open(&ctx, &store, &replayed)), OK);
    assert_int_equal(search_open(&test.town, open_index(NULL)), OK);
    desk = test_person(&test, "accueil@beauval.example", "Accueil");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[200];
    search_close(&test.town);
    store_close(test.town.state[MAIL_STORE_SLOT]);
    test_town_close(&test);
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

static void receive(const char *subject, const char *body)
{
    struct buf message BUF_SCOPE = BUF_INIT(1 << 20);
    buf_add_format(&message,
                   "From: \"Service, des eaux\" <eaux@compta.example>\r\nTo: accueil@beauval.example\r\n"
                   "Cc: finances@beauval.example\r\nSubject: %s\r\nX-Number: N-%zu\r\n"
                   "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s\r\n",
                   subject, strlen(body), body);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, deliver(&ctx, STR("eaux@compta.example"), STR("accueil@beauval.example"),
                                       buf_str(&message))),
                     OK);
}

static enum status step(void)
{
    struct ctx ctx = test_ctx(&test);
    return search_index_step(&ctx);
}

static void index_all(void)
{
    enum status done = OK;
    while (done == OK)
        done = step();
    assert_int_equal(done, NOT_FOUND);
}

/* ---- two ways to the same answer ---- */

struct answer {
    int64_t emails[1000];
    size_t count;
};

static struct answer ask(const struct search_node *node)
{
    struct answer answer = {.count = 0};
    struct ctx ctx = test_ctx(&test);
    struct search_node root = *node;
    struct search_ids ids;
    bool is_bounded, is;
    assert_int_equal(search_tree_prepare(&ctx, desk, &root), OK);
    assert_int_equal(search_tree_bound(&ctx, &root, &ids, &is_bounded), OK);
    assert_true(is_bounded);
    for (size_t i = 0; i < ids.count; i++) {
        struct search_asking asking = {.ctx = &ctx, .email = ids.at[i]};
        assert_int_equal(search_tree_is(&asking, &root, &is), OK);
        if (is)
            answer.emails[answer.count++] = ids.at[i];
    }
    return answer;
}

/* Without the index: every message is read. */
static struct answer read_all(const struct search_node *node)
{
    void *kept = test.town.state[MAIL_SEARCH_SLOT];
    test.town.state[MAIL_SEARCH_SLOT] = NULL;
    struct answer answer = ask(node);
    test.town.state[MAIL_SEARCH_SLOT] = kept;
    return answer;
}

static size_t same_answer(const struct search_node *node)
{
    struct answer found = ask(node), all = read_all(node);
    for (size_t i = 0; found.count != all.count && i <= node->child_count; i++) {
        const struct search_term *term = i == 0 ? &node->term : &node->children[i - 1].term;
        print_error("place %d \"%.*s\" word %d: %zu, not %zu\n", term->place, STR_ARG(term->text), term->is_word,
                    found.count, all.count);
    }
    assert_int_equal(found.count, all.count);
    for (size_t i = 0; i < all.count; i++)
        assert_int_equal(found.emails[i], all.emails[i]);
    return all.count;
}

static struct search_node text_node(enum search_place place, const char *text)
{
    struct ctx ctx = test_ctx(&test);
    struct search_node node;
    assert_int_equal(search_tree_substring(&ctx, place, STR("x-number"), str_of(text), &node), OK);
    return node;
}

static size_t substring(enum search_place place, const char *text)
{
    struct search_node node = text_node(place, text);
    return same_answer(&node);
}

static size_t words(enum search_place place, const char *text)
{
    struct ctx ctx = test_ctx(&test);
    struct search_node node;
    assert_int_equal(search_tree_words(&ctx, place, str_of(text), &node), OK);
    return same_answer(&node);
}

/* ---- tests ---- */

static void substrings_are_found_wherever_they_stand(void **state)
{
    (void)state;
    receive("Marchés publics", "La dématérialisation des marchés (lot n°3) : 12,50 €.");
    receive("Cantine", "Repas de midi compté.\r\nL'école est fermée.");
    for (int round = 0; round < 2; round++) {
        assert_int_equal(substring(SEARCH_BODY, "materialis"), 1);
        assert_int_equal(substring(SEARCH_BODY, "MARCHÉS (lot"), 1);
        assert_int_equal(substring(SEARCH_BODY, "n°3) : 12,5"), 1);
        assert_int_equal(substring(SEARCH_BODY, "€"), 1);
        assert_int_equal(substring(SEARCH_BODY, "."), 2);
        assert_int_equal(substring(SEARCH_BODY, "e"), 2);
        assert_int_equal(substring(SEARCH_BODY, ""), 2);
        assert_int_equal(substring(SEARCH_BODY, "compté. l'éc"), 1);
        assert_int_equal(substring(SEARCH_BODY, "repas midi"), 0);
        assert_int_equal(substring(SEARCH_SUBJECT, "cantin"), 1);
        assert_int_equal(substring(SEARCH_SUBJECT, "materialis"), 0);
        assert_int_equal(substring(SEARCH_TEXT, "x-number: n-"), 2);
        assert_int_equal(substring(SEARCH_HEADER, "n-"), 2);
        assert_int_equal(substring(SEARCH_HEADER, ""), 2);
        assert_int_equal(substring(SEARCH_FROM, "\"service, des"), 2);
        assert_int_equal(substring(SEARCH_FROM, "service, des eaux <eaux@"), 2);
        assert_int_equal(substring(SEARCH_CC, "finances"), 2);
        assert_int_equal(substring(SEARCH_BCC, "finances"), 0);
        index_all();
    }
}

static void words_are_found_in_their_french_forms(void **state)
{
    (void)state;
    receive("Les délibérations", "Les écoles de l'été, jusqu'aux conseillères municipales.");
    for (int round = 0; round < 2; round++) {
        assert_int_equal(words(SEARCH_READABLE, "délibération"), 1);
        assert_int_equal(words(SEARCH_READABLE, "DELIBERATION"), 1);
        assert_int_equal(words(SEARCH_READABLE, "l'école"), 1);
        assert_int_equal(words(SEARCH_READABLE, "conseillère municipale"), 1);
        assert_int_equal(words(SEARCH_READABLE, "munici"), 1);
        assert_int_equal(words(SEARCH_READABLE, "nicipale"), 0);
        assert_int_equal(words(SEARCH_READABLE, "école fermée"), 0);
        assert_int_equal(words(SEARCH_SUBJECT, "école"), 0);
        assert_int_equal(words(SEARCH_READABLE, "..."), 0);
        index_all();
    }
}

/* Random texts and random needles, at each stage of the index. */
static void nothing_is_missed_at_any_stage(void **state)
{
    (void)state;
    static const char *const syllables[] = {"ma", "ri", "é",  "l'",   " ",          " ",  "con",  "seil",
                                            "-",  "œu", "ß",  "x",    "Ça",         ", ", "\r\n", "2026",
                                            "_",  "\"", "AB", "日本", "it\xcc\x81", "(",  "@",    ".fr"};
    enum { COUNT = sizeof syllables / sizeof *syllables, MESSAGES = 60, NEEDLES = 40 };
    struct seeded random = {7};
    size_t hits = 0;
    for (int i = 0; i < MESSAGES; i++) {
        struct buf body BUF_SCOPE = BUF_INIT(1 << 16);
        for (uint64_t n = seeded_below(&random, 200); n > 0; n--)
            buf_add_c(&body, syllables[seeded_below(&random, COUNT)]);
        buf_add_byte(&body, '\0');
        receive(i % 3 ? "Conseil" : "Mari\xc3\xa9", body.at);
        if (i % 20 == 7)
            assert_true(step() == OK || step() == NOT_FOUND);
        if (i % 15 != 14)
            continue;
        for (int j = 0; j < NEEDLES; j++) {
            struct buf needle BUF_SCOPE = BUF_INIT(1000);
            for (uint64_t n = 1 + seeded_below(&random, 4); n > 0; n--)
                buf_add_c(&needle, syllables[seeded_below(&random, COUNT)]);
            buf_add_byte(&needle, '\0');
            enum search_place place = (enum search_place)seeded_below(&random, SEARCH_READABLE + 1);
            if (place != SEARCH_HEADER)
                hits += words(place, needle.at);
            hits += substring(place, needle.at);
        }
    }
    index_all();
    assert_true(hits > 1000);
}

static void long_words_and_long_texts_are_found(void **state)
{
    (void)state;
    static char text[SEARCH_INDEXED_MAX + 100], word[400];
    memset(word, 'a', 390);
    memcpy(word + 200, "milieu", 6);
    memcpy(word + 380, "fin", 3);
    receive("Mot", word);
    memset(text, ' ', sizeof text - 1);
    memcpy(text + sizeof text - 20, "caché au bout", 14);
    receive("Long", text);
    for (int round = 0; round < 2; round++) {
        assert_int_equal(substring(SEARCH_BODY, "amilieua"), 1);
        assert_int_equal(substring(SEARCH_BODY, "afina"), 1);
        assert_int_equal(substring(SEARCH_BODY, "caché au b"), 1);
        assert_int_equal(substring(SEARCH_BODY, word), 1);
        assert_int_equal(words(SEARCH_BODY, "cachés"), 1);
        index_all();
    }
}

static void trees_join_what_is_asked(void **state)
{
    (void)state;
    receive("Un", "eau gaz");
    receive("Deux", "eau");
    receive("Trois", "gaz");
    index_all();
    struct search_node children[] = {text_node(SEARCH_BODY, "eau"), text_node(SEARCH_BODY, "gaz")};
    struct search_node both = {.kind = SEARCH_AND, .children = children, .child_count = 2};
    struct search_node one = {.kind = SEARCH_OR, .children = children, .child_count = 2};
    struct search_node not = {.kind = SEARCH_NOT, .children = &children[1], .child_count = 1};
    struct search_node water_alone[] = {children[0], not};
    struct search_node without = {.kind = SEARCH_AND, .children = water_alone, .child_count = 2};
    assert_int_equal(same_answer(&both), 1);
    assert_int_equal(same_answer(&one), 3);
    assert_int_equal(same_answer(&without), 1);
    struct ctx ctx = test_ctx(&test);
    struct search_ids ids;
    bool is_bounded = true;
    assert_int_equal(search_tree_prepare(&ctx, desk, &not), OK);
    assert_int_equal(search_tree_bound(&ctx, &not, &ids, &is_bounded), OK);
    assert_false(is_bounded);
}

static void others_mail_is_not_found(void **state)
{
    (void)state;
    int64_t other = test_person(&test, "finances@beauval.example", "Finances");
    receive("Secret", "coffre");
    index_all();
    struct ctx ctx = test_ctx(&test);
    struct search_node node = text_node(SEARCH_BODY, "coffre");
    assert_int_equal(search_tree_prepare(&ctx, other, &node), OK);
    assert_int_equal(node.found.sure.count + node.found.maybe.count, 0);
}

static void what_is_not_committed_waits(void **state)
{
    (void)state;
    receive("Un", "eau");
    writer_job_begin(test.town.writer);
    assert_int_equal(writer_need(test.town.writer, SYNC_FULL), OK);
    assert_int_equal(step(), BUSY);
    assert_int_equal(test_end(&test, OK), OK);
    assert_int_equal(step(), OK);
    assert_int_equal(step(), NOT_FOUND);
}

static int64_t only_email(void)
{
    struct search_node node = text_node(SEARCH_BODY, "");
    struct answer all = read_all(&node);
    assert_int_equal(all.count, 1);
    return all.emails[0];
}

/* A purge that is undone must leave the mail findable; one that stands leaves no text behind. */
static void what_is_forgotten_is_read(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct buf findings BUF_SCOPE = BUF_INIT(1000);
    struct search *search = test.town.state[MAIL_SEARCH_SLOT];
    receive("Un", "eau");
    index_all();
    assert_int_equal(search_forget(&ctx, only_email()), OK);
    assert_int_equal(search_forget(&ctx, only_email()), OK);
    struct search_node node = text_node(SEARCH_BODY, "eau");
    assert_int_equal(same_answer(&node), 1);
    assert_int_equal(search_tree_prepare(&ctx, desk, &node), OK);
    assert_int_equal(node.found.sure.count, 0);
    assert_int_equal(search_verify(&ctx, &findings), OK);
    assert_int_equal(findings.len, 0);
    assert_int_equal(search_sweep(&ctx), OK);
    assert_int_equal(search_sweep(&ctx), NOT_FOUND);
    assert_int_equal(same_answer(&node), 1);
    assert_int_equal(search->is_damaged, false);
}

static void verify_misses_nothing(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct buf findings BUF_SCOPE = BUF_INIT(1000);
    struct search *search = test.town.state[MAIL_SEARCH_SLOT];
    receive("Un", "eau");
    assert_int_equal(search_verify(&ctx, &findings), OK);
    assert_int_equal(findings.len, 0);
    index_all();
    receive("Deux", "gaz");
    search->body++; /* as if the second were in */
    search->email = INT64_MAX;
    assert_int_equal(search_verify(&ctx, &findings), OK);
    assert_non_null(strstr(findings.at, "index de recherche\u00a0: 1"));
    assert_int_equal(search_rebuild(&ctx), OK);
    index_all();
    assert_int_equal(substring(SEARCH_BODY, "gaz"), 1);
}

/* Bytes of the file overwritten while it is closed: whatever the engine notices, every search has all. */
static void a_damaged_index_is_not_believed(void **state)
{
    (void)state;
    char path[100], noise[64];
    enum { PAGE = 4096 };
    int64_t size, seen_damaged = 0;
    struct ctx ctx = test_ctx(&test);
    snprintf(path, sizeof path, "%s/search.db", folder);
    memset(noise, 0xA5, sizeof noise);
    receive("Un", "eau potable");
    receive("Deux", "gaz de ville");
    for (int64_t page = 1; page < 40; page++) {
        search_close(&test.town);
        assert_int_equal(search_open(&test.town, open_index(path)), OK);
        index_all();
        search_close(&test.town);
        int fd;
        assert_int_equal(file_open(path, FILE_WRITE, &fd), OK);
        assert_int_equal(file_size(fd, &size), OK);
        if (page * PAGE >= size) {
            file_close(&fd);
            break;
        }
        assert_int_equal(file_write(fd, page * PAGE, (struct str){noise, sizeof noise}), OK);
        file_close(&fd);
        struct db *db = open_index(path);
        if (db != NULL && search_open(&test.town, db) == OK) {
            assert_int_equal(substring(SEARCH_BODY, "potab"), 1);
            assert_int_equal(words(SEARCH_READABLE, "villes"), 1);
            struct search *search = test.town.state[MAIL_SEARCH_SLOT];
            seen_damaged += search->is_damaged;
            if (search->is_damaged)
                assert_int_equal(search_index_step(&ctx), CORRUPT);
        }
        search_close(&test.town);
        assert_int_equal(file_remove(path), OK);
    }
    assert_true(seen_damaged > 0);
    assert_int_equal(search_open(&test.town, open_index(NULL)), OK);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(substrings_are_found_wherever_they_stand),
        TEST(words_are_found_in_their_french_forms),
        TEST(nothing_is_missed_at_any_stage),
        TEST(long_words_and_long_texts_are_found),
        TEST(trees_join_what_is_asked),
        TEST(others_mail_is_not_found),
        TEST(what_is_not_committed_waits),
        TEST(what_is_forgotten_is_read),
        TEST(verify_misses_nothing),
        TEST(a_damaged_index_is_not_believed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
