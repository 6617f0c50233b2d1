/* The inside of a db, shared by the files of this folder alone. */
#ifndef DB_HANDLE_H
#define DB_HANDLE_H

#include <sqlite3.h>

#include "db/db.h"

struct db_cursor {
    struct db *db;
    const struct db_query *query;
    sqlite3_stmt *statement;
    enum status bound; /* LIMIT when a bound value is larger than the engine takes */
    bool is_running;
};

struct gather;

struct db {
    sqlite3 *sqlite;
    struct gather *gather; /* NULL: not a writer's */
    enum db_mode mode;
    struct db_cursor **cursors; /* by slot; each stays where it is while the table grows */
    unsigned cursor_room;
    int savepoint_depth;
    bool is_begun;
    bool is_log_dirty; /* the log holds commits that were not synced */
    bool is_log_telling; /* it has, or may have, what was erased since */
    int64_t log_pages; /* in the log since it was last written from its start, as the last commit left it */
    bool is_unsound; /* a sync failed: nobody knows what the disk holds */
};

/* Slots of this folder's own statements, below DB_SLOT_FIRST. */
enum handle_slot {
    SLOT_BEGIN,
    SLOT_VIEW,
    SLOT_COMMIT,
    SLOT_ROLLBACK,
    SLOT_SAVEPOINT,
    SLOT_RELEASE,
    SLOT_UNDO,
    SLOT_MIGRATION_TABLE,
    SLOT_MIGRATION_LIST,
    SLOT_MIGRATION_ADD,
    SLOT_INTEGRITY,
    SLOT_FOREIGN,
};

/* The status for an engine's result code. */
enum status handle_status(int code);

/* Runs a statement that returns no rows. */
MUST_USE enum status handle_run(struct db *db, const struct db_query *query);

/* Runs several statements of text, without the cache: settings and migrations. */
MUST_USE enum status handle_script(struct db *db, const char *sql);

void handle_forget_statements(struct db *db);

/* The write-ahead log as the engine has it open; NULL for a database in memory. */
sqlite3_file *handle_log(const struct db *db);

#endif
