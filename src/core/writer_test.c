#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/writer.h"

static const struct db_query make = {"make", "CREATE TABLE t (a INTEGER) STRICT", 900};
static const struct db_query put = {"put", "INSERT INTO t (a) VALUES (?1)", 901};
static const struct db_query count = {"count", "SELECT count(*) FROM t", 902};

static struct db *db;
static struct writer *writer;
static enum status before_says;
static int before_calls, after_calls, undone_calls;
static int64_t undone_job;
static enum status after_heard;

static enum status before(void *with)
{
    (void)with;
    before_calls++;
    return before_says;
}

static void after(void *with, enum status done)
{
    (void)with;
    after_calls++;
    after_heard = done;
}

static void undone(void *with)
{
    (void)with;
    undone_calls++;
    undone_job = writer_job(writer);
}

static void run(const struct db_query *query, int64_t value)
{
    struct db_cursor *cursor;
    assert_int_equal(db_start(db, query, &cursor), OK);
    if (query == &put)
        db_bind_int(cursor, 1, value);
    assert_int_equal(db_step(cursor), NOT_FOUND);
    db_end(cursor);
}

static int64_t rows(void)
{
    struct db_cursor *cursor;
    assert_int_equal(db_start(db, &count, &cursor), OK);
    assert_int_equal(db_step(cursor), OK);
    int64_t found = db_column_int(cursor, 0);
    db_end(cursor);
    return found;
}

static int set_up(void **state)
{
    (void)state;
    assert_int_equal(db_open(NULL, DB_MEMORY, &db), OK);
    assert_int_equal(db_begin(db), OK);
    run(&make, 0);
    assert_int_equal(db_commit(db, SYNC_FULL), OK);
    writer = writer_create(db);
    writer_add_hook(writer, (struct writer_hook){before, after, undone, NULL});
    before_says = OK;
    before_calls = after_calls = undone_calls = 0;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    writer_destroy(writer);
    db_close(db);
    return 0;
}

static enum status job(int64_t value, enum status done)
{
    writer_job_begin(writer);
    assert_int_equal(writer_need(writer, SYNC_FULL), OK);
    run(&put, value);
    return writer_job_end(writer, done);
}

static void a_turn_keeps_the_jobs_that_succeeded(void **state)
{
    (void)state;
    assert_int_equal(job(1, OK), OK);
    assert_int_equal(undone_calls, 0);
    assert_int_equal(job(2, INVALID), INVALID);
    assert_int_equal(undone_calls, 1);
    assert_int_equal(undone_job, writer_job(writer));
    assert_int_equal(job(3, OK), OK);
    assert_int_equal(undone_calls, 1);
    assert_int_not_equal(undone_job, writer_job(writer));
    assert_true(writer_is_open(writer));
    assert_int_equal(writer_commit(writer), OK);
    assert_int_equal(rows(), 2);
    assert_int_equal(before_calls, 1);
    assert_int_equal(after_heard, OK);
    assert_false(writer_is_open(writer));
}

static void a_turn_that_only_read_does_nothing(void **state)
{
    (void)state;
    writer_job_begin(writer);
    assert_int_equal(writer_job_end(writer, OK), OK);
    assert_int_equal(writer_commit(writer), OK);
    assert_int_equal(before_calls + after_calls, 0);
}

static void a_hook_that_fails_undoes_the_turn(void **state)
{
    (void)state;
    assert_int_equal(job(1, OK), OK);
    before_says = OUTSIDE;
    assert_int_equal(writer_commit(writer), OUTSIDE);
    assert_int_equal(rows(), 0);
    assert_int_equal(after_heard, OUTSIDE);
    before_says = OK;
    assert_int_equal(job(2, OK), OK);
    assert_int_equal(writer_commit(writer), OK);
    assert_int_equal(rows(), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_turn_keeps_the_jobs_that_succeeded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_turn_that_only_read_does_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_hook_that_fails_undoes_the_turn, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
