#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/seeded.h"
#include "proto/imap/imap_thread.h"

enum { ROWS_MAX = 40, ARENA = 64 << 20 };

/* One message: "id;date;subject;references". A subject that begins with "re " is a reply. */
static struct imap_thread_row row_of(struct arena *arena, uint32_t number, const char *text)
{
    struct str rest = str_of(text);
    struct imap_thread_row row = {.number = number, .message_id = str_cut(&rest, ';')};
    struct str date = str_cut(&rest, ';');
    uint64_t day = 0;
    assert_int_equal(str_to_u64(date, 1000, &day), OK);
    row.date.ms = (int64_t)day;
    row.subject = str_cut(&rest, ';');
    row.is_reply = str_starts(row.subject, STR("re "));
    if (row.is_reply)
        row.subject = str_after(row.subject, 3);
    row.references = arena_array(arena, struct str, ROWS_MAX);
    while (!str_is_absent(rest) && rest.len > 0)
        row.references[row.reference_count++] = str_cut(&rest, ' ');
    return row;
}

static void is_thread_by(enum imap_thread_by by, const char *const *texts, const char *expected)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct imap_thread_row rows[ROWS_MAX];
    struct imap_thread thread;
    struct buf out BUF_SCOPE = BUF_INIT(10000);
    uint32_t count = 0;
    for (; texts[count] != NULL; count++)
        rows[count] = row_of(arena, count + 1, texts[count]);
    assert_int_equal(imap_thread_build(by, rows, count, arena, &thread), OK);
    imap_thread_write(&out, &thread);
    buf_add_byte(&out, '\0');
    assert_string_equal(out.at, expected);
}
#define IS_THREAD(expected, ...)                                                                             \
    is_thread_by(IMAP_THREAD_REFERENCES, (const char *const[]){__VA_ARGS__, NULL}, expected)

static void chains_and_branches(void **state)
{
    (void)state;
    is_thread_by(IMAP_THREAD_REFERENCES, (const char *const[]){NULL}, "");
    IS_THREAD("(1)", "a;1;s;");
    IS_THREAD("(1)(2)", "a;1;s;", "b;2;t;");
    IS_THREAD("(1 2 3)", "a;1;s;", "b;2;s;a", "c;3;s;a b");
    IS_THREAD("(1 (2)(3))", "a;1;s;", "b;2;re s;a", "c;3;re s;a");
    IS_THREAD("(1 2 (3)(4 5))", "a;1;s;", "b;2;s;a", "c;3;s;a b", "d;4;s;a b", "e;5;s;a b d");
    /* Answers before what they answer, and threads in the order of their dates. */
    IS_THREAD("(3)(2 1)", "b;3;x;a", "a;2;x;", "c;1;y;");
}

static void missing_messages_hold_their_answers_together(void **state)
{
    (void)state;
    IS_THREAD("(1)", "b;1;s;a");
    IS_THREAD("((1)(2))", "b;1;s;a", "c;2;t;a");
    IS_THREAD("((1)(2 3))", "b;1;s;a", "c;2;t;a x", "d;3;u;a x c");
    /* A missing one in the middle gives its answers to its parent (3B). */
    IS_THREAD("(1 (2)(3))", "a;1;s;", "b;2;s;a x", "c;3;s;a x");
    /* A dummy stands where its first child does. */
    IS_THREAD("(3)((2)(1))", "b;5;s;a", "c;2;t;a", "d;1;u;");
}

static void links_never_make_loops(void **state)
{
    (void)state;
    IS_THREAD("(1)", "a;1;s;a");
    IS_THREAD("(2 1)", "a;2;s;b", "b;1;t;a");
    IS_THREAD("(2 3 1)", "a;1;s;b c", "b;2;t;", "c;3;u;b");
    IS_THREAD("(3 2 1)", "a;1;x;c b", "b;2;y;a c", "c;3;z;");
}

/* (1B): what a message says of itself replaces what others said of it. */
static void a_truncated_chain_is_mended(void **state)
{
    (void)state;
    IS_THREAD("(2 3 1)", "c;3;s;a b", "a;1;t;", "b;2;u;a");
    IS_THREAD("(2)(3 1)", "c;3;s;a b", "a;1;t;", "b;2;u;");
}

static void a_double_id_names_the_first(void **state)
{
    (void)state;
    IS_THREAD("(1 3)(2)", "a;1;s;", "a;2;t;", "b;3;u;a");
    IS_THREAD("(1)(2)", ";1;s;", ";2;t;");
}

static void subjects_gather(void **state)
{
    (void)state;
    /* (5Cc): a reply goes under what it answers, wherever it stands. */
    IS_THREAD("(1 2)", "a;1;s;", "b;2;re s;");
    IS_THREAD("(2 1)", "b;1;re s;", "a;2;s;");
    /* (5Cd): alike, under a dummy. */
    IS_THREAD("((1)(2)(3))", "a;1;s;", "b;2;s;", "c;3;s;");
    IS_THREAD("((1)(2))", "a;1;re s;", "b;2;re s;");
    /* (5Cb): beside the children of a dummy. */
    IS_THREAD("((1)(2)(3))", "b;1;s;a", "c;2;s;a", "d;3;s;");
    /* (5Ca): two dummies become one. */
    IS_THREAD("((1)(2)(3)(4))", "b;1;s;a", "c;2;s;a", "d;3;s;x", "e;4;t;x");
    /* An empty subject gathers nothing. */
    IS_THREAD("(1)(2)", "a;1;;", "b;2;;");
}

static void ordered_subject_is_two_levels(void **state)
{
    (void)state;
    static const char *const rows[] = {"a;3;s;", "b;2;s;", "c;1;t;", "d;4;s;", NULL};
    is_thread_by(IMAP_THREAD_ORDEREDSUBJECT, rows, "(3)(2 (1)(4))");
    is_thread_by(IMAP_THREAD_ORDEREDSUBJECT, (const char *const[]){NULL}, "");
}

/* Every message stands exactly once in the tree, and parents and children agree. */
static void check_whole(const struct imap_thread *thread, size_t rows)
{
    size_t seen = 0, steps = 0;
    for (uint32_t node = thread->nodes[0].child; node != IMAP_NO_NODE && node != 0; steps++) {
        assert_true(steps < thread->count);
        seen += thread->nodes[node].number != 0;
        if (thread->nodes[node].child != IMAP_NO_NODE) {
            assert_int_equal(thread->nodes[thread->nodes[node].child].parent, node);
            node = thread->nodes[node].child;
            continue;
        }
        while (node != 0 && thread->nodes[node].next == IMAP_NO_NODE)
            node = thread->nodes[node].parent;
        node = node ? thread->nodes[node].next : 0;
    }
    assert_int_equal(seen, rows);
}

static void no_message_is_lost(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct seeded random = {7};
    for (int round = 0; round < 3000; round++) {
        struct imap_thread thread;
        struct imap_thread_row rows[ROWS_MAX] = {0};
        static const char ids[] = "abcdefghijklmnopqrstuvwxyz", subjects[] = "stu";
        arena_reset(arena);
        for (uint32_t i = 0; i < ROWS_MAX; i++) {
            rows[i] = (struct imap_thread_row){.number = i + 1, .is_reply = seeded_below(&random, 2)};
            rows[i].message_id = (struct str){&ids[seeded_below(&random, 26)], seeded_below(&random, 8) != 0};
            rows[i].subject = (struct str){&subjects[seeded_below(&random, 3)], seeded_below(&random, 3) != 0};
            rows[i].date.ms = (int64_t)seeded_below(&random, 20);
            rows[i].reference_count = seeded_below(&random, 5);
            rows[i].references = arena_array(arena, struct str, 5);
            for (size_t j = 0; j < rows[i].reference_count; j++)
                rows[i].references[j] = (struct str){&ids[seeded_below(&random, 26)], 1};
        }
        assert_int_equal(imap_thread_build(IMAP_THREAD_REFERENCES, rows, ROWS_MAX, arena, &thread), OK);
        check_whole(&thread, ROWS_MAX);
    }
}

/* A chain of 100,000 answers, newest first, and one where every link would close a loop. */
static void long_chains_cost_no_stack(void **state)
{
    (void)state;
    enum { LONG = 100000 };
    struct arena *arena ARENA_SCOPE = arena_create(256 << 20);
    struct imap_thread_row *rows = arena_array(arena, struct imap_thread_row, LONG);
    struct str *ids = arena_array(arena, struct str, LONG + 1);
    struct imap_thread thread;
    struct buf out BUF_SCOPE = BUF_INIT(4 << 20);
    for (uint32_t i = 0; i <= LONG; i++)
        ids[i] = str_format(arena, "%u", i);
    for (uint32_t i = 0; i < LONG; i++)
        rows[i] = (struct imap_thread_row){
            .number = i + 1, .message_id = ids[i], .references = &ids[i + 1], .reference_count = i + 1 < LONG};
    assert_int_equal(imap_thread_build(IMAP_THREAD_REFERENCES, rows, LONG, arena, &thread), OK);
    check_whole(&thread, LONG);
    imap_thread_write(&out, &thread);
    assert_true(str_starts(buf_str(&out), STR("(100000 99999 99998 ")));
    assert_true(str_ends(buf_str(&out), STR(" 2 1)")));
    rows[LONG - 1].references = &ids[0];
    rows[LONG - 1].reference_count = 1;
    assert_int_equal(imap_thread_build(IMAP_THREAD_REFERENCES, rows, LONG, arena, &thread), OK);
    check_whole(&thread, LONG);
}

static void limits_are_said(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1000);
    struct imap_thread thread;
    struct imap_thread_row row = {.number = 1, .message_id = STR("a"), .subject = STR("s")};
    assert_int_equal(imap_thread_build(IMAP_THREAD_REFERENCES, &row, IMAP_THREAD_MAX + (size_t)1, arena, &thread),
                     LIMIT);
    struct arena *small ARENA_SCOPE = arena_create(64);
    assert_int_equal(imap_thread_build(IMAP_THREAD_REFERENCES, &row, 1, small, &thread), LIMIT);
}

static void references_are_read(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct buf field BUF_SCOPE = BUF_INIT(1 << 20);
    struct str *ids;
    size_t count;
    assert_int_equal(imap_references(STR("<a@b> (x) <\"c\"@d>\r\n\t<e@f"), arena, &ids, &count), OK);
    assert_int_equal(count, 2);
    assert_true(str_eq(ids[0], STR("a@b")) && str_eq(ids[1], STR("c@d")));
    assert_int_equal(imap_references(STR(""), arena, &ids, &count), OK);
    assert_int_equal(count, 0);
    for (int i = 0; i <= IMAP_REFERENCE_MAX; i++)
        buf_add_format(&field, "<%d@b>", i);
    assert_int_equal(imap_references(buf_str(&field), arena, &ids, &count), OK);
    assert_int_equal(count, IMAP_REFERENCE_MAX);
    assert_true(str_eq(ids[0], STR("1@b")) && str_eq(ids[count - 1], STR("1000@b")));
    struct arena *small ARENA_SCOPE = arena_create(400);
    assert_int_equal(imap_references(buf_str(&field), small, &ids, &count), LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chains_and_branches),
        cmocka_unit_test(missing_messages_hold_their_answers_together),
        cmocka_unit_test(links_never_make_loops),
        cmocka_unit_test(a_truncated_chain_is_mended),
        cmocka_unit_test(a_double_id_names_the_first),
        cmocka_unit_test(subjects_gather),
        cmocka_unit_test(ordered_subject_is_two_levels),
        cmocka_unit_test(no_message_is_lost),
        cmocka_unit_test(long_chains_cost_no_stack),
        cmocka_unit_test(limits_are_said),
        cmocka_unit_test(references_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
