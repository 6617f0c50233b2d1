#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/gather.h"
#include "db/handle.h"

/* A reader waits for nobody but a recovery after a crash; the writer has no rival. */
enum {
    BUSY_TIMEOUT_MS = 5000,
    LOG_FRAME_BYTES = 4096 + 24 /* a page and its head (sqlite.org/fileformat2.html, section 4.1) */
};

static enum status apply_switches(struct db *db)
{
    static const struct {
        int name, value;
    } switches[] = {
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0}, /* "x" is a name, never a text: as PostgreSQL reads it */
        {SQLITE_DBCONFIG_DQS_DDL, 0},
    };
    for (size_t i = 0; i < sizeof switches / sizeof switches[0]; i++)
        TRY(handle_status(sqlite3_db_config(db->sqlite, switches[i].name, switches[i].value, NULL)));
    bool is_reader = db->mode == DB_READ;
    return handle_status(
        sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, is_reader ? 1 : 0, NULL));
}

/* synchronous=NORMAL syncs the log around checkpoints only; db_commit(SYNC_FULL) syncs it itself, so that
 * one handle can do both kinds of commit without a PRAGMA between transactions. */
static const char *settings_of(enum db_mode mode)
{
    switch (mode) {
    case DB_READ:
        return "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-4000; PRAGMA temp_store=MEMORY";
    case DB_WRITE:
    case DB_CREATE:
        return "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; PRAGMA synchronous=NORMAL;"
               "PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;"
               "PRAGMA secure_delete=FAST"; /* zeroes what costs no page more; db_erase_begin the rest */
    case DB_MEMORY:
    default:
        return "PRAGMA temp_store=MEMORY";
    }
}

static int flags_of(enum db_mode mode)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    switch (mode) {
    case DB_READ:
        return flags | SQLITE_OPEN_READONLY;
    case DB_WRITE:
        return flags | SQLITE_OPEN_READWRITE;
    case DB_CREATE:
        return flags | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case DB_MEMORY:
    default:
        return flags | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY;
    }
}

/* Called by the engine after a commit that wrote to the log; one that changed nothing needs no sync. */
static int on_logged(void *with, sqlite3 *sqlite, const char *name, int pages)
{
    struct db *db = with;
    (void)sqlite;
    (void)name;
    db->is_log_dirty = true;
    db->log_pages = pages;
    return SQLITE_OK;
}

sqlite3_file *handle_log(const struct db *db)
{
    sqlite3_file *file = NULL;
    int code = sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
    return code == SQLITE_OK && file != NULL && file->pMethods != NULL ? file : NULL;
}

static enum status open_handle(struct db *db, const char *path)
{
    const char *name = db->mode == DB_MEMORY ? ":memory:" : path;
    TRY(handle_status(sqlite3_open_v2(name, &db->sqlite, flags_of(db->mode), NULL)));
    TRY(handle_status(sqlite3_busy_timeout(db->sqlite, BUSY_TIMEOUT_MS)));
    TRY(apply_switches(db));
    TRY(handle_script(db, settings_of(db->mode)));
    sqlite3_wal_hook(db->sqlite, on_logged, db); /* after wal_autocheckpoint, which sets a hook of its own */
    /* The file itself is first read here: a damaged one is said at once, not at the first request. */
    TRY(handle_script(db, "SELECT count(*) FROM sqlite_schema"));
    if (db->mode == DB_WRITE || db->mode == DB_CREATE)
        db->gather = gather_create(db);
    return OK;
}

enum status db_open(const char *path, enum db_mode mode, struct db **ret_db)
{
    struct db *db = malloc(sizeof *db);
    REQUIRE(db != NULL);
    *db = (struct db){.mode = mode, .is_log_dirty = true};
    enum status status = open_handle(db, path);
    if (status != OK) {
        db_close(db);
        return status;
    }
    *ret_db = db;
    return OK;
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    handle_forget_statements(db);
    REQUIRE(sqlite3_close(db->sqlite) == SQLITE_OK);
    gather_destroy(db->gather);
    free(db);
}

const char *db_error(const struct db *db)
{
    return sqlite3_errmsg(db->sqlite);
}

/* ---- transactions ---- */

enum status db_begin(struct db *db)
{
    static const struct db_query begin = {"begin", "BEGIN IMMEDIATE", SLOT_BEGIN};
    static const struct db_query view = {"view", "BEGIN", SLOT_VIEW};
    REQUIRE(!db->is_begun);
    if (db->is_unsound)
        return OUTSIDE;
    TRY(handle_run(db, db->mode == DB_READ ? &view : &begin));
    db->is_begun = true;
    db->savepoint_depth = 0;
    return OK;
}

static enum status sync_log(struct db *db)
{
    sqlite3_file *file = db->mode == DB_MEMORY ? NULL : handle_log(db);
    if (file != NULL && db->is_log_dirty &&
        file->pMethods->xSync(file, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY) != SQLITE_OK) {
        db->is_unsound = true;
        return OUTSIDE;
    }
    db->is_log_dirty = false;
    return OK;
}

enum status db_commit(struct db *db, enum db_sync sync)
{
    static const struct db_query commit = {"commit", "COMMIT", SLOT_COMMIT};
    REQUIRE(db->is_begun && db->savepoint_depth == 0);
    enum status status = sqlite3_get_autocommit(db->sqlite) ? OUTSIDE : handle_run(db, &commit);
    if (status != OK) {
        db_rollback(db);
        return status;
    }
    db->is_begun = false;
    return sync == SYNC_FULL ? sync_log(db) : OK;
}

void db_rollback(struct db *db)
{
    static const struct db_query rollback = {"rollback", "ROLLBACK", SLOT_ROLLBACK};
    if (!sqlite3_get_autocommit(db->sqlite))
        REQUIRE(handle_run(db, &rollback) == OK || sqlite3_get_autocommit(db->sqlite));
    db->is_begun = false;
    db->savepoint_depth = 0;
}

bool db_is_sound(const struct db *db)
{
    return !db->is_unsound;
}

enum status db_savepoint(struct db *db)
{
    static const struct db_query savepoint = {"savepoint", "SAVEPOINT job", SLOT_SAVEPOINT};
    REQUIRE(db->is_begun);
    if (sqlite3_get_autocommit(db->sqlite))
        return OUTSIDE;
    TRY(handle_run(db, &savepoint));
    db->savepoint_depth++;
    return OK;
}

static const struct db_query release = {"release", "RELEASE job", SLOT_RELEASE};

enum status db_release(struct db *db)
{
    REQUIRE(db->savepoint_depth > 0);
    db->savepoint_depth--;
    if (sqlite3_get_autocommit(db->sqlite))
        return OUTSIDE;
    return handle_run(db, &release);
}

void db_undo(struct db *db)
{
    static const struct db_query undo = {"undo", "ROLLBACK TO job", SLOT_UNDO};
    REQUIRE(db->savepoint_depth > 0);
    db->savepoint_depth--;
    if (sqlite3_get_autocommit(db->sqlite))
        return; /* all of it is undone already; the commit will say so */
    if (handle_run(db, &undo) != OK || handle_run(db, &release) != OK)
        sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
}

enum status db_settle(struct db *db, enum status done)
{
    if (done == OK)
        return db_release(db);
    db_undo(db);
    return done;
}

/* ---- the file ---- */

void db_release_memory(struct db *db)
{
    sqlite3_db_release_memory(db->sqlite);
}

enum status db_erase_begin(struct db *db)
{
    db->is_log_telling = true;
    return handle_script(db, "PRAGMA secure_delete=ON");
}

enum status db_erase_end(struct db *db)
{
    return handle_script(db, "PRAGMA secure_delete=FAST");
}

/* Written back as far as readers let it, and the log emptied where it has what was erased: for that no reader is waited
 * for, the next one tries again. */
static enum status write_back(struct db *db)
{
    if (!db->is_log_telling)
        return handle_status(
            sqlite3_wal_checkpoint_v2(db->sqlite, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL));
    TRY(handle_status(sqlite3_busy_timeout(db->sqlite, 0)));
    enum status done = handle_status(
        sqlite3_wal_checkpoint_v2(db->sqlite, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL));
    TRY(handle_status(sqlite3_busy_timeout(db->sqlite, BUSY_TIMEOUT_MS)));
    db->is_log_telling = done != OK;
    return done;
}

enum status db_checkpoint(struct db *db)
{
    REQUIRE(db->mode != DB_READ);
    if (db->mode == DB_MEMORY)
        return OK;
    enum status status = write_back(db);
    db->log_pages = 0; /* the next commit says what is left: nothing, unless a reader keeps some pages */
    return status == BUSY ? OK : status;
}

int64_t db_log_size(const struct db *db)
{
    return db->is_log_telling && db->mode != DB_MEMORY ? INT64_MAX : db->log_pages * LOG_FRAME_BYTES;
}

static enum status copy_pages(struct db *from, sqlite3 *to)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from->sqlite, "main");
    if (backup == NULL)
        return handle_status(sqlite3_errcode(to));
    int stepped = sqlite3_backup_step(backup, -1);
    int finished = sqlite3_backup_finish(backup);
    if (stepped != SQLITE_DONE)
        return stepped == SQLITE_OK ? OUTSIDE : handle_status(stepped);
    return handle_status(finished);
}

enum status db_copy(struct db *db, const char *to_path)
{
    sqlite3 *to = NULL;
    int fd = open(to_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0)
        return access(to_path, F_OK) == 0 ? CONFLICT : OUTSIDE;
    close(fd);
    enum status status = handle_status(
        sqlite3_open_v2(to_path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, NULL));
    if (status == OK)
        status = copy_pages(db, to);
    /* Closing a copy of a database in WAL mode leaves no log behind: it is one file again. */
    if (sqlite3_close(to) != SQLITE_OK && status == OK)
        status = OUTSIDE;
    if (status != OK)
        unlink(to_path);
    return status;
}

static enum status first_finding(struct db *db, const struct db_query *query, int column, struct arena *arena,
                                 struct str *ret_text)
{
    struct db_cursor *cursor;
    TRY(db_start(db, query, &cursor));
    enum status status = db_step(cursor);
    if (status == OK) {
        struct str text = str_copy(arena, db_column_text(cursor, column));
        if (str_is_absent(text))
            status = LIMIT;
        else
            *ret_text = text;
    }
    db_end(cursor);
    return status;
}

enum status db_verify(struct db *db, struct arena *arena, struct str *ret_finding)
{
    static const struct db_query integrity = {"integrity", "PRAGMA integrity_check(1)", SLOT_INTEGRITY};
    static const struct db_query foreign = {"foreign", "PRAGMA foreign_key_check", SLOT_FOREIGN};
    struct str text = STR_NONE;
    TRY(first_finding(db, &integrity, 0, arena, &text));
    if (!str_eq(text, STR("ok"))) {
        *ret_finding = text;
        return CORRUPT;
    }
    enum status status = first_finding(db, &foreign, 0, arena, &text);
    if (status == NOT_FOUND)
        return OK;
    TRY(status);
    *ret_finding = str_format(arena, "a row of table %.*s refers to a row that is not there", STR_ARG(text));
    return CORRUPT;
}

int64_t db_changes(const struct db *db)
{
    return sqlite3_changes64(db->sqlite);
}

int64_t db_last_id(const struct db *db)
{
    return sqlite3_last_insert_rowid(db->sqlite);
}
