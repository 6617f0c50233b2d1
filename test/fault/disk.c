/* The calls of libc that change a disk, answered before libc does. */
#include "disk.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FDS_MAX = 1024, NAMES_MAX = 512, PATH_ROOM = 4096 };

struct open_thing {
    bool is_file, is_folder;
    int number;
};
struct live_name {
    int folder, file;
    char name[DISK_NAME_MAX];
};

static struct {
    struct disk_log *log;
    char root[PATH_ROOM];
    struct open_thing fds[FDS_MAX];
    struct live_name names[NAMES_MAX];
    int name_count;
    bool ignores_syncs;
    struct disk_fault fault;
    int64_t calls, failures;
} disk;

/* ---- libc's own ---- */

static void *next_of(const char *name)
{
    void *found = dlsym(RTLD_NEXT, name);
    if (found == NULL)
        abort();
    return found;
}
#define REAL(name, ...)                                             \
    ({                                                              \
        static __typeof__(&name) real_##name;                       \
        if (real_##name == NULL)                                    \
            real_##name = (__typeof__(&name))next_of(#name);        \
        real_##name(__VA_ARGS__);                                   \
    })

/* ---- the log ---- */

static struct disk_op *add(enum disk_kind kind)
{
    struct disk_log *log = disk.log;
    if (log->count == log->room) {
        log->room = log->room ? log->room * 2 : 1024;
        log->at = realloc(log->at, log->room * sizeof *log->at);
        if (log->at == NULL)
            abort();
    }
    struct disk_op *op = &log->at[log->count++];
    memset(op, 0, sizeof *op);
    op->kind = kind;
    return op;
}

static void add_bytes(int file, int64_t offset, const char *bytes, size_t size)
{
    struct disk_op *op = add(DISK_WRITE);
    op->file = file;
    op->offset = offset;
    op->size = size;
    op->bytes = malloc(size + 1);
    if (op->bytes == NULL)
        abort();
    memcpy(op->bytes, bytes, size);
}

static void add_truncate(int file, int64_t size)
{
    struct disk_op *op = add(DISK_TRUNCATE);
    op->file = file;
    op->offset = size;
}

/* ---- names ---- */

/* The folder and the last name of a path below the root; false: it is elsewhere, or of no interest. */
static bool split(const char *path, char folder[PATH_ROOM], const char **ret_name)
{
    size_t root = strlen(disk.root);
    if (disk.log == NULL || strncmp(path, disk.root, root) != 0 || path[root] != '/')
        return false;
    const char *slash = strrchr(path, '/');
    size_t length = strlen(path);
    if (strlen(slash + 1) >= DISK_NAME_MAX || (length > 4 && strcmp(path + length - 4, "-shm") == 0))
        return false;
    size_t below = (size_t)(slash - path) > root ? (size_t)(slash - path) - root - 1 : 0;
    memcpy(folder, path + root + 1, below);
    folder[below] = 0;
    *ret_name = slash + 1;
    return true;
}

static int folder_number(const char *below)
{
    for (int i = 0; i < disk.log->folder_count; i++)
        if (strcmp(disk.log->folders[i], below) == 0)
            return i;
    return -1;
}

static int new_folder(const char *below)
{
    struct disk_log *log = disk.log;
    if (log->folder_count == DISK_FOLDERS_MAX)
        abort();
    snprintf(log->folders[log->folder_count], sizeof log->folders[0], "%s", below);
    return log->folder_count++;
}

static struct live_name *find_name(int folder, const char *name)
{
    for (int i = 0; i < disk.name_count; i++)
        if (disk.names[i].folder == folder && strcmp(disk.names[i].name, name) == 0)
            return &disk.names[i];
    return NULL;
}

static void set_name(int folder, const char *name, int file)
{
    struct live_name *live = find_name(folder, name);
    if (live == NULL) {
        if (disk.name_count == NAMES_MAX)
            abort();
        live = &disk.names[disk.name_count++];
        live->folder = folder;
        snprintf(live->name, sizeof live->name, "%s", name);
    }
    live->file = file;
}

static void forget_name(struct live_name *live)
{
    if (live != NULL)
        *live = disk.names[--disk.name_count];
}

static int file_made(int folder, const char *name)
{
    struct disk_op *op = add(DISK_FILE);
    op->file = disk.log->file_count++;
    op->folder = folder;
    snprintf(op->name, sizeof op->name, "%s", name);
    set_name(folder, name, op->file);
    return op->file;
}

static int folder_made(int parent, const char *name, const char *below)
{
    int number = new_folder(below);
    struct disk_op *op = add(DISK_FOLDER);
    op->file = number;
    op->folder = parent;
    snprintf(op->name, sizeof op->name, "%s", name);
    return number;
}

/* ---- failing ---- */

/* Each call that changes something asks first. */
static bool must_fail(bool needs_room)
{
    if (disk.log == NULL)
        return false;
    disk.calls++;
    if (disk.fault.first == 0 || disk.calls < disk.fault.first || (disk.fault.error == ENOSPC && !needs_room))
        return false;
    if (disk.fault.is_once && disk.failures > 0)
        return false;
    disk.failures++;
    errno = disk.fault.error;
    return true;
}

static struct open_thing *file_at(int fd)
{
    bool is_known = disk.log != NULL && fd >= 0 && fd < FDS_MAX && disk.fds[fd].is_file;
    return is_known ? &disk.fds[fd] : NULL;
}

/* ---- opening ---- */

static void opened(int fd, const char *path, int flags)
{
    char below[PATH_ROOM];
    const char *name;
    if (fd < 0 || fd >= FDS_MAX)
        return;
    disk.fds[fd] = (struct open_thing){0};
    if (disk.log != NULL && strcmp(path, disk.root) == 0) {
        disk.fds[fd] = (struct open_thing){.is_folder = true};
        return;
    }
    if (!split(path, below, &name))
        return;
    struct stat facts;
    if (fstat(fd, &facts) == 0 && S_ISDIR(facts.st_mode)) {
        int number = folder_number(path + strlen(disk.root) + 1);
        disk.fds[fd] = (struct open_thing){.is_folder = number >= 0, .number = number};
        return;
    }
    int folder = folder_number(below);
    if (folder < 0)
        return;
    struct live_name *live = find_name(folder, name);
    int file = live != NULL ? live->file : file_made(folder, name);
    disk.fds[fd] = (struct open_thing){.is_file = true, .number = file};
    if (flags & O_TRUNC)
        add_truncate(file, 0);
}

static bool makes_name(const char *path, int flags)
{
    char below[PATH_ROOM];
    const char *name;
    if (!(flags & O_CREAT) || !split(path, below, &name))
        return false;
    int folder = folder_number(below);
    return folder >= 0 && find_name(folder, name) == NULL;
}

static int open_seen(const char *path, int flags, mode_t mode)
{
    if (makes_name(path, flags) && must_fail(true))
        return -1;
    int fd = REAL(open, path, flags, mode);
    opened(fd, path, flags);
    return fd;
}

static mode_t mode_of(int flags, va_list rest)
{
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
}

int open(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    return open_seen(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    return open_seen(path, flags, mode);
}

int close(int fd)
{
    if (fd >= 0 && fd < FDS_MAX)
        disk.fds[fd] = (struct open_thing){0};
    return REAL(close, fd);
}

/* ---- bytes ---- */

/* A disk that fills up takes a part first. */
static ssize_t half(struct open_thing *file, int fd, const char *bytes, size_t size, int64_t offset)
{
    if (disk.fault.error != ENOSPC || disk.failures != 1 || size < 2)
        return -1;
    ssize_t written = REAL(pwrite, fd, bytes, size / 2, offset);
    if (written > 0)
        add_bytes(file->number, offset, bytes, (size_t)written);
    return written;
}

static ssize_t write_seen(int fd, const char *bytes, size_t size, int64_t offset)
{
    struct open_thing *file = file_at(fd);
    if (file != NULL && must_fail(true))
        return half(file, fd, bytes, size, offset);
    ssize_t written = REAL(pwrite, fd, bytes, size, offset);
    if (file != NULL && written > 0)
        add_bytes(file->number, offset, bytes, (size_t)written);
    return written;
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset)
{
    return write_seen(fd, bytes, size, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset)
{
    return write_seen(fd, bytes, size, offset);
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    struct open_thing *file = file_at(fd);
    int64_t offset = file != NULL ? lseek(fd, 0, SEEK_CUR) : 0;
    if (file != NULL && must_fail(true))
        return half(file, fd, bytes, size, offset);
    ssize_t written = REAL(write, fd, bytes, size);
    if (file != NULL && written > 0)
        add_bytes(file->number, offset, bytes, (size_t)written);
    return written;
}

/* One write for all parts: a cut may tear it anywhere all the same. */
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset)
{
    if (file_at(fd) == NULL)
        return REAL(pwritev, fd, parts, count, offset);
    size_t size = 0, at = 0;
    for (int i = 0; i < count; i++)
        size += parts[i].iov_len;
    char *whole = malloc(size + 1);
    if (whole == NULL)
        abort();
    for (int i = 0; i < count; i++) {
        memcpy(whole + at, parts[i].iov_base, parts[i].iov_len);
        at += parts[i].iov_len;
    }
    ssize_t written = write_seen(fd, whole, size, offset);
    int error = errno;
    free(whole);
    errno = error;
    return written;
}

static int truncate_seen(int fd, int64_t size)
{
    struct open_thing *file = file_at(fd);
    if (file != NULL && must_fail(false))
        return -1;
    int done = REAL(ftruncate, fd, size);
    if (file != NULL && done == 0)
        add_truncate(file->number, size);
    return done;
}

int ftruncate(int fd, off_t size)
{
    return truncate_seen(fd, size);
}

int ftruncate64(int fd, off64_t size)
{
    return truncate_seen(fd, size);
}

/* ---- syncs ---- */

static int sync_seen(int fd)
{
    struct open_thing *thing = fd >= 0 && fd < FDS_MAX ? &disk.fds[fd] : NULL;
    bool is_ours = disk.log != NULL && thing != NULL && (thing->is_file || thing->is_folder);
    if (!is_ours)
        return REAL(fdatasync, fd);
    if (must_fail(false))
        return -1;
    if (disk.ignores_syncs)
        return 0;
    struct disk_op *op = add(thing->is_file ? DISK_SYNC : DISK_SYNC_FOLDER);
    op->file = op->folder = thing->number;
    return 0; /* on disk in the log; nobody cuts the real power */
}

int fsync(int fd)
{
    return sync_seen(fd);
}

int fdatasync(int fd)
{
    return sync_seen(fd);
}

/* ---- names that change ---- */

int rename(const char *from, const char *to)
{
    char from_folder[PATH_ROOM], to_folder[PATH_ROOM];
    const char *from_name, *to_name;
    bool is_ours = split(from, from_folder, &from_name) && split(to, to_folder, &to_name);
    if (is_ours && must_fail(false))
        return -1;
    int done = REAL(rename, from, to);
    if (!is_ours || done != 0)
        return done;
    struct disk_op *op = add(DISK_RENAME);
    op->folder = folder_number(from_folder);
    op->to_folder = folder_number(to_folder);
    snprintf(op->name, sizeof op->name, "%s", from_name);
    snprintf(op->to_name, sizeof op->to_name, "%s", to_name);
    struct live_name *live = find_name(op->folder, op->name);
    if (live == NULL)
        abort(); /* a folder, or a file nobody opened: not known here */
    int file = live->file;
    forget_name(live);
    set_name(op->to_folder, op->to_name, file);
    return done;
}

int unlink(const char *path)
{
    char folder[PATH_ROOM];
    const char *name;
    bool is_ours = split(path, folder, &name);
    if (is_ours && must_fail(false))
        return -1;
    int done = REAL(unlink, path);
    if (!is_ours || done != 0)
        return done;
    struct disk_op *op = add(DISK_UNLINK);
    op->folder = folder_number(folder);
    snprintf(op->name, sizeof op->name, "%s", name);
    forget_name(find_name(op->folder, op->name));
    return done;
}

int mkdir(const char *path, mode_t mode)
{
    char parent[PATH_ROOM];
    const char *name;
    struct stat facts;
    bool is_ours = split(path, parent, &name);
    if (is_ours && stat(path, &facts) != 0 && must_fail(true))
        return -1;
    int done = REAL(mkdir, path, mode);
    if (is_ours && done == 0)
        folder_made(folder_number(parent), name, path + strlen(disk.root) + 1);
    return done;
}

/* ---- watching ---- */

static void read_in(const char *path, int file)
{
    static char room[1 << 16];
    int fd = REAL(open, path, O_RDONLY);
    int64_t offset = 0;
    for (ssize_t got = read(fd, room, sizeof room); got > 0; got = read(fd, room, sizeof room)) {
        add_bytes(file, offset, room, (size_t)got);
        offset += got;
    }
    REAL(close, fd);
    struct disk_op *op = add(DISK_SYNC);
    op->file = file;
}

/* What is there when watching begins counts as on disk. */
static void take_in(int folder)
{
    char path[PATH_ROOM * 2], below[PATH_ROOM];
    snprintf(path, sizeof path, "%s/%s", disk.root, disk.log->folders[folder]);
    DIR *names = opendir(path);
    for (struct dirent *entry = names ? readdir(names) : NULL; entry != NULL; entry = readdir(names)) {
        struct stat facts;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(below, sizeof below, "%s%s%s", disk.log->folders[folder], folder ? "/" : "", entry->d_name);
        snprintf(path, sizeof path, "%s/%s", disk.root, below);
        if (stat(path, &facts) == 0 && S_ISDIR(facts.st_mode))
            take_in(folder_made(folder, entry->d_name, below));
        else
            read_in(path, file_made(folder, entry->d_name));
    }
    if (names != NULL)
        closedir(names);
    struct disk_op *op = add(DISK_SYNC_FOLDER);
    op->folder = folder;
}

void disk_watch(const char *root, struct disk_log *log)
{
    *log = (struct disk_log){0};
    disk.log = log;
    disk.name_count = 0;
    disk.calls = disk.failures = 0;
    disk.fault = (struct disk_fault){0};
    snprintf(disk.root, sizeof disk.root, "%s", root);
    new_folder("");
    take_in(0);
}

void disk_rest(void)
{
    disk.log = NULL;
}

void disk_mark(int64_t number)
{
    if (disk.log != NULL)
        add(DISK_MARK)->offset = number;
}

void disk_log_free(struct disk_log *log)
{
    for (size_t i = 0; i < log->count; i++)
        free(log->at[i].bytes);
    free(log->at);
    *log = (struct disk_log){0};
}

void disk_ignore_syncs(bool is_ignored)
{
    disk.ignores_syncs = is_ignored;
}

void disk_fail(struct disk_fault fault)
{
    disk.fault = fault;
    disk.calls = disk.failures = 0;
}

int64_t disk_calls(void)
{
    return disk.calls;
}

int64_t disk_failures(void)
{
    return disk.failures;
}
