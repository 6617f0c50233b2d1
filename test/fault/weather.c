/* weather: preloaded into a real server (LD_PRELOAD), it fills the server's disk, breaks its syncs and shifts its
 * clock.
 *
 * A test writes what it wants into the file named by WEATHER: four numbers of 8 bytes {is_full, refuses_syncs,
 * shift_ms, hurry_ms}, mapped before the roles shut themselves in and shared by all of them. Memory files and sockets
 * are never full. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

struct weather {
    int64_t is_full, refuses_syncs;
    int64_t shift_ms; /* the clock on the wall */
    int64_t hurry_ms; /* the clock that only goes on: what waits has waited so much longer */
};
static const struct weather fair;
static const volatile struct weather *weather = (const volatile struct weather *)&fair;

__attribute__((constructor)) static void look_out(void)
{
    const char *path = getenv("WEATHER");
    int fd = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    void *at = fd >= 0 ? mmap(NULL, sizeof fair, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
    if (at != MAP_FAILED)
        weather = at;
    if (fd >= 0)
        close(fd);
}

#define REAL(name, ...)                                                       \
    ({                                                                        \
        static __typeof__(&name) real_##name;                                 \
        if (real_##name == NULL)                                              \
            real_##name = (__typeof__(&name))dlsym(RTLD_NEXT, #name);         \
        real_##name(__VA_ARGS__);                                             \
    })

/* A file that grows on a disk: what is there already may be written over. */
static int has_no_room(int fd, off_t offset, size_t size)
{
    struct stat facts;
    if (!weather->is_full || fstat(fd, &facts) != 0 || !S_ISREG(facts.st_mode) || fcntl(fd, F_GET_SEALS) >= 0)
        return 0;
    if (offset + (off_t)size <= facts.st_size)
        return 0;
    errno = ENOSPC;
    return 1;
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset)
{
    return has_no_room(fd, offset, size) ? -1 : REAL(pwrite64, fd, bytes, size, offset);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset)
{
    size_t size = 0;
    for (int i = 0; i < count; i++)
        size += parts[i].iov_len;
    return has_no_room(fd, offset, size) ? -1 : REAL(pwritev, fd, parts, count, offset);
}

int fdatasync(int fd)
{
    if (weather->refuses_syncs) {
        errno = EIO;
        return -1;
    }
    return REAL(fdatasync, fd);
}

int clock_gettime(clockid_t clock, struct timespec *time)
{
    int done = REAL(clock_gettime, clock, time);
    if (done == 0 && clock == CLOCK_REALTIME)
        time->tv_sec += weather->shift_ms / 1000;
    if (done == 0 && clock == CLOCK_MONOTONIC)
        time->tv_sec += weather->hurry_ms / 1000;
    return done;
}
