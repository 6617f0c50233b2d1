/* A pool is a few threads that share out numbered tasks: for pure computation alone, a role itself has one loop.
 *
 * Invariants: whoever calls pool_run works too, as worker 0, and returns when every task is done; between two runs the
 * threads wait and cost nothing. A task touches no descriptor and takes no lock. Owned by whoever creates it. */
#ifndef OS_POOL_H
#define OS_POOL_H

#include <stddef.h>

#include "base/status.h"

enum { POOL_WORKERS_MAX = 16, POOL_TASKS_MAX = 1 << 20 };

struct pool;
typedef void pool_task(void *with, size_t number, size_t worker);

/* `workers` includes the caller: 1 starts no thread. OUTSIDE: the machine gives no more threads. */
MUST_USE enum status pool_create(size_t workers, struct pool **ret_pool);
void pool_destroy(struct pool *pool); /* NULL accepted */

/* Runs task for 0 to count - 1, each once, in any order, on any worker. */
void pool_run(void *pool, size_t count, pool_task *task, void *with);

/* How many processors this process may use. */
size_t pool_processors(void);
/* This process gives way to every other one from now on. */
void pool_give_way(void);
/* The same, and more: it runs only where no other wants to (SCHED_IDLE), where the kernel takes that. Threads that it
 * begins from then on too. */
void pool_only_idle(void);

#endif
