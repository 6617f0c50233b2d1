#include "os/process.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STANDARD = 3 };

static int compare(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

/* Closes every descriptor that is neither standard nor kept: the gaps between the kept ones, in order. */
static void close_others(const int *kept, size_t kept_count)
{
    int sorted[64] = {0};
    unsigned from = STANDARD;
    REQUIRE(kept_count <= sizeof sorted / sizeof sorted[0]);
    for (size_t i = 0; i < kept_count; i++)
        sorted[i] = kept[i];
    qsort(sorted, kept_count, sizeof sorted[0], compare);
    for (size_t i = 0; i < kept_count; i++) {
        if (sorted[i] < STANDARD)
            continue;
        if ((unsigned)sorted[i] > from)
            syscall(SYS_close_range, from, (unsigned)sorted[i] - 1, 0);
        from = (unsigned)sorted[i] + 1;
    }
    syscall(SYS_close_range, from, ~0U, 0);
}

/* The parent may have died between fork and prctl: then nobody would ever end us. */
static void child_begin(const char *name, pid_t parent, const int *kept, size_t kept_count)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        _exit(0);
    prctl(PR_SET_NAME, name);
    REQUIRE(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
    REQUIRE(prctl(PR_SET_DUMPABLE, 0) == 0);
    close_others(kept, kept_count);
}

enum status process_fork(const char *name, const int *kept, size_t kept_count, pid_t *ret_pid)
{
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid < 0)
        return OUTSIDE;
    if (pid == 0)
        child_begin(name, parent, kept, kept_count);
    *ret_pid = pid;
    return OK;
}

void process_end(pid_t pid)
{
    REQUIRE(pid > 1);
    kill(pid, SIGKILL);
}

void process_raise_descriptors(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        return; /* what there is must do */
}

struct process_signals {
    int fd;
    struct loop_watch *watch;
    process_on_signal *on_signal;
    void *with;
};

static void on_readable(void *with, unsigned events)
{
    struct process_signals *signals = with;
    struct signalfd_siginfo info;
    (void)events;
    while (read(signals->fd, &info, sizeof info) == sizeof info)
        signals->on_signal(signals->with, (int)info.ssi_signo);
}

enum status process_signals_create(struct loop *loop, process_on_signal *on_signal, void *with,
                                   struct process_signals **ret_signals)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGCHLD);
    signal(SIGPIPE, SIG_IGN);
    if (sigprocmask(SIG_BLOCK, &set, NULL) != 0)
        return OUTSIDE;
    struct process_signals *signals = calloc(1, sizeof *signals);
    REQUIRE(signals != NULL);
    signals->fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    signals->on_signal = on_signal;
    signals->with = with;
    enum status done = signals->fd < 0 ? OUTSIDE : OK;
    if (done == OK)
        done = loop_watch_add(loop, signals->fd, LOOP_READ, on_readable, signals, &signals->watch);
    if (done != OK) {
        process_signals_destroy(signals);
        return done;
    }
    *ret_signals = signals;
    return OK;
}

void process_signals_destroy(struct process_signals *signals)
{
    if (signals == NULL)
        return;
    loop_watch_remove(signals->watch);
    if (signals->fd >= 0)
        close(signals->fd);
    free(signals);
}

void process_ignore(int signal_number)
{
    signal(signal_number, SIG_IGN);
}

void process_ends_with_parent(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    signal(SIGTERM, SIG_DFL);
    REQUIRE(sigprocmask(SIG_UNBLOCK, &set, NULL) == 0);
}

enum status process_reap(struct process_ending *ret_ending)
{
    int how;
    pid_t pid = waitpid(-1, &how, WNOHANG);
    if (pid <= 0)
        return NOT_FOUND;
    *ret_ending = (struct process_ending){.pid = pid,
                                          .is_clean = WIFEXITED(how) && WEXITSTATUS(how) == 0,
                                          .signal = WIFSIGNALED(how) ? WTERMSIG(how) : 0};
    return OK;
}

void process_wait(pid_t pid)
{
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        continue;
}

int process_memory_open(void)
{
    return open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
}

int process_memory_open_of(pid_t pid)
{
    char path[40];
    snprintf(path, sizeof path, "/proc/%d/statm", (int)pid);
    return open(path, O_RDONLY | O_CLOEXEC);
}

int64_t process_machine_memory(void)
{
    return (int64_t)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE);
}

int64_t process_memory(int fd)
{
    struct rusage usage = {0};
    char text[100] = "";
    if (fd >= 0 && pread(fd, text, sizeof text - 1, 0) > 0 && strchr(text, ' ') != NULL)
        return strtoll(strchr(text, ' '), NULL, 10) * sysconf(_SC_PAGESIZE); /* the second number: pages resident */
    getrusage(RUSAGE_SELF, &usage);
    return (int64_t)usage.ru_maxrss * 1024;
}

void process_trim(void)
{
    malloc_trim(0);
}
