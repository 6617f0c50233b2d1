/* A process is one role running on its own: forked by the parent, known by pid, ended by pid. */
#ifndef OS_PROCESS_H
#define OS_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/status.h"
#include "os/loop.h"

/* Forks. In the child: dies with its parent, gains no privilege (PR_SET_NO_NEW_PRIVS), is not dumpable, has its
 * name, keeps only standard descriptors and `kept` (pid 0 is written). */
MUST_USE enum status process_fork(const char *name, const int *kept, size_t kept_count, pid_t *ret_pid);

/* Ends one child of ours at once (SIGKILL): a child has SIGTERM blocked, and is asked by its channel. */
void process_end(pid_t pid);

/* Raises the number of descriptors this process and its children may hold to what the machine allows. */
void process_raise_descriptors(void);

/* Where the kernel says how much memory this process has, to be read when no file can be opened any more; -1:
 * nowhere. */
int process_memory_open(void);
int process_memory_open_of(pid_t pid); /* of another one */
/* Memory of this process that lies in RAM now; where that is not known, the most it ever was. */
int64_t process_memory(int fd);

/* Signals as events of the loop: SIGTERM, SIGINT, SIGHUP and SIGCHLD come through one descriptor, SIGPIPE is ignored.
 * */
typedef void process_on_signal(void *with, int signal);
struct process_signals;
MUST_USE enum status process_signals_create(struct loop *loop, process_on_signal *on_signal, void *with,
                                            struct process_signals **ret_signals);
void process_signals_destroy(struct process_signals *signals); /* NULL accepted */

/* That signal does nothing to this process from now on: SIGINT in a child, since a terminal sends it to all of them. */
void process_ignore(int signal_number);

/* One child that has ended, without waiting. NOT_FOUND: none. */
struct process_ending {
    pid_t pid;
    bool is_clean; /* exit code 0 */
    int signal;    /* that ended it; 0: none */
};
MUST_USE enum status process_reap(struct process_ending *ret_ending);

/* This process ends when its parent has: a child has SIGTERM blocked, since its channel tells it, which one that
 * computes for long does not hear. */
void process_ends_with_parent(void);

/* How much memory this machine has. */
int64_t process_machine_memory(void);

/* Waits until one child of ours has ended, however long that takes. */
void process_wait(pid_t pid);

/* Gives memory that is free and still held back to the machine: when a busy moment is over. */
void process_trim(void);

#endif
