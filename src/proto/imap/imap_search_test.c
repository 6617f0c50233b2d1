#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "proto/imap/imap_date.h"
#include "proto/imap/imap_search.h"
#include "proto/imap/imap_sort.h"
#include "proto/imap/imap_thread.h"

static const char *const kind_names[] = {
    "all",    "and", "or",    "not",         "numbers", "uids",       "flag",   "header",  "from",  "to",
    "cc",     "bcc", "subject", "body",      "text",    "before",     "on",     "since",   "sentbefore", "senton",
    "sentsince", "larger", "smaller", "older", "younger", "modseq", "emailid", "threadid"};

/* "and(flag'\Seen' not(text'x'~))": a '~' marks what is fuzzy. */
static void dump(struct buf *out, const struct imap_search_key *key)
{
    buf_add_c(out, kind_names[key->kind]);
    if (key->name.len > 0)
        buf_add_format(out, "[%.*s]", STR_ARG(key->name));
    if (key->text.len > 0)
        buf_add_format(out, "'%.*s'", STR_ARG(key->text));
    if (key->number > 0)
        buf_add_format(out, "%llu", (unsigned long long)key->number);
    if (key->day.days != 0) {
        buf_add_byte(out, ' ');
        date_write(out, key->day);
    }
    for (size_t i = 0; i < key->set.count; i++)
        buf_add_format(out, "%s%u:%u", i ? "," : " ", key->set.ranges[i].from, key->set.ranges[i].to);
    if (key->set.is_saved)
        buf_add_c(out, " $");
    if (key->is_fuzzy)
        buf_add_byte(out, '~');
    for (size_t i = 0; i < key->child_count; i++) {
        buf_add_c(out, i ? " " : "(");
        dump(out, &key->children[i]);
    }
    if (key->child_count > 0)
        buf_add_byte(out, ')');
}

static struct imap_command lex(struct arena *arena, struct str arguments)
{
    static const struct imap_limits limits = {
        .command_max = 1 << 20, .token_max = IMAP_TOKEN_MAX, .depth_max = 100, .literal_max = 10000,
        .stream_above = 10000};
    struct imap_command command;
    const char *why;
    struct str line = str_format(arena, "a SEARCH %.*s\r\n", STR_ARG(arguments));
    assert_int_equal(imap_lex(line, &limits, arena, &command, &why), OK);
    return command;
}

static enum status parse(struct arena *arena, const char *text, struct imap_search *search, const char **why)
{
    struct imap_command command = lex(arena, str_of(text));
    *why = NULL;
    return imap_search_parse(command.args, command.count, arena, search, why);
}

static void is_tree(const char *text, const char *expected)
{
    struct arena *arena ARENA_SCOPE = arena_create(8 << 20);
    struct buf out BUF_SCOPE = BUF_INIT(10000);
    struct imap_search search;
    const char *why;
    enum status done = parse(arena, text, &search, &why);
    if (done != OK)
        print_error("%s: %s\n", text, why);
    assert_int_equal(done, OK);
    dump(&out, search.root);
    buf_add_byte(&out, '\0');
    assert_string_equal(out.at, expected);
}

static void is_refused(const char *text, enum status expected)
{
    struct arena *arena ARENA_SCOPE = arena_create(8 << 20);
    struct imap_search search;
    const char *why;
    enum status done = parse(arena, text, &search, &why);
    if (done != expected)
        print_error("%s: %s\n", text, status_name(done));
    assert_int_equal(done, expected);
    assert_non_null(why);
}

static void flags_are_reduced(void **state)
{
    (void)state;
    is_tree("ALL", "all");
    is_tree("unseen", "not(flag'\\Seen')");
    is_tree("ANSWERED DELETED", "and(flag'\\Answered' flag'\\Deleted')");
    is_tree("UNDRAFT UNFLAGGED", "and(not(flag'\\Draft') not(flag'\\Flagged'))");
    is_tree("NEW", "and(flag'\\Recent' not(flag'\\Seen'))");
    is_tree("OLD RECENT", "and(not(flag'\\Recent') flag'\\Recent')");
    is_tree("KEYWORD $Label1 UNKEYWORD seen", "and(flag'$Label1' not(flag'seen'))");
}

static void texts_dates_and_numbers(void **state)
{
    (void)state;
    is_tree("FROM accueil TO \"a b\" CC {3}\r\nx y BCC z", "and(from'accueil' to'a b' cc'x y' bcc'z')");
    is_tree("SUBJECT \"\" BODY \"é\" TEXT NIL", "and(subject body'é' text'NIL')");
    is_tree("HEADER Message-ID <a@b>", "header[Message-ID]'<a@b>'");
    is_tree("HEADER X-Priority \"\"", "header[X-Priority]");
    is_tree("BEFORE 1-Feb-2026 ON \"24-Nov-2026\" SINCE 02-feb-2026",
            "and(before 2026-02-01 on 2026-11-24 since 2026-02-02)");
    is_tree("SENTBEFORE 1-Feb-2026 SENTON 2-Feb-2026 SENTSINCE 3-Feb-2026",
            "and(sentbefore 2026-02-01 senton 2026-02-02 sentsince 2026-02-03)");
    is_tree("LARGER 1000 SMALLER 9223372036854775807", "and(larger1000 smaller9223372036854775807)");
    is_tree("OLDER 1 YOUNGER 4294967295", "and(older1 younger4294967295)");
    is_tree("MODSEQ 620162338", "modseq620162338");
    is_tree("MODSEQ \"/flags/\\\\draft\" all 7", "modseq7");
    is_tree("EMAILID M1-a_2 THREADID T3", "and(emailid'M1-a_2' threadid'T3')");
}

static void sets(void **state)
{
    (void)state;
    is_tree("1:3,7", "numbers 1:3,7:7");
    is_tree("*", "numbers 0:0");
    is_tree("UID 9:*", "uids 9:0");
    is_tree("$", "numbers $");
    is_tree("UID $ SEEN", "and(uids $ flag'\\Seen')");
}

static void keys_nest(void **state)
{
    (void)state;
    is_tree("NOT SEEN", "not(flag'\\Seen')");
    is_tree("OR SEEN (DELETED NOT DRAFT)", "or(flag'\\Seen' and(flag'\\Deleted' not(flag'\\Draft')))");
    is_tree("((SEEN))", "flag'\\Seen'");
    is_tree("OR OR 1 2 3 4", "and(or(or(numbers 1:1 numbers 2:2) numbers 3:3) numbers 4:4)");
    is_tree("FUZZY (BODY x NOT TO y) CC z", "and(and~(body'x'~ not~(to'y'~)) cc'z')");
}

static void options_and_charset(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(8 << 20);
    struct imap_search search;
    const char *why;
    assert_int_equal(parse(arena, "RETURN (RELEVANCY ALL) NOT FUZZY TEXT x", &search, &why), OK);
    assert_int_equal(search.returns, IMAP_RETURN_RELEVANCY | IMAP_RETURN_ALL);
    assert_int_equal(parse(arena, "RETURN (MIN COUNT SAVE) CHARSET utf-8 FUZZY TEXT x", &search, &why), OK);
    assert_true(search.is_extended && search.uses_fuzzy && !search.uses_modseq && !search.uses_saved);
    assert_int_equal(search.returns, IMAP_RETURN_MIN | IMAP_RETURN_COUNT | IMAP_RETURN_SAVE);
    assert_int_equal(parse(arena, "RETURN () 1", &search, &why), OK);
    assert_int_equal(search.returns, IMAP_RETURN_ALL);
    assert_int_equal(parse(arena, "CHARSET US-ASCII $ MODSEQ 1", &search, &why), OK);
    assert_true(!search.is_extended && search.uses_modseq && search.uses_saved && search.returns == 0);
    is_refused("CHARSET KOI8-R ALL", NOT_FOUND);
    is_refused("CHARSET (x) ALL", INVALID);
    is_refused("CHARSET", INVALID);
    is_refused("CHARSET UTF-8", INVALID);
    is_refused("RETURN ALL 1", INVALID);
    is_refused("RETURN (NONE) 1", INVALID);
    is_refused("RETURN", INVALID);
}

static void wrong_searches(void **state)
{
    (void)state;
    static const char *const wrong[] = {"BLUE",          "()",         "NOT",       "OR SEEN",         "FROM",
                                        "FROM (a)",      "BEFORE 1",   "LARGER x",  "LARGER -1",       "OLDER 0",
                                        "YOUNGER 4294967296", "1:", "UID x",     "UID \"1\"",       "UID",
                                        "KEYWORD \\Seen", "HEADER x",  "EMAILID \"a\"", "EMAILID a.b", "MODSEQ",
                                        "RETURN (RELEVANCY) ALL", "MODSEQ \"/x\" all 1", "MODSEQ \"/flags/a\" some 1",
                                        "\"SEEN\"", "FUZZY", "SMALLER 9223372036854775808", "TEXT {1}\r\n\xff",
                                        "MODSEQ \"/flags/a\""};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        is_refused(wrong[i], INVALID);
}

static void depth_and_size_are_limited(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(8 << 20);
    struct buf deep BUF_SCOPE = BUF_INIT(10000);
    struct imap_search search;
    const char *why;
    for (int i = 1; i < IMAP_SEARCH_DEPTH_MAX; i++)
        buf_add_c(&deep, "NOT ");
    char *nots = str_c(arena, buf_str(&deep));
    assert_int_equal(parse(arena, str_format(arena, "%sSEEN", nots).at, &search, &why), OK);
    assert_int_equal(parse(arena, str_format(arena, "NOT %sSEEN", nots).at, &search, &why), LIMIT);
    assert_non_null(why);
    struct imap_command command = lex(arena, STR("SEEN DELETED"));
    struct arena *small ARENA_SCOPE = arena_create(200);
    assert_int_equal(imap_search_parse(command.args, command.count, small, &search, &why), LIMIT);
}

static void count_keys(void *with, struct imap_search_key *key)
{
    *(int *)with += key->kind == IMAP_SEARCH_FLAG ? 100 : 1;
}

static void every_key_is_visited(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(8 << 20);
    struct imap_search search;
    const char *why;
    int count = 0;
    assert_int_equal(parse(arena, "OR (SEEN 1) NOT DELETED", &search, &why), OK);
    imap_search_each(search.root, count_keys, &count);
    assert_int_equal(count, 204);
}

/* ---- SORT and THREAD ---- */

static enum status parse_sort(struct arena *arena, const char *text, struct imap_sort *sort)
{
    struct imap_command command = lex(arena, str_of(text));
    const char *why = NULL;
    enum status done = imap_sort_parse(command.args, command.count, arena, sort, &why);
    assert_true(done == OK || why != NULL);
    return done;
}

static void sort_criteria(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(8 << 20);
    struct imap_sort sort;
    assert_int_equal(parse_sort(arena, "(SUBJECT REVERSE DATE subject) UTF-8 UNSEEN", &sort), OK);
    assert_int_equal(sort.count, 2);
    assert_true(sort.criteria[0].by == IMAP_SORT_SUBJECT && !sort.criteria[0].is_reverse);
    assert_true(sort.criteria[1].by == IMAP_SORT_DATE && sort.criteria[1].is_reverse);
    assert_int_equal(sort.search.root->kind, IMAP_SEARCH_NOT);
    assert_false(sort.search.is_extended);
    assert_int_equal(parse_sort(arena, "RETURN (COUNT) (ARRIVAL CC FROM SIZE TO) US-ASCII ALL", &sort), OK);
    assert_true(sort.search.is_extended && sort.search.returns == IMAP_RETURN_COUNT && sort.count == 5);
    static const char *const wrong[] = {"SUBJECT UTF-8 ALL", "() UTF-8 ALL",        "(REVERSE) UTF-8 ALL",
                                        "(BLUE) UTF-8 ALL",  "(SIZE) UTF-8",        "(SIZE)",
                                        "(REVERSE REVERSE SIZE) UTF-8 ALL", "RETURN (COUNT)"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(parse_sort(arena, wrong[i], &sort), INVALID);
    assert_int_equal(parse_sort(arena, "(SIZE) KOI8-R ALL", &sort), NOT_FOUND);
}

static void rows_are_sorted(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(8 << 20);
    struct imap_sort sort;
    static const struct {
        const char *criteria, *expected;
    } cases[] = {{"(ARRIVAL) UTF-8 ALL", "2341"},      {"(REVERSE ARRIVAL) UTF-8 ALL", "1423"},
                 {"(DATE) UTF-8 ALL", "1234"},         {"(SIZE) UTF-8 ALL", "3142"},
                 {"(SUBJECT SIZE) UTF-8 ALL", "3421"}, {"(FROM REVERSE SIZE) UTF-8 ALL", "4213"},
                 {"(RELEVANCY) UTF-8 FUZZY BODY x", "2413"}, {"(REVERSE RELEVANCY SIZE) UTF-8 FUZZY BODY x", "3142"},
                 {"(CC) UTF-8 ALL", "1342"},           {"(TO) UTF-8 ALL", "4123"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct imap_sort_row rows[] = {
            {1, {9}, {1}, 20, STR(""), STR("b"), STR("u"), STR("t"), 40},
            {2, {3}, {1}, 40, STR("z"), STR("b"), STR("v"), STR("s"), 100},
            {3, {3}, {1}, 10, STR(""), STR("b"), STR("w"), STR("s"), 40},
            {4, {8}, {1}, 30, STR("k"), STR("a"), STR(""), STR("s"), 80},
        };
        assert_int_equal(parse_sort(arena, cases[i].criteria, &sort), OK);
        imap_sort_rows(&sort, rows, 4);
        for (int j = 0; j < 4; j++)
            assert_int_equal(rows[j].number, cases[i].expected[j] - '0');
    }
    imap_sort_rows(&sort, NULL, 0);
}

static void thread_arguments(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(8 << 20);
    struct imap_search search;
    enum imap_thread_by by;
    const char *why = NULL;
    struct imap_command command = lex(arena, STR("references UTF-8 1:5"));
    assert_int_equal(imap_thread_parse(command.args, command.count, arena, &by, &search, &why), OK);
    assert_true(by == IMAP_THREAD_REFERENCES && search.root->kind == IMAP_SEARCH_NUMBERS);
    command = lex(arena, STR("ORDEREDSUBJECT US-ASCII ALL"));
    assert_int_equal(imap_thread_parse(command.args, command.count, arena, &by, &search, &why), OK);
    assert_int_equal(by, IMAP_THREAD_ORDEREDSUBJECT);
    command = lex(arena, STR("REFS UTF-8 ALL"));
    assert_int_equal(imap_thread_parse(command.args, command.count, arena, &by, &search, &why), INVALID);
    command = lex(arena, STR("REFERENCES"));
    assert_int_equal(imap_thread_parse(command.args, command.count, arena, &by, &search, &why), INVALID);
    assert_int_equal(imap_thread_parse(command.args, 0, arena, &by, &search, &why), INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flags_are_reduced),       cmocka_unit_test(texts_dates_and_numbers),
        cmocka_unit_test(sets),                    cmocka_unit_test(keys_nest),
        cmocka_unit_test(options_and_charset),     cmocka_unit_test(wrong_searches),
        cmocka_unit_test(depth_and_size_are_limited), cmocka_unit_test(every_key_is_visited),
        cmocka_unit_test(sort_criteria),           cmocka_unit_test(rows_are_sorted),
        cmocka_unit_test(thread_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
