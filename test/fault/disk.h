/* A disk is what the kernel was told of one folder: every write, truncation, sync, new name, renaming and removal, in
 * order.
 *
 * Why: what a power cut leaves can only be imagined by somebody who saw all of it, SQLite's syncs of folders included.
 * So the program's own calls into libc are answered here (this file defines pwritev, pwrite64, fdatasync, rename...,
 * which stand before libc's for os/file.c and libsqlite3 alike), passed on, and written down. The program under test
 * has no hook and pays nothing. The same place makes calls fail: a full disk, a disk that refuses a sync.
 *
 * One folder at a time, one thread. Shared memory of SQLite (-shm) is no durable file and is passed over. */
#ifndef FAULT_DISK_H
#define FAULT_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum disk_kind {
    DISK_FILE,        /* a new, empty file under a name */
    DISK_FOLDER,      /* a new folder under a name; `file` is its folder number */
    DISK_WRITE,       /* bytes at offset */
    DISK_TRUNCATE,    /* size is `offset` */
    DISK_SYNC,        /* all said of this file before is on disk */
    DISK_SYNC_FOLDER, /* all said of the names in this folder before is on disk */
    DISK_RENAME,
    DISK_UNLINK,
    DISK_MARK, /* the program told somebody that it is done; the number is `offset` */
};

enum { DISK_NAME_MAX = 64, DISK_FOLDERS_MAX = 64 };

struct disk_op {
    enum disk_kind kind;
    int file, folder, to_folder;
    char name[DISK_NAME_MAX], to_name[DISK_NAME_MAX];
    int64_t offset;
    size_t size;
    char *bytes;
};

struct disk_log {
    struct disk_op *at;
    size_t count, room;
    char folders[DISK_FOLDERS_MAX][256]; /* paths below the root; the first is "" */
    int folder_count, file_count;
};

/* Begins a log of what happens below `root` (an absolute path, there already). What lies there counts as on disk. */
void disk_watch(const char *root, struct disk_log *log);
/* Ends it. */
void disk_rest(void);
void disk_mark(int64_t number);
void disk_log_free(struct disk_log *log);

/* Syncs are neither done nor written down: the build that must lose. */
void disk_ignore_syncs(bool is_ignored);

/* Calls that change the folder are counted from 1; from number `first` on they fail. */
struct disk_fault {
    int64_t first; /* 0: none fails */
    int error;     /* ENOSPC: what needs room fails, and the first write is cut in half; EIO: each does, syncs too */
    bool is_once;  /* only that one */
};
void disk_fail(struct disk_fault fault);
/* How many there were since disk_fail, and how many of them failed. */
int64_t disk_calls(void);
int64_t disk_failures(void);

#endif
