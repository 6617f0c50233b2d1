#include "db/vfs.h"

#include <sqlite3.h>
#include <stdlib.h>

struct vfs_shim {
    sqlite3_vfs vfs; /* first: SQLite hands back its address */
    sqlite3_vfs *real;
    struct vfs_recorder *recorder;
    sqlite3_io_methods methods;
};

/* What SQLite allocates for an open file: ours, then the real one's in the bytes after it. */
struct shim_file {
    sqlite3_file file;
    struct vfs_shim *shim;
    const char *path;
    sqlite3_file *real;
};

static struct shim_file *shim_of(sqlite3_file *file)
{
    return (struct shim_file *)file;
}

/* ---- what is reported or failed ---- */

static bool must_fail(struct vfs_recorder *recorder)
{
    if (recorder->fail_write == 0)
        return false;
    if (recorder->fail_write > 1) {
        recorder->fail_write--;
        return false;
    }
    if (!recorder->is_failing_on)
        recorder->fail_write = 0;
    return true;
}

static int shim_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 offset)
{
    struct shim_file *shim = shim_of(file);
    struct vfs_recorder *recorder = shim->shim->recorder;
    if (must_fail(recorder))
        return SQLITE_FULL;
    int code = shim->real->pMethods->xWrite(shim->real, bytes, len, offset);
    if (code == SQLITE_OK && recorder->on_write != NULL && shim->path != NULL)
        recorder->on_write(recorder->with, shim->path, offset, (struct str){bytes, (size_t)len});
    return code;
}

static int shim_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct shim_file *shim = shim_of(file);
    struct vfs_recorder *recorder = shim->shim->recorder;
    int code = shim->real->pMethods->xTruncate(shim->real, size);
    if (code == SQLITE_OK && recorder->on_truncate != NULL && shim->path != NULL)
        recorder->on_truncate(recorder->with, shim->path, size);
    return code;
}

static int shim_sync(sqlite3_file *file, int flags)
{
    struct shim_file *shim = shim_of(file);
    struct vfs_recorder *recorder = shim->shim->recorder;
    if (recorder->is_sync_ignored)
        return SQLITE_OK;
    int code = shim->real->pMethods->xSync(shim->real, flags);
    if (code == SQLITE_OK && recorder->on_sync != NULL && shim->path != NULL)
        recorder->on_sync(recorder->with, shim->path);
    return code;
}

/* ---- what is passed on ---- */

static int shim_close(sqlite3_file *file)
{
    return shim_of(file)->real->pMethods->xClose(shim_of(file)->real);
}

static int shim_read(sqlite3_file *file, void *into, int len, sqlite3_int64 offset)
{
    return shim_of(file)->real->pMethods->xRead(shim_of(file)->real, into, len, offset);
}

static int shim_size(sqlite3_file *file, sqlite3_int64 *ret_size)
{
    return shim_of(file)->real->pMethods->xFileSize(shim_of(file)->real, ret_size);
}

static int shim_lock(sqlite3_file *file, int level)
{
    return shim_of(file)->real->pMethods->xLock(shim_of(file)->real, level);
}

static int shim_unlock(sqlite3_file *file, int level)
{
    return shim_of(file)->real->pMethods->xUnlock(shim_of(file)->real, level);
}

static int shim_is_reserved(sqlite3_file *file, int *ret_is)
{
    return shim_of(file)->real->pMethods->xCheckReservedLock(shim_of(file)->real, ret_is);
}

static int shim_control(sqlite3_file *file, int operation, void *argument)
{
    return shim_of(file)->real->pMethods->xFileControl(shim_of(file)->real, operation, argument);
}

static int shim_sector(sqlite3_file *file)
{
    return shim_of(file)->real->pMethods->xSectorSize(shim_of(file)->real);
}

static int shim_traits(sqlite3_file *file)
{
    return shim_of(file)->real->pMethods->xDeviceCharacteristics(shim_of(file)->real);
}

static int shim_shm_map(sqlite3_file *file, int page, int size, int is_extending, void volatile **ret_at)
{
    struct sqlite3_file *real = shim_of(file)->real;
    return real->pMethods->xShmMap(real, page, size, is_extending, ret_at);
}

static int shim_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
    return shim_of(file)->real->pMethods->xShmLock(shim_of(file)->real, offset, count, flags);
}

static void shim_shm_barrier(sqlite3_file *file)
{
    shim_of(file)->real->pMethods->xShmBarrier(shim_of(file)->real);
}

static int shim_shm_unmap(sqlite3_file *file, int is_deleting)
{
    return shim_of(file)->real->pMethods->xShmUnmap(shim_of(file)->real, is_deleting);
}

/* Version 2: with shared memory for the log, without memory-mapped pages, which would pass unseen. */
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = shim_close,
    .xRead = shim_read,
    .xWrite = shim_write,
    .xTruncate = shim_truncate,
    .xSync = shim_sync,
    .xFileSize = shim_size,
    .xLock = shim_lock,
    .xUnlock = shim_unlock,
    .xCheckReservedLock = shim_is_reserved,
    .xFileControl = shim_control,
    .xSectorSize = shim_sector,
    .xDeviceCharacteristics = shim_traits,
    .xShmMap = shim_shm_map,
    .xShmLock = shim_shm_lock,
    .xShmBarrier = shim_shm_barrier,
    .xShmUnmap = shim_shm_unmap,
};

/* ---- the file system ---- */

static int shim_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *ret_flags)
{
    struct vfs_shim *shim = (struct vfs_shim *)vfs;
    struct shim_file *opened = shim_of(file);
    *opened = (struct shim_file){.shim = shim, .path = path, .real = (sqlite3_file *)(opened + 1)};
    int code = shim->real->xOpen(shim->real, path, opened->real, flags, ret_flags);
    if (opened->real->pMethods != NULL)
        file->pMethods = &shim->methods;
    return code;
}

static int shim_delete(sqlite3_vfs *vfs, const char *path, int is_dir_synced)
{
    struct vfs_shim *shim = (struct vfs_shim *)vfs;
    int code = shim->real->xDelete(shim->real, path, is_dir_synced);
    if (code == SQLITE_OK && shim->recorder->on_delete != NULL)
        shim->recorder->on_delete(shim->recorder->with, path);
    return code;
}

enum status vfs_install(struct vfs_recorder *recorder, struct vfs_shim **ret_shim)
{
    sqlite3_vfs *real = sqlite3_vfs_find(NULL);
    struct vfs_shim *shim = calloc(1, sizeof *shim);
    REQUIRE(real != NULL && shim != NULL);
    shim->vfs = *real; /* everything not named below goes to the real one, which ignores its first argument */
    shim->vfs.zName = "shim";
    shim->vfs.pNext = NULL;
    shim->vfs.szOsFile = (int)sizeof(struct shim_file) + real->szOsFile;
    shim->vfs.xOpen = shim_open;
    shim->vfs.xDelete = shim_delete;
    shim->real = real;
    shim->recorder = recorder;
    shim->methods = methods;
    if (sqlite3_vfs_register(&shim->vfs, 1) != SQLITE_OK) {
        free(shim);
        return OUTSIDE;
    }
    *ret_shim = shim;
    return OK;
}

void vfs_remove(struct vfs_shim *shim)
{
    if (shim == NULL)
        return;
    sqlite3_vfs_unregister(&shim->vfs);
    sqlite3_vfs_register(shim->real, 1);
    free(shim);
}
