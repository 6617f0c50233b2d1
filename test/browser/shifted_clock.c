/* For tests in a browser: a clock that stands some days away from the machine's. Loaded before a program
 * (LD_PRELOAD); the file that SHIFTED_CLOCK names holds the seconds as 8 bytes, and a test writes others while the
 * program runs. Mapped when the program begins, so a role in its sandbox sees them. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *shift;
static int (*real)(clockid_t, struct timespec *);

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("SHIFTED_CLOCK");
    int fd = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    void *found = dlsym(RTLD_NEXT, "clock_gettime");
    real = *(int (**)(clockid_t, struct timespec *))(void *)&found;
    if (fd < 0)
        return;
    void *map = mmap(NULL, sizeof *shift, PROT_READ, MAP_SHARED, fd, 0);
    close(fd);
    if (map != MAP_FAILED)
        shift = map;
}

int clock_gettime(clockid_t clock, struct timespec *ret_time)
{
    int done = real(clock, ret_time);
    if (done == 0 && clock == CLOCK_REALTIME && shift != NULL)
        ret_time->tv_sec += *shift;
    return done;
}
