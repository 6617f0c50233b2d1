#include "db/part.h"

#include "db/handle.h"

static enum status read_open(sqlite3_blob *blob, size_t from, char *into, size_t room, size_t *ret_len)
{
    size_t size = (size_t)sqlite3_blob_bytes(blob);
    size_t left = from < size ? size - from : 0;
    *ret_len = left < room ? left : room;
    return *ret_len == 0 || sqlite3_blob_read(blob, into, (int)*ret_len, (int)from) == SQLITE_OK ? OK : OUTSIDE;
}

enum status db_part(struct db *db, const struct db_part *part, char *into, size_t room, size_t *ret_len)
{
    sqlite3_blob *blob = NULL;
    int code = sqlite3_blob_open(db->sqlite, "main", part->table, part->column, part->row, 0, &blob);
    enum status done = code == SQLITE_OK      ? read_open(blob, part->from, into, room, ret_len)
                       : code == SQLITE_ERROR ? NOT_FOUND
                                              : OUTSIDE;
    sqlite3_blob_close(blob);
    return done;
}
