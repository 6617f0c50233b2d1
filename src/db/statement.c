#include <stdlib.h>

#include "db/handle.h"

enum { SLOT_STEP = 64 };

enum status handle_status(int code)
{
    switch (code & 0xFF) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return OK;
    case SQLITE_CONSTRAINT:
        return CONFLICT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return BUSY;
    case SQLITE_TOOBIG:
        return LIMIT;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_MISMATCH:
        return CORRUPT;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_NOMEM:
    case SQLITE_NOLFS:
    case SQLITE_PROTOCOL:
    case SQLITE_INTERRUPT:
        return OUTSIDE;
    default:
        return BUG;
    }
}

static void widen_to(struct db *db, unsigned slot)
{
    if (slot < db->cursor_room)
        return;
    unsigned room = (slot / SLOT_STEP + 1) * SLOT_STEP;
    struct db_cursor **cursors = realloc(db->cursors, room * sizeof *cursors);
    REQUIRE(cursors != NULL);
    memset(cursors + db->cursor_room, 0, (room - db->cursor_room) * sizeof *cursors);
    db->cursors = cursors;
    db->cursor_room = room;
}

static enum status prepare(struct db *db, const struct db_query *query)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v3(db->sqlite, query->sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
    if (code != SQLITE_OK)
        return handle_status(code);
    struct db_cursor **cursor = &db->cursors[query->slot];
    *cursor = malloc(sizeof **cursor);
    REQUIRE(*cursor != NULL);
    **cursor = (struct db_cursor){.db = db, .query = query, .statement = statement};
    return OK;
}

/* Our own statements (BEGIN, COMMIT...) manage the transaction; the others live by it. */
static enum status check_transaction(const struct db *db, const struct db_cursor *cursor)
{
    if (cursor->query->slot < DB_SLOT_FIRST)
        return OK;
    if (db->is_begun)
        /* A full disk or a failed write may have ended the transaction under us (sqlite3_get_autocommit). */
        return sqlite3_get_autocommit(db->sqlite) ? OUTSIDE : OK;
    return sqlite3_stmt_readonly(cursor->statement) ? OK : BUG;
}

enum status db_start(struct db *db, const struct db_query *query, struct db_cursor **ret_cursor)
{
    REQUIRE(query->slot < DB_SLOT_MAX);
    widen_to(db, query->slot);
    if (db->cursors[query->slot] == NULL)
        TRY(prepare(db, query));
    struct db_cursor *cursor = db->cursors[query->slot];
    REQUIRE(cursor->query == query && !cursor->is_running);
    TRY(check_transaction(db, cursor));
    cursor->bound = OK;
    cursor->is_running = true;
    *ret_cursor = cursor;
    return OK;
}

static void note_bound(struct db_cursor *cursor, int code)
{
    REQUIRE(code == SQLITE_OK || code == SQLITE_TOOBIG || code == SQLITE_NOMEM);
    if (code != SQLITE_OK)
        cursor->bound = LIMIT;
}

void db_bind_int(struct db_cursor *cursor, int index, int64_t value)
{
    note_bound(cursor, sqlite3_bind_int64(cursor->statement, index, value));
}

void db_bind_text(struct db_cursor *cursor, int index, struct str text)
{
    note_bound(cursor,
               sqlite3_bind_text64(cursor->statement, index, text.at, text.len, SQLITE_STATIC, SQLITE_UTF8));
}

void db_bind_blob(struct db_cursor *cursor, int index, struct str bytes)
{
    note_bound(cursor, sqlite3_bind_blob64(cursor->statement, index, bytes.at, bytes.len, SQLITE_STATIC));
}

enum status db_step(struct db_cursor *cursor)
{
    TRY(cursor->bound);
    int code = sqlite3_step(cursor->statement);
    if (code == SQLITE_ROW)
        return OK;
    return code == SQLITE_DONE ? NOT_FOUND : handle_status(code);
}

int64_t db_column_int(struct db_cursor *cursor, int index)
{
    return sqlite3_column_int64(cursor->statement, index);
}

static struct str column(const void *at, int len, int type)
{
    if (type == SQLITE_NULL)
        return STR_NONE;
    return (struct str){at != NULL ? at : "", (size_t)len};
}

/* The pointer is asked before the length: asking may convert the value (sqlite3_column_bytes). */
struct str db_column_text(struct db_cursor *cursor, int index)
{
    int type = sqlite3_column_type(cursor->statement, index);
    const void *at = sqlite3_column_text(cursor->statement, index);
    return column(at, sqlite3_column_bytes(cursor->statement, index), type);
}

struct str db_column_blob(struct db_cursor *cursor, int index)
{
    int type = sqlite3_column_type(cursor->statement, index);
    const void *at = sqlite3_column_blob(cursor->statement, index);
    return column(at, sqlite3_column_bytes(cursor->statement, index), type);
}

void db_end(struct db_cursor *cursor)
{
    if (cursor == NULL)
        return;
    sqlite3_reset(cursor->statement);
    sqlite3_clear_bindings(cursor->statement);
    cursor->is_running = false;
}

enum status handle_run(struct db *db, const struct db_query *query)
{
    struct db_cursor *cursor;
    TRY(db_start(db, query, &cursor));
    enum status status = db_step(cursor);
    db_end(cursor);
    return status == NOT_FOUND ? OK : status;
}

static enum status read_part(sqlite3_blob *blob, size_t from, size_t most, struct buf *out)
{
    size_t size = (size_t)sqlite3_blob_bytes(blob), left = from < size ? size - from : 0;
    size_t len = left < most ? left : most;
    if (len == 0)
        return OK;
    char *to = buf_reserve(out, len);
    if (to == NULL)
        return LIMIT;
    TRY(handle_status(sqlite3_blob_read(blob, to, (int)len, (int)from)));
    buf_grew(out, len);
    return OK;
}

enum status db_read_part(struct db *db, struct db_cell cell, size_t from, size_t most, struct buf *out)
{
    sqlite3_blob *blob = NULL;
    int code = sqlite3_blob_open(db->sqlite, "main", cell.table, cell.column, cell.row, 0, &blob);
    enum status done = code == SQLITE_ERROR ? NOT_FOUND : handle_status(code);
    if (done == OK)
        done = read_part(blob, from, most, out);
    sqlite3_blob_close(blob);
    return done;
}

enum status handle_script(struct db *db, const char *sql)
{
    return handle_status(sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL));
}

void handle_forget_statements(struct db *db)
{
    for (unsigned slot = 0; slot < db->cursor_room; slot++) {
        if (db->cursors[slot] == NULL)
            continue;
        sqlite3_finalize(db->cursors[slot]->statement);
        free(db->cursors[slot]);
    }
    free(db->cursors);
    db->cursors = NULL;
    db->cursor_room = 0;
}
