/* A parallel spreads independent tasks, numbered from 0, over workers that the caller owns.
 *
 * Why a callback: this layer starts no thread; the caller hands in its pool (os/pool.h) or none. Invariants: run
 * returns once every task is done; a worker's number is below `workers` and no two tasks have the same one at a time,
 * so that scratch memory belongs to the worker. Results never depend on which worker took which task. */
#ifndef LANGUAGE_MODEL_PARALLEL_H
#define LANGUAGE_MODEL_PARALLEL_H

#include <stddef.h>

enum { PARALLEL_MAX = 16 };

typedef void parallel_task(void *with, size_t number, size_t worker);

struct parallel {
    size_t workers; /* 1 to PARALLEL_MAX */
    void (*run)(void *pool, size_t count, parallel_task *task, void *with); /* NULL: one after the other, here */
    void *pool;
};

static inline void parallel_run(const struct parallel *parallel, size_t count, parallel_task *task, void *with)
{
    if (parallel->run != NULL)
        parallel->run(parallel->pool, count, task, with);
    else
        for (size_t i = 0; i < count; i++)
            task(with, i, 0);
}

#endif
