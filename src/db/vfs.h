/* A vfs_shim stands between SQLite and the disk: it reports what is written and synced, and can fail a write.
 *
 * Why: the power-cut simulation keeps what was synced and a torn part of the rest, so it must see both; and
 * every write must be seen to fail once. The shim becomes the engine's default for the whole process while
 * it is installed: one at a time, only in tests and in `disk-test`. */
#ifndef DB_VFS_H
#define DB_VFS_H

#include "base/str.h"

struct vfs_shim;

/* Called after the real operation succeeded; each may be NULL. `path` is the file's full path. */
struct vfs_recorder {
    void (*on_write)(void *with, const char *path, int64_t offset, struct str bytes);
    void (*on_truncate)(void *with, const char *path, int64_t size);
    void (*on_sync)(void *with, const char *path);
    void (*on_delete)(void *with, const char *path);
    void *with;
    int64_t fail_write;   /* the n-th write from now (1 is the next) fails as a full disk; 0: none */
    bool is_failing_on;   /* all after it fail as well */
    bool is_sync_ignored; /* syncs are neither done nor reported: the build that must lose */
};

/* The recorder is read at each operation and stays the caller's, who may change it between two. */
MUST_USE enum status vfs_install(struct vfs_recorder *recorder, struct vfs_shim **ret_shim);
/* Every database opened meanwhile is closed before. NULL is accepted. */
void vfs_remove(struct vfs_shim *shim);

#endif
