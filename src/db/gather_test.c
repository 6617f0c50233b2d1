#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "db/db.h"
#include "db/vfs.h"

enum { WIDE = 3000, MANY = 100, HUGE_COUNT = 300 };

static const struct db_query create = {"create", "CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT) STRICT",
                                       DB_SLOT_FIRST};
static const struct db_query add = {"add", "INSERT INTO note (id, body) VALUES (?, ?)", DB_SLOT_FIRST + 1};
static const struct db_query count = {"count", "SELECT count(*), coalesce(sum(length(body)), 0) FROM note",
                                      DB_SLOT_FIRST + 2};

/* What reached the log's file: how many calls, and whether the last ended a commit's page. */
struct seen {
    int writes;
    int64_t bytes;
};

static void see_write(void *with, const char *path, int64_t offset, struct str bytes)
{
    struct seen *seen = with;
    (void)offset;
    if (!str_ends(str_of(path), STR("-wal")))
        return;
    seen->writes++;
    seen->bytes += (int64_t)bytes.len;
}

static char folder[64], path[96];
static struct seen seen;
static struct vfs_recorder recorder;
static struct vfs_shim *shim;
static struct db *db, *reader;

static enum status run(struct db *on, const struct db_query *query)
{
    struct db_cursor *cursor;
    TRY(db_start(on, query, &cursor));
    enum status status = db_step(cursor);
    db_end(cursor);
    return status == NOT_FOUND ? OK : status;
}

static enum status add_notes(int64_t first, int64_t number)
{
    static char wide[WIDE];
    memset(wide, 'x', sizeof wide);
    for (int64_t id = first; id < first + number; id++) {
        struct db_cursor *cursor;
        TRY(db_start(db, &add, &cursor));
        db_bind_int(cursor, 1, id);
        db_bind_text(cursor, 2, (struct str){wide, sizeof wide});
        enum status status = db_step(cursor);
        db_end(cursor);
        if (status != NOT_FOUND)
            return status;
    }
    return OK;
}

static enum status commit_notes(int64_t first, int64_t number)
{
    TRY(db_begin(db));
    enum status done = add_notes(first, number);
    if (done == OK)
        return db_commit(db, SYNC_LATER);
    db_rollback(db);
    return done;
}

/* Through a handle of its own: from the files, and what the log's index says is in them. */
static int64_t count_read(void)
{
    struct db_cursor *cursor;
    assert_int_equal(db_start(reader, &count, &cursor), OK);
    assert_int_equal(db_step(cursor), OK);
    int64_t notes = db_column_int(cursor, 0);
    assert_int_equal(db_column_int(cursor, 1), notes * WIDE);
    db_end(cursor);
    return notes;
}

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/parvis-gather-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/town.db", folder);
    recorder = (struct vfs_recorder){.on_write = see_write, .with = &seen};
    assert_int_equal(vfs_install(&recorder, &shim), OK);
    assert_int_equal(db_open(path, DB_CREATE, &db), OK);
    assert_int_equal(db_begin(db), OK);
    assert_int_equal(run(db, &create), OK);
    assert_int_equal(db_commit(db, SYNC_FULL), OK);
    assert_int_equal(db_open(path, DB_READ, &reader), OK);
    seen = (struct seen){0};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    db_close(reader);
    db_close(db);
    vfs_remove(shim);
    unlink(path);
    return rmdir(folder);
}

static void a_commit_is_one_write(void **state)
{
    (void)state;
    assert_int_equal(commit_notes(1, 10), OK);
    assert_int_equal(seen.writes, 1);
    assert_true(seen.bytes >= 10 * 4120);
    assert_int_equal(commit_notes(11, 1), OK);
    assert_int_equal(seen.writes, 2);
}

static void each_commit_is_in_the_file(void **state)
{
    (void)state;
    for (int64_t i = 1; i <= MANY; i++) {
        assert_int_equal(commit_notes(i, 1), OK);
        assert_int_equal(count_read(), i);
        if (i % 30 == 0) {
            assert_int_equal(db_checkpoint(db), OK);
            assert_int_equal(count_read(), i);
        }
    }
}

/* More than is gathered, and more than the engine keeps in memory before it writes pages of an open transaction. */
static void a_long_commit_is_whole(void **state)
{
    (void)state;
    assert_int_equal(commit_notes(1, HUGE_COUNT), OK);
    assert_int_equal(count_read(), HUGE_COUNT);
    assert_true(seen.writes > 1 && seen.writes < HUGE_COUNT / 10);
    assert_int_equal(db_begin(db), OK);
    assert_int_equal(add_notes(HUGE_COUNT + 1, 6000), OK);
    assert_int_equal(count_read(), HUGE_COUNT);
    assert_int_equal(db_commit(db, SYNC_LATER), OK);
    assert_int_equal(count_read(), HUGE_COUNT + 6000);
}

static void what_was_undone_is_in_no_file(void **state)
{
    (void)state;
    assert_int_equal(commit_notes(1, 3), OK);
    assert_int_equal(db_begin(db), OK);
    assert_int_equal(add_notes(4, 6000), OK);
    db_rollback(db);
    assert_int_equal(count_read(), 3);
    assert_int_equal(commit_notes(4, 2), OK);
    assert_int_equal(count_read(), 5);
}

static void a_refused_write_fails_the_commit(void **state)
{
    (void)state;
    assert_int_equal(commit_notes(1, 1), OK);
    recorder.fail_write = 1;
    assert_int_equal(commit_notes(2, 10), OUTSIDE);
    recorder.fail_write = 0;
    assert_int_equal(count_read(), 1);
    assert_int_equal(commit_notes(2, 10), OK);
    assert_int_equal(count_read(), 11);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_commit_is_one_write, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_commit_is_in_the_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_long_commit_is_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_undone_is_in_no_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_refused_write_fails_the_commit, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("gather", tests, NULL, NULL);
}
