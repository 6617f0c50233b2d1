/* A file is what a role reads and writes on disk: open descriptors, offsets, and syncs that are believed.
 *
 * Why one place: every durable byte outside SQLite passes here, so one recorder can see all writes and syncs
 * (power-cut tests) and one fault can stop any of them (disk full). Short reads and writes are completed or
 * reported; EINTR is retried. A failed sync is final: nobody knows what the disk holds, so the caller gives up
 * its turn (fsync(2), ERRORS). Descriptors are closed on exec and belong to the caller. */
#ifndef OS_FILE_H
#define OS_FILE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/dates.h"

enum file_mode {
    FILE_READ,   /* NOT_FOUND when it is not there */
    FILE_WRITE,  /* to read and write; NOT_FOUND when it is not there */
    FILE_CREATE, /* to read and write, made with mode 0600 when it is not there */
};
enum { FILE_PARTS_MAX = 8, FILE_PATH_MAX = 4096 };

MUST_USE enum status file_open(const char *path, enum file_mode mode, int *ret_fd);
/* Closes and sets -1; -1 is accepted. */
void file_close(int *fd);
/* A second descriptor of the same, closed on its own. */
MUST_USE enum status file_duplicate(int fd, int *ret_fd);
#define FILE_SCOPE __attribute__((cleanup(file_close)))

/* Up to `size` bytes from `offset`; fewer only at the end of the file. */
MUST_USE enum status file_read(int fd, int64_t offset, void *into, size_t size, size_t *ret_got);
/* All parts, one behind the other, from `offset`. LIMIT: the disk is full. At most FILE_PARTS_MAX. */
MUST_USE enum status file_write_parts(int fd, int64_t offset, const struct str *parts, size_t part_count);
MUST_USE enum status file_write(int fd, int64_t offset, struct str bytes);
MUST_USE enum status file_truncate(int fd, int64_t size);
MUST_USE enum status file_size(int fd, int64_t *ret_size);
/* Contents on disk when it returns OK (fdatasync). */
MUST_USE enum status file_sync(int fd);
/* Names of a folder on disk: after creating, renaming or removing in it. */
MUST_USE enum status file_sync_folder(const char *path);

/* Makes a folder with mode 0700, and its parents; one that is there is left as it is. Each new name is on disk when it
 * returns OK: a file synced in a folder whose own name is not on disk is lost with it. */
MUST_USE enum status file_folder(const char *path);
MUST_USE enum status file_rename(const char *from, const char *to);
MUST_USE enum status file_remove(const char *path);

/* The names in a folder, but "." and "..", in the order of their bytes (arena). NOT_FOUND: no such folder; LIMIT:
 * more than `max`. */
MUST_USE enum status file_list(const char *path, struct arena *arena, size_t max, struct str **ret_names,
                               size_t *ret_count);
bool file_is_folder(const char *path);
/* Does the folder lie in memory (tmpfs, ramfs)? */
bool file_is_in_memory(const char *path);
/* What is left of the disk a folder lies on, for this user; and how large it is. */
MUST_USE enum status file_space(const char *path, int64_t *ret_free, int64_t *ret_total);
/* When a file was last written. */
MUST_USE enum status file_modified(const char *path, struct instant *ret_at);

/* Can nobody but its owner (and root) open it? False where it is not there. */
bool file_is_private(const char *path);
/* The whole of a small file. LIMIT when it is longer than into->max. */
MUST_USE enum status file_read_all(const char *path, struct buf *into);
/* Old or new contents, never a part: writes PATH.new, syncs, renames, syncs the folder. */
MUST_USE enum status file_replace(const char *path, struct str bytes);

/* An exclusive lock for as long as the descriptor is open (flock). BUSY: somebody holds it. */
MUST_USE enum status file_lock(const char *path, int *ret_fd);

/* Memory with a descriptor, to hand bytes to another role: made with its contents and sealed, so that the
 * receiver can map what the sender can no longer change. */
MUST_USE enum status file_memory(struct str bytes, int *ret_fd);
/* The same in pieces: open, file_write at growing offsets, then seal before it is handed on. */
MUST_USE enum status file_memory_open(int *ret_fd);
MUST_USE enum status file_memory_seal(int fd);
/* Maps a sealed memory descriptor to read; INVALID when it is not sealed or larger than max. */
MUST_USE enum status file_map(int fd, size_t max, struct str *ret_bytes);
/* Maps a whole file to read: for bulk input, which never lies in memory at once. */
MUST_USE enum status file_map_path(const char *path, struct str *ret_bytes);
void file_unmap(struct str bytes);

#endif
