#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/db.h"
#include "db/vfs.h"

/* A folder of its own for each test, removed after it. */
struct fixture {
    char folder[64], path[96], copy[96];
    struct db *db;
};

static const struct db_query create = {"create", "CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT,"
                                                 " bytes BLOB, parent INTEGER REFERENCES note(id)) STRICT",
                                       DB_SLOT_FIRST};
static const struct db_query add = {"add", "INSERT INTO note (id, body, bytes, parent) VALUES (?, ?, ?, ?)",
                                    DB_SLOT_FIRST + 1};
static const struct db_query count = {"count", "SELECT count(*) FROM note", DB_SLOT_FIRST + 2};
static const struct db_query get = {"get", "SELECT body, bytes, parent FROM note WHERE id = ?",
                                    DB_SLOT_FIRST + 200};

static enum status run(struct db *db, const struct db_query *query)
{
    struct db_cursor *cursor;
    TRY(db_start(db, query, &cursor));
    enum status status = db_step(cursor);
    db_end(cursor);
    return status;
}

static enum status add_note(struct db *db, int64_t id, struct str body)
{
    struct db_cursor *cursor;
    TRY(db_start(db, &add, &cursor));
    db_bind_int(cursor, 1, id);
    db_bind_text(cursor, 2, body);
    db_bind_blob(cursor, 3, STR("\0\1"));
    db_bind_blob(cursor, 4, STR_NONE);
    enum status status = db_step(cursor);
    db_end(cursor);
    return status == NOT_FOUND ? OK : status;
}

static int64_t count_notes(struct db *db)
{
    struct db_cursor *cursor;
    assert_int_equal(db_start(db, &count, &cursor), OK);
    assert_int_equal(db_step(cursor), OK);
    int64_t notes = db_column_int(cursor, 0);
    db_end(cursor);
    return notes;
}

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/parvis-db-XXXXXX");
    if (mkdtemp(fixture->folder) == NULL) {
        free(fixture);
        return -1;
    }
    snprintf(fixture->path, sizeof fixture->path, "%s/town.db", fixture->folder);
    snprintf(fixture->copy, sizeof fixture->copy, "%s/copy.db", fixture->folder);
    *state = fixture;
    if (db_open(fixture->path, DB_CREATE, &fixture->db) != OK || db_begin(fixture->db) != OK ||
        run(fixture->db, &create) != NOT_FOUND)
        return -1;
    return db_commit(fixture->db, SYNC_FULL) == OK ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    char command[128];
    db_close(fixture->db);
    snprintf(command, sizeof command, "rm -rf %s", fixture->folder);
    int code = system(command);
    free(fixture);
    return code;
}

static void test_reads_what_was_written(void **state)
{
    struct db *db = ((struct fixture *)*state)->db;
    struct db_cursor *cursor;
    assert_int_equal(db_begin(db), OK);
    assert_int_equal(add_note(db, 1, STR("")), OK);
    assert_int_equal(add_note(db, 2, STR_NONE), OK);
    assert_int_equal(db_changes(db), 1);
    assert_int_equal(db_last_id(db), 2);
    assert_int_equal(db_commit(db, SYNC_FULL), OK);
    assert_int_equal(db_start(db, &get, &cursor), OK);
    db_bind_int(cursor, 1, 1);
    assert_int_equal(db_step(cursor), OK);
    assert_false(str_is_absent(db_column_text(cursor, 0)));
    assert_int_equal(db_column_text(cursor, 0).len, 0);
    assert_true(str_eq(db_column_blob(cursor, 1), STR("\0\1")));
    assert_int_equal(db_column_int(cursor, 2), 0);
    assert_int_equal(db_step(cursor), NOT_FOUND);
    db_end(cursor);
    assert_int_equal(db_start(db, &get, &cursor), OK);
    db_bind_int(cursor, 1, 2);
    assert_int_equal(db_step(cursor), OK);
    assert_true(str_is_absent(db_column_text(cursor, 0)));
    db_end(cursor);
}

static void test_writes_only_inside_a_transaction(void **state)
{
    struct db *db = ((struct fixture *)*state)->db;
    assert_int_equal(add_note(db, 1, STR("x")), BUG);
    assert_int_equal(count_notes(db), 0);
}

static void test_broken_constraint_is_conflict(void **state)
{
    struct db *db = ((struct fixture *)*state)->db;
    struct db_cursor *cursor;
    assert_int_equal(db_begin(db), OK);
    assert_int_equal(add_note(db, 1, STR("x")), OK);
    assert_int_equal(add_note(db, 1, STR("x")), CONFLICT);
    assert_int_equal(db_start(db, &add, &cursor), OK);
    db_bind_int(cursor, 1, 2);
    db_bind_int(cursor, 4, 99); /* no such parent: foreign keys are on */
    assert_int_equal(db_step(cursor), CONFLICT);
    db_end(cursor);
    db_rollback(db);
    assert_int_equal(count_notes(db), 0);
}

static void test_savepoints_nest(void **state)
{
    struct db *db = ((struct fixture *)*state)->db;
    assert_int_equal(db_begin(db), OK);
    assert_int_equal(db_savepoint(db), OK);
    assert_int_equal(add_note(db, 1, STR("kept")), OK);
    assert_int_equal(db_savepoint(db), OK);
    assert_int_equal(add_note(db, 2, STR("undone")), OK);
    db_undo(db);
    assert_int_equal(db_release(db), OK);
    assert_int_equal(db_savepoint(db), OK);
    assert_int_equal(add_note(db, 3, STR("undone")), OK);
    db_undo(db);
    assert_int_equal(db_commit(db, SYNC_LATER), OK);
    assert_int_equal(count_notes(db), 1);
}

static void test_a_savepoint_is_settled_as_its_work_went(void **state)
{
    struct db *db = ((struct fixture *)*state)->db;
    assert_int_equal(db_begin(db), OK);
    assert_int_equal(db_savepoint(db), OK);
    assert_int_equal(add_note(db, 1, STR("kept")), OK);
    assert_int_equal(db_settle(db, OK), OK);
    assert_int_equal(db_savepoint(db), OK);
    assert_int_equal(add_note(db, 2, STR("undone")), OK);
    assert_int_equal(db_settle(db, INVALID), INVALID);
    assert_int_equal(db_commit(db, SYNC_LATER), OK);
    assert_int_equal(count_notes(db), 1);
}

static void test_reader_has_a_steady_view(void **state)
{
    struct fixture *fixture = *state;
    struct db *reader = NULL;
    assert_int_equal(db_open(fixture->path, DB_READ, &reader), OK);
    assert_int_equal(db_begin(reader), OK);
    assert_int_equal(count_notes(reader), 0);
    assert_int_equal(db_begin(fixture->db), OK);
    assert_int_equal(add_note(fixture->db, 1, STR("x")), OK);
    assert_int_equal(count_notes(reader), 0);
    assert_int_equal(db_commit(fixture->db, SYNC_LATER), OK);
    assert_int_equal(count_notes(reader), 0);
    db_rollback(reader);
    assert_int_equal(count_notes(reader), 1);
    assert_int_equal(db_begin(reader), OK);
    assert_int_equal(add_note(reader, 2, STR("x")), OUTSIDE);
    db_close(reader);
    char log[120];
    snprintf(log, sizeof log, "%s-wal", fixture->path);
    struct stat found;
    assert_int_equal(stat(log, &found), 0);
    assert_true(found.st_size > 0); /* closing a reader left the log alone */
    assert_true(db_log_size(fixture->db) > 0);
    assert_int_equal(db_checkpoint(fixture->db), OK);
    /* Though the file keeps its length: the next commit writes over it. */
    assert_int_equal(db_log_size(fixture->db), 0);
    assert_int_equal(db_begin(fixture->db), OK);
    assert_int_equal(add_note(fixture->db, 7, STR("y")), OK);
    assert_int_equal(db_commit(fixture->db, SYNC_FULL), OK);
    assert_true(db_log_size(fixture->db) > 0 && db_log_size(fixture->db) < found.st_size);
}

static void test_copy_is_whole_and_never_replaces(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 16);
    struct db *copy = NULL;
    struct str finding = STR_NONE;
    assert_int_equal(db_begin(fixture->db), OK);
    assert_int_equal(add_note(fixture->db, 1, STR("x")), OK);
    assert_int_equal(db_commit(fixture->db, SYNC_LATER), OK);
    assert_int_equal(db_copy(fixture->db, fixture->copy), OK);
    assert_int_equal(db_copy(fixture->db, fixture->copy), CONFLICT);
    assert_int_equal(db_open(fixture->copy, DB_READ, &copy), OK);
    assert_int_equal(count_notes(copy), 1);
    assert_int_equal(db_verify(copy, arena, &finding), OK);
    db_close(copy);
}

static void test_damage_is_said(void **state)
{
    struct fixture *fixture = *state;
    struct db *db = NULL;
    FILE *file = fopen(fixture->copy, "w");
    assert_non_null(file);
    fprintf(file, "%0900d this is no database", 0);
    fclose(file);
    assert_int_equal(db_open(fixture->copy, DB_WRITE, &db), CORRUPT);
    assert_int_equal(db_open("/nowhere/town.db", DB_WRITE, &db), OUTSIDE);
}

/* ---- what reaches the disk ---- */

struct seen {
    int log_syncs, log_writes, log_writes_unsynced;
};

static void see_write(void *with, const char *path, int64_t offset, struct str bytes)
{
    struct seen *seen = with;
    (void)offset, (void)bytes;
    if (str_ends(str_of(path), STR("-wal"))) {
        seen->log_writes++;
        seen->log_writes_unsynced++;
    }
}

static void see_sync(void *with, const char *path)
{
    struct seen *seen = with;
    if (str_ends(str_of(path), STR("-wal"))) {
        seen->log_syncs++;
        seen->log_writes_unsynced = 0;
    }
}

static enum status commit_note(struct db *db, int64_t id, enum db_sync sync)
{
    TRY(db_begin(db));
    enum status status = add_note(db, id, STR("body"));
    if (status != OK) {
        db_rollback(db);
        return status;
    }
    return db_commit(db, sync);
}

static void test_full_commit_syncs_all_before_it(void **state)
{
    struct fixture *fixture = *state;
    struct seen seen = {0};
    struct vfs_recorder recorder = {.on_write = see_write, .on_sync = see_sync, .with = &seen};
    struct vfs_shim *shim = NULL;
    struct db *db = NULL;
    db_close(fixture->db);
    fixture->db = NULL;
    assert_int_equal(vfs_install(&recorder, &shim), OK);
    assert_int_equal(db_open(fixture->path, DB_WRITE, &db), OK);
    assert_int_equal(commit_note(db, 1, SYNC_FULL), OK);
    seen = (struct seen){0};
    assert_int_equal(commit_note(db, 2, SYNC_LATER), OK);
    assert_int_equal(commit_note(db, 3, SYNC_LATER), OK);
    assert_true(seen.log_writes > 0);
    assert_int_equal(seen.log_syncs, 0);
    assert_int_equal(commit_note(db, 4, SYNC_FULL), OK);
    assert_int_equal(seen.log_syncs, 1);
    assert_int_equal(seen.log_writes_unsynced, 0);
    db_close(db);
    vfs_remove(shim);
}

/* Each write fails in turn; what was answered OK is there afterwards, and nothing else. */
static void test_every_failing_write_is_answered(void **state)
{
    struct fixture *fixture = *state;
    struct vfs_recorder recorder = {0};
    struct vfs_shim *shim = NULL;
    int64_t kept = 0, refused = 0;
    db_close(fixture->db);
    fixture->db = NULL;
    assert_int_equal(vfs_install(&recorder, &shim), OK);
    for (int64_t nth = 1; nth <= 12; nth++) {
        struct db *db = NULL;
        assert_int_equal(db_open(fixture->path, DB_WRITE, &db), OK);
        recorder.fail_write = nth;
        enum status status = commit_note(db, 1000 + nth, SYNC_FULL);
        recorder.fail_write = 0;
        kept += status == OK;
        refused += status == OUTSIDE;
        assert_true(status == OK || status == OUTSIDE);
        assert_int_equal(count_notes(db), kept);
        assert_int_equal(commit_note(db, 2000 + nth, SYNC_FULL), OK);
        kept++;
        db_close(db);
    }
    assert_true(refused > 0);
    vfs_remove(shim);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_reads_what_was_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_writes_only_inside_a_transaction, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_broken_constraint_is_conflict, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_savepoints_nest, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_savepoint_is_settled_as_its_work_went, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_reader_has_a_steady_view, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_copy_is_whole_and_never_replaces, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_damage_is_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_full_commit_syncs_all_before_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_every_failing_write_is_answered, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
