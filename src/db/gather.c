#include "db/gather.h"

#include <stdlib.h>

#include "base/buf.h"
#include "db/handle.h"

/* SQLite's unix VFS takes 17 bits of a length (seekAndWriteFd). */
enum { GATHER_MAX = (1 << 17) - 1, FRAME_HEAD = 24, COMMIT_MARK = 4 };

struct gather {
    sqlite3_io_methods methods; /* first: the log's file leads here by it */
    const sqlite3_io_methods *real;
    struct buf held;
    sqlite3_int64 offset; /* of held in the file */
    bool is_last;         /* the page that is written next ends a commit */
};

static struct gather *gather_of(sqlite3_file *file)
{
    return (struct gather *)(uintptr_t)file->pMethods;
}

static int flush(struct gather *gather, sqlite3_file *file)
{
    struct str held = buf_str(&gather->held);
    if (held.len == 0)
        return SQLITE_OK;
    int code = gather->real->xWrite(file, held.at, (int)held.len, gather->offset);
    buf_clear(&gather->held);
    return code;
}

static bool is_behind(const struct gather *gather, int len, sqlite3_int64 offset)
{
    sqlite3_int64 end = gather->offset + (sqlite3_int64)gather->held.len;
    return gather->held.len > 0 && offset == end && gather->held.len + (size_t)len <= GATHER_MAX;
}

static bool is_commit_head(const char *bytes, int len)
{
    static const char none[COMMIT_MARK];
    return len == FRAME_HEAD && memcmp(bytes + COMMIT_MARK, none, COMMIT_MARK) != 0;
}

static int on_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 offset)
{
    struct gather *gather = gather_of(file);
    bool ends = gather->is_last;
    gather->is_last = is_commit_head(bytes, len);
    if (!is_behind(gather, len, offset)) {
        int code = flush(gather, file);
        if (code != SQLITE_OK)
            return code;
        gather->offset = offset;
    }
    buf_add(&gather->held, (struct str){bytes, (size_t)len});
    return ends ? flush(gather, file) : SQLITE_OK;
}

static int on_read(sqlite3_file *file, void *into, int len, sqlite3_int64 offset)
{
    int code = flush(gather_of(file), file);
    return code == SQLITE_OK ? gather_of(file)->real->xRead(file, into, len, offset) : code;
}

static int on_sync(sqlite3_file *file, int flags)
{
    int code = flush(gather_of(file), file);
    return code == SQLITE_OK ? gather_of(file)->real->xSync(file, flags) : code;
}

static int on_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    int code = flush(gather_of(file), file);
    return code == SQLITE_OK ? gather_of(file)->real->xTruncate(file, size) : code;
}

static int on_size(sqlite3_file *file, sqlite3_int64 *ret_size)
{
    int code = flush(gather_of(file), file);
    return code == SQLITE_OK ? gather_of(file)->real->xFileSize(file, ret_size) : code;
}

/* The file is given back to its own methods: the engine looks at them once more when it is closed. */
static int on_close(sqlite3_file *file)
{
    struct gather *gather = gather_of(file);
    int code = flush(gather, file);
    file->pMethods = gather->real;
    int closed = file->pMethods->xClose(file);
    return code == SQLITE_OK ? closed : code;
}

struct gather *gather_create(struct db *db)
{
    sqlite3_file *log = handle_log(db);
    if (log == NULL)
        return NULL;
    struct gather *gather = calloc(1, sizeof *gather);
    REQUIRE(gather != NULL);
    *gather = (struct gather){.methods = *log->pMethods, .real = log->pMethods, .held = BUF_INIT(GATHER_MAX)};
    gather->methods.xWrite = on_write;
    gather->methods.xRead = on_read;
    gather->methods.xSync = on_sync;
    gather->methods.xTruncate = on_truncate;
    gather->methods.xFileSize = on_size;
    gather->methods.xClose = on_close;
    log->pMethods = &gather->methods;
    return gather;
}

void gather_destroy(struct gather *gather)
{
    if (gather == NULL)
        return;
    buf_finish(&gather->held);
    free(gather);
}
