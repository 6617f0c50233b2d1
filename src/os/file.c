#include "os/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/list.h"

static enum status status_of_errno(void)
{
    switch (errno) {
    case ENOENT:
    case ENOTDIR:
        return NOT_FOUND;
    case EACCES:
    case EPERM:
        return DENIED;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return LIMIT;
    case EWOULDBLOCK:
        return BUSY;
    default:
        return OUTSIDE;
    }
}

enum status file_open(const char *path, enum file_mode mode, int *ret_fd)
{
    int flags = mode == FILE_READ ? O_RDONLY : O_RDWR;
    int fd = open(path, flags | O_CLOEXEC | O_NOFOLLOW | (mode == FILE_CREATE ? O_CREAT : 0), S_IRUSR | S_IWUSR);
    if (fd < 0)
        return status_of_errno();
    *ret_fd = fd;
    return OK;
}

void file_close(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

enum status file_duplicate(int fd, int *ret_fd)
{
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (copy < 0)
        return status_of_errno();
    *ret_fd = copy;
    return OK;
}

enum status file_read(int fd, int64_t offset, void *into, size_t size, size_t *ret_got)
{
    size_t got = 0;
    while (got < size) {
        ssize_t part = pread(fd, (char *)into + got, size - got, offset + (int64_t)got);
        if (part < 0 && errno == EINTR)
            continue;
        if (part < 0)
            return status_of_errno();
        if (part == 0)
            break;
        got += (size_t)part;
    }
    *ret_got = got;
    return OK;
}

/* Drops what was written from the front of the vectors; returns how many vectors are left to write. */
static int skip_written(struct iovec **vectors, int count, size_t written)
{
    while (count > 0 && written >= (*vectors)->iov_len) {
        written -= (*vectors)->iov_len;
        (*vectors)++;
        count--;
    }
    if (count > 0) {
        (*vectors)->iov_base = (char *)(*vectors)->iov_base + written;
        (*vectors)->iov_len -= written;
    }
    return count;
}

enum status file_write_parts(int fd, int64_t offset, const struct str *parts, size_t part_count)
{
    struct iovec room[FILE_PARTS_MAX], *vectors = room;
    REQUIRE(part_count <= FILE_PARTS_MAX);
    for (size_t i = 0; i < part_count; i++)
        room[i] = (struct iovec){(char *)(uintptr_t)parts[i].at, parts[i].len};
    int left = skip_written(&vectors, (int)part_count, 0);
    while (left > 0) {
        ssize_t written = pwritev(fd, vectors, left, offset);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return written < 0 ? status_of_errno() : OUTSIDE;
        offset += written;
        left = skip_written(&vectors, left, (size_t)written);
    }
    return OK;
}

enum status file_write(int fd, int64_t offset, struct str bytes)
{
    return file_write_parts(fd, offset, &bytes, 1);
}

enum status file_truncate(int fd, int64_t size)
{
    return ftruncate(fd, size) == 0 ? OK : status_of_errno();
}

enum status file_size(int fd, int64_t *ret_size)
{
    struct stat facts;
    if (fstat(fd, &facts) != 0)
        return status_of_errno();
    *ret_size = facts.st_size;
    return OK;
}

enum status file_sync(int fd)
{
    return fdatasync(fd) == 0 ? OK : OUTSIDE;
}

enum status file_sync_folder(const char *path)
{
    int fd FILE_SCOPE = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return status_of_errno();
    return fsync(fd) == 0 ? OK : OUTSIDE;
}

enum status file_space(const char *path, int64_t *ret_free, int64_t *ret_total)
{
    struct statfs facts;
    if (statfs(path, &facts) != 0)
        return status_of_errno();
    *ret_free = (int64_t)facts.f_bavail * (int64_t)facts.f_bsize;
    *ret_total = (int64_t)facts.f_blocks * (int64_t)facts.f_bsize;
    return OK;
}

static enum status sync_parent(const char *path)
{
    char parent[FILE_PATH_MAX];
    snprintf(parent, sizeof parent, "%s", path);
    char *slash = strrchr(parent, '/');
    if (slash != NULL)
        slash[slash == parent ? 1 : 0] = 0;
    return file_sync_folder(slash != NULL ? parent : ".");
}

static enum status one_folder(const char *path)
{
    struct stat facts;
    if (mkdir(path, S_IRWXU) == 0)
        return sync_parent(path);
    if (errno != EEXIST)
        return status_of_errno();
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode) ? OK : CONFLICT;
}

enum status file_folder(const char *path)
{
    char part[FILE_PATH_MAX];
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof part)
        return INVALID;
    for (size_t i = 1; i <= length; i++) {
        if (path[i] != '/' && path[i] != 0)
            continue;
        memcpy(part, path, i);
        part[i] = 0;
        TRY(one_folder(part));
    }
    return OK;
}

enum status file_rename(const char *from, const char *to)
{
    return rename(from, to) == 0 ? OK : status_of_errno();
}

enum status file_remove(const char *path)
{
    return unlink(path) == 0 ? OK : status_of_errno();
}

struct names {
    struct names_list LIST_OF(struct str) list;
};

static int compare_names(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static enum status gather_names(DIR *folder, struct arena *arena, size_t max, struct names *names)
{
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        struct str name = str_of(entry->d_name);
        if (str_eq(name, STR(".")) || str_eq(name, STR("..")))
            continue;
        struct str *slot = list_add(&names->list, arena, max);
        if (slot == NULL)
            return LIMIT;
        *slot = str_copy(arena, name);
        if (str_is_absent(*slot))
            return LIMIT;
    }
    return OK;
}

enum status file_list(const char *path, struct arena *arena, size_t max, struct str **ret_names, size_t *ret_count)
{
    struct names names = {0};
    DIR *folder = opendir(path);
    if (folder == NULL)
        return status_of_errno();
    enum status done = gather_names(folder, arena, max, &names);
    closedir(folder);
    TRY(done);
    if (names.list.count > 0)
        qsort(names.list.at, names.list.count, sizeof(struct str), compare_names);
    *ret_names = names.list.at;
    *ret_count = names.list.count;
    return OK;
}

bool file_is_folder(const char *path)
{
    struct stat stat_of;
    return stat(path, &stat_of) == 0 && S_ISDIR(stat_of.st_mode);
}

bool file_is_in_memory(const char *path)
{
    struct statfs system;
    return statfs(path, &system) == 0 && (system.f_type == TMPFS_MAGIC || system.f_type == RAMFS_MAGIC);
}

enum status file_modified(const char *path, struct instant *ret_at)
{
    struct stat stat_of;
    if (stat(path, &stat_of) != 0)
        return status_of_errno();
    *ret_at = (struct instant){(int64_t)stat_of.st_mtim.tv_sec * 1000 + stat_of.st_mtim.tv_nsec / 1000000};
    return OK;
}

bool file_is_private(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode) && (about.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

enum status file_read_all(const char *path, struct buf *into)
{
    int fd FILE_SCOPE = -1;
    int64_t size;
    size_t got;
    TRY(file_open(path, FILE_READ, &fd));
    TRY(file_size(fd, &size));
    char *room = buf_reserve(into, (size_t)size);
    if (size > 0 && room == NULL)
        return LIMIT;
    TRY(file_read(fd, 0, room, (size_t)size, &got));
    if (size > 0)
        buf_grew(into, got);
    return OK;
}

static enum status write_new(const char *path, struct str bytes)
{
    int fd FILE_SCOPE = -1;
    TRY(file_open(path, FILE_CREATE, &fd));
    TRY(file_truncate(fd, 0));
    TRY(file_write(fd, 0, bytes));
    return file_sync(fd);
}

enum status file_replace(const char *path, struct str bytes)
{
    char fresh[FILE_PATH_MAX];
    if (strlen(path) + sizeof ".new" > sizeof fresh)
        return INVALID;
    snprintf(fresh, sizeof fresh, "%s.new", path);
    TRY(write_new(fresh, bytes));
    TRY(file_rename(fresh, path));
    return sync_parent(path);
}

enum status file_lock(const char *path, int *ret_fd)
{
    int fd = -1;
    TRY(file_open(path, FILE_CREATE, &fd));
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        enum status status = status_of_errno();
        file_close(&fd);
        return status;
    }
    *ret_fd = fd;
    return OK;
}

enum { SEALS = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL };

enum status file_memory_open(int *ret_fd)
{
    int fd = memfd_create("parvis", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0)
        return status_of_errno();
    *ret_fd = fd;
    return OK;
}

enum status file_memory_seal(int fd)
{
    return fcntl(fd, F_ADD_SEALS, SEALS) == 0 ? OK : status_of_errno();
}

enum status file_memory(struct str bytes, int *ret_fd)
{
    int fd = -1;
    TRY(file_memory_open(&fd));
    enum status done = file_write(fd, 0, bytes);
    if (done == OK)
        done = file_memory_seal(fd);
    if (done != OK) {
        file_close(&fd);
        return done;
    }
    *ret_fd = fd;
    return OK;
}

static enum status map(int fd, int64_t size, struct str *ret_bytes)
{
    if (size == 0) {
        *ret_bytes = STR("");
        return OK;
    }
    void *at = mmap(NULL, (size_t)size, PROT_READ, MAP_SHARED, fd, 0);
    if (at == MAP_FAILED)
        return status_of_errno();
    *ret_bytes = (struct str){at, (size_t)size};
    return OK;
}

enum status file_map(int fd, size_t max, struct str *ret_bytes)
{
    int64_t size;
    int seals = fcntl(fd, F_GET_SEALS);
    TRY(file_size(fd, &size));
    if (seals < 0 || (seals & SEALS) != SEALS || size > (int64_t)max)
        return INVALID;
    return map(fd, size, ret_bytes);
}

enum status file_map_path(const char *path, struct str *ret_bytes)
{
    int fd FILE_SCOPE = -1;
    int64_t size;
    TRY(file_open(path, FILE_READ, &fd));
    TRY(file_size(fd, &size));
    return map(fd, size, ret_bytes);
}

void file_unmap(struct str bytes)
{
    if (bytes.len > 0)
        munmap((void *)(uintptr_t)bytes.at, bytes.len);
}
