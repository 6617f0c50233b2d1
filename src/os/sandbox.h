/* A sandbox is what a process may still do once it has begun: which files, which system calls, as whom. It is entered
 * once, and there is no way out of it.
 *
 * Why: a role that meets hostile bytes may be taken over; then what it was never given must be out of reach. Three
 * walls, each alone of use: files by Landlock (landlock(7)), system calls by seccomp(2), another user where the house
 * was started as root. No privilege is ever gained again, no memory is dumped, no process begun. A kernel without
 * Landlock or seccomp is used as far as it goes; sandbox_kernel says how far that is, and whoever serves tells the
 * operator.
 *
 * What no role has a use for (exec, ptrace, a new socket, another process) ends the process with SIGSYS; any other
 * call that is not listed fails with EPERM after SIGSYS was raised, so that a role can say so (sandbox_refused_call).
 * */
#ifndef OS_SANDBOX_H
#define OS_SANDBOX_H

#include <signal.h>
#include <stdint.h>

#include "os/owner.h"

struct sandbox_path {
    const char *path; /* a folder with all in it, or a file; one that is not there is left out */
    bool is_written;
};

struct sandbox {
    const struct sandbox_path *paths;
    size_t path_count;
    bool has_files;            /* opens files at all */
    bool has_network;          /* accepts connections of sockets it was given */
    bool has_threads;          /* begins threads to compute with; they stand behind the same walls */
    const uint16_t *ports;     /* connects to these by TCP, and to none else (Landlock 4; before: to any) */
    size_t port_count;         /* 0: makes no socket */
    int descriptors_max;       /* RLIMIT_NOFILE; 0: as it is */
    int64_t memory_max;        /* RLIMIT_AS, in bytes of address space; 0: as it is */
    int64_t cpu_seconds_max;   /* RLIMIT_CPU: the kernel ends it then; 0: as it is */
    const struct owner *owner; /* NULL: stays who it is */
};

struct sandbox_kernel {
    int landlock;   /* version of its interface; 0: none */
    bool has_calls; /* filters system calls */
};

/* What this kernel has. */
struct sandbox_kernel sandbox_kernel(void);

/* OUTSIDE: a wall this kernel has could not be raised; whoever asked ends then. */
MUST_USE enum status sandbox_enter(const struct sandbox *sandbox);

/* Another user from now on, before the sandbox: for who runs foreign code first. */
MUST_USE enum status sandbox_become(const struct owner *owner);

/* No dump of its memory, no privilege gained by what it runs: what the first process of a house can have. */
MUST_USE enum status sandbox_begin(void);

/* A call that is not on the list ends in this handler (of SIGSYS). OUTSIDE: the kernel did not take it. */
MUST_USE enum status sandbox_hear(void (*on_refused)(int signal, siginfo_t *info, void *context));
/* In that handler, with what sigaction(2) hands it: makes the refused call fail with EPERM, and gives its number. */
int sandbox_refused_call(const void *signal_info, void *signal_context);
/* Its name, malloc'd; NULL when it has none. */
char *sandbox_call_name(int number);

#endif
