/* A db is one open database: for a member's file, the handle IS the town.
 *
 * Why: no column says whose a row is, so none can be forgotten. Exactly one process holds the read-write
 * handle of a town file, and only it checkpoints (SQLite 3.40 corrupts a WAL that a second connection
 * resets during a commit; fixed in 3.51.3). Readers open with DB_READ and never checkpoint.
 * SQL never stands in C: tools/sqlgen turns each NAME.sql into typed functions that call the prepared
 * statements declared at the end of this header. Values bound or returned are int64, text and blob only. */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

struct db;

enum db_mode {
    DB_READ,   /* readers: sees committed rows, never checkpoints */
    DB_WRITE,  /* the single writer: WAL, checkpoints by db_checkpoint and db_close only */
    DB_CREATE, /* as DB_WRITE, creating the file when it is not there */
    DB_MEMORY, /* tests and the build: a private database in memory; path is ignored */
};

/* OUTSIDE when the file cannot be opened, CORRUPT when it is not a database. */
MUST_USE enum status db_open(const char *path, enum db_mode mode, struct db **ret_db);
/* NULL is accepted; finalises every statement. */
void db_close(struct db *db);

/* The last error as the engine said it, for the operator's log only. Valid until the next call. */
const char *db_error(const struct db *db);

/* A write transaction (BEGIN IMMEDIATE). A statement that writes answers BUG outside one. Sync says what
 * COMMIT waits for: SYNC_FULL puts the log on disk, earlier SYNC_LATER commits included, before it returns;
 * SYNC_LATER leaves that to the next full commit, and is only for rows that can be replayed from elsewhere
 * (mail deliveries from their segment) or derived anew. When the disk refuses a sync nobody knows what it
 * holds: the commit answers OUTSIDE and so does every later db_begin, until it is opened anew.
 * When db_commit fails otherwise the transaction is rolled back. On a reader it is a steady view: what it
 * sees does not change from its first statement to its end. */
enum db_sync { SYNC_FULL, SYNC_LATER };
MUST_USE enum status db_begin(struct db *db);
MUST_USE enum status db_commit(struct db *db, enum db_sync sync);
void db_rollback(struct db *db);
/* False once the disk refused a sync: the rows of that commit may stand or not. */
bool db_is_sound(const struct db *db);

/* One job inside a transaction: on failure only its own rows are undone. Nests to any depth. When a full
 * disk ended the whole transaction, every later statement and the commit answer OUTSIDE. */
MUST_USE enum status db_savepoint(struct db *db);
MUST_USE enum status db_release(struct db *db);
void db_undo(struct db *db); /* ROLLBACK TO and RELEASE of the innermost savepoint */
/* All of what was done since the innermost savepoint, or none of it: released where `done` is OK, else undone. Answers
 * `done`, or what the release says. */
MUST_USE enum status db_settle(struct db *db, enum status done);

/* Bytes of a text or blob of one row from `from` on, added to `out`: `most` of them, or those that are left. What
 * stands before is passed over, the rest not looked at: for values that are too long for one turn. NOT_FOUND: no such
 * row. */
struct db_cell {
    const char *table, *column;
    int64_t row;
};
MUST_USE enum status db_read_part(struct db *db, struct db_cell cell, size_t from, size_t most, struct buf *out);

/* Copies committed pages into the database file. Called by the writer between batches. */
MUST_USE enum status db_checkpoint(struct db *db);
/* Between the two, what statements delete or write over leaves no byte of itself in the pages of the file. Copies that
 * the log has of it go with the next db_checkpoint that no reader stands in the way of; until then db_log_size is at
 * its most. */
MUST_USE enum status db_erase_begin(struct db *db);
MUST_USE enum status db_erase_end(struct db *db);
/* Pages kept in memory go back to the machine. */
void db_release_memory(struct db *db);
/* Bytes of the write-ahead log that are not in the database file yet; the file itself stays as long as it ever was. */
int64_t db_log_size(const struct db *db);

/* A consistent copy in a new file, on disk when this returns; CONFLICT when to_path exists. Holds this
 * handle for its whole length, so it is called on a reader while the writer works on. */
MUST_USE enum status db_copy(struct db *db, const char *to_path);
/* Every page and index proven: OK or CORRUPT, the first finding in *ret_finding (arena). */
MUST_USE enum status db_verify(struct db *db, struct arena *arena, struct str *ret_finding);

int64_t db_changes(const struct db *db);        /* rows the last statement changed */
int64_t db_last_id(const struct db *db);        /* INTEGER PRIMARY KEY of the last insert */

/* ---- what generated code calls ---- */

/* A statement known at build time; each handle prepares it once, on first use. */
struct db_query {
    const char *name, *sql;
    unsigned slot; /* its place in each handle's cache: unique over the program, given by sqlgen */
};
enum { DB_SLOT_FIRST = 16 /* below: this folder's own */, DB_SLOT_MAX = 8192 };

struct db_cursor; /* one execution of a statement; one at a time per query and handle */

MUST_USE enum status db_start(struct db *db, const struct db_query *query, struct db_cursor **ret_cursor);
/* Bound texts and blobs are not copied: they live until db_end. */
void db_bind_int(struct db_cursor *cursor, int index, int64_t value); /* indexes from 1 */
void db_bind_text(struct db_cursor *cursor, int index, struct str text); /* absent text binds NULL */
void db_bind_blob(struct db_cursor *cursor, int index, struct str bytes);
/* OK: a row is there. NOT_FOUND: no more rows. Else the failure (CONFLICT for a broken constraint). */
MUST_USE enum status db_step(struct db_cursor *cursor);
int64_t db_column_int(struct db_cursor *cursor, int index); /* from 0; NULL reads as 0 */
/* Valid until the next step; NULL reads as absent. */
struct str db_column_text(struct db_cursor *cursor, int index);
struct str db_column_blob(struct db_cursor *cursor, int index);
void db_end(struct db_cursor *cursor); /* NULL is accepted */

#endif
