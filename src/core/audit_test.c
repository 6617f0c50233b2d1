/* Whoever kept a head sees whether the log was touched since; tables refuse, and the chain tells. */
#include "core/audit.h"
#include "core/test_town.h"
#include "db/handle.h"

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

static void add(const char *kind, const char *subject)
{
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, audit_add(&ctx, kind, str_of(subject), STR("detail"))), OK);
}

static struct audit_head head(void)
{
    struct audit_head found;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(audit_head(&ctx, &found), OK);
    return found;
}

static enum status verify(const unsigned char *known, int64_t *ret_entry)
{
    struct ctx ctx = test_ctx(&test);
    return audit_verify(&ctx, known, ret_entry);
}

static void script(const char *sql)
{
    assert_int_equal(sqlite3_exec(test.town.db->sqlite, sql, NULL, NULL, NULL), SQLITE_OK);
}

static void entries_are_chained(void **state)
{
    (void)state;
    int64_t entry;
    struct ctx ctx = test_ctx(&test);
    audit_row *rows;
    size_t count;
    int64_t before = head().count;
    assert_int_equal(verify(NULL, &entry), OK);
    add("a", "one");
    struct audit_head first = head();
    add("b", "two");
    assert_int_equal(head().count, before + 2);
    assert_int_equal(verify(first.hash, &entry), OK);
    assert_int_equal(verify(head().hash, &entry), OK);
    assert_int_equal(entry, before + 2);
    assert_int_equal(verify((const unsigned char *)"an unknown head of 32 bytes.....", &entry), NOT_FOUND);
    assert_int_equal(audit_list(&ctx, 0, &rows, &count), OK);
    assert_true(str_eq(rows[0].subject, STR("two")) && str_eq(rows[1].subject, STR("one")));
    assert_int_equal(audit_list(&ctx, rows[0].id, &rows, &count), OK);
    assert_true(str_eq(rows[0].subject, STR("one")));
}

static void tables_refuse_a_change(void **state)
{
    (void)state;
    add("a", "one");
    sqlite3 *sqlite = test.town.db->sqlite;
    assert_int_not_equal(sqlite3_exec(sqlite, "UPDATE audit SET subject = 'x'", NULL, NULL, NULL), SQLITE_OK);
    assert_int_not_equal(sqlite3_exec(sqlite, "DELETE FROM audit", NULL, NULL, NULL), SQLITE_OK);
}

/* Somebody with the file in hand can drop the triggers; the chain then shows where. */
static void what_was_touched_is_found(void **state)
{
    (void)state;
    int64_t entry, before = head().count;
    add("a", "one");
    add("a", "two");
    add("a", "three");
    struct audit_head last = head();
    script("DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete");
    script("UPDATE audit SET subject = 'TWO' WHERE subject = 'two'");
    assert_int_equal(verify(NULL, &entry), CORRUPT);
    assert_int_equal(entry, before + 2);
    script("UPDATE audit SET subject = 'two' WHERE subject = 'TWO'");
    assert_int_equal(verify(last.hash, &entry), OK);
    script("DELETE FROM audit WHERE subject = 'two'");
    assert_int_equal(verify(NULL, &entry), CORRUPT);
}

/* Cut off at the end, the rest proves; who kept the head sees it. */
static void a_shortened_log_lacks_its_head(void **state)
{
    (void)state;
    int64_t entry;
    add("a", "one");
    add("a", "two");
    struct audit_head last = head();
    script("DROP TRIGGER audit_no_delete");
    script("DELETE FROM audit WHERE subject = 'two'");
    assert_int_equal(verify(NULL, &entry), OK);
    assert_int_equal(verify(last.hash, &entry), NOT_FOUND);
}

static void long_texts_are_cut_at_a_character(void **state)
{
    (void)state;
    char text[AUDIT_TEXT_MAX + 10];
    audit_row *rows;
    size_t count;
    int64_t entry;
    struct ctx ctx = test_ctx(&test);
    memset(text, 'x', sizeof text);
    memcpy(text + AUDIT_TEXT_MAX - 1, "\xc3\xa9", 2);
    text[sizeof text - 1] = 0;
    add("a", text);
    assert_int_equal(audit_list(&ctx, 0, &rows, &count), OK);
    assert_int_equal(rows[0].subject.len, AUDIT_TEXT_MAX - 1);
    assert_int_equal(verify(NULL, &entry), OK);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {CASE(entries_are_chained), CASE(tables_refuse_a_change),
                                       CASE(what_was_touched_is_found), CASE(a_shortened_log_lacks_its_head),
                                       CASE(long_texts_are_cut_at_a_character)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
