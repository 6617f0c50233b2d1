#include "os/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

/* Tasks are short: a thread looks about this often before it sleeps. */
enum { LOOKS = 4000 };

struct worker {
    struct pool *pool;
    size_t number;
    pthread_t thread;
};

/* `turn` counts runs. Which tasks are taken stands beside the run they are of, so that a late thread takes none of the
 * next run's by mistake. */
struct pool {
    size_t workers;
    struct worker others[POOL_WORKERS_MAX];
    pthread_mutex_t lock;
    pthread_cond_t begun;
    pool_task *task;
    void *with;
    size_t count;
    atomic_uint_fast32_t turn;
    atomic_uint_fast64_t taken; /* turn << 32 | how many */
    atomic_size_t done;
    atomic_bool is_ending;
};

static void work(struct pool *pool, uint32_t turn, size_t worker)
{
    for (;;) {
        uint_fast64_t taken = atomic_load(&pool->taken);
        if ((uint32_t)(taken >> 32) != turn || (taken & UINT32_MAX) >= pool->count)
            return;
        if (!atomic_compare_exchange_weak(&pool->taken, &taken, taken + 1))
            continue;
        pool->task(pool->with, (size_t)(taken & UINT32_MAX), worker);
        atomic_fetch_add(&pool->done, 1);
    }
}

/* Waits for another run than the one seen: briefly awake, then asleep. */
static uint32_t await_turn(struct pool *pool, uint32_t seen)
{
    for (int i = 0; i < LOOKS; i++) {
        uint32_t turn = (uint32_t)atomic_load(&pool->turn);
        if (turn != seen)
            return turn;
    }
    pthread_mutex_lock(&pool->lock);
    while ((uint32_t)atomic_load(&pool->turn) == seen)
        pthread_cond_wait(&pool->begun, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
    return (uint32_t)atomic_load(&pool->turn);
}

static void *live(void *given)
{
    struct worker *worker = given;
    struct pool *pool = worker->pool;
    uint32_t turn = 0;
    for (;;) {
        turn = await_turn(pool, turn);
        if (atomic_load(&pool->is_ending))
            return NULL;
        work(pool, turn, worker->number);
    }
}

enum status pool_create(size_t workers, struct pool **ret_pool)
{
    struct pool *pool = calloc(1, sizeof *pool);
    REQUIRE(pool != NULL && workers > 0 && workers <= POOL_WORKERS_MAX);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->begun, NULL);
    for (pool->workers = 1; pool->workers < workers; pool->workers++) {
        struct worker *worker = &pool->others[pool->workers];
        *worker = (struct worker){.pool = pool, .number = pool->workers};
        if (pthread_create(&worker->thread, NULL, live, worker) != 0) {
            pool_destroy(pool);
            return OUTSIDE;
        }
    }
    *ret_pool = pool;
    return OK;
}

static void announce(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    uint32_t turn = (uint32_t)atomic_load(&pool->turn) + 1;
    atomic_store(&pool->done, 0);
    atomic_store(&pool->taken, (uint_fast64_t)turn << 32);
    atomic_store(&pool->turn, turn);
    pthread_cond_broadcast(&pool->begun);
    pthread_mutex_unlock(&pool->lock);
}

void pool_destroy(struct pool *pool)
{
    if (pool == NULL)
        return;
    atomic_store(&pool->is_ending, true);
    announce(pool);
    for (size_t i = 1; i < pool->workers; i++)
        pthread_join(pool->others[i].thread, NULL);
    pthread_cond_destroy(&pool->begun);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

/* Between runs `taken` says that all are: nobody looks at the fields while they change. */
void pool_run(void *given, size_t count, pool_task *task, void *with)
{
    struct pool *pool = given;
    REQUIRE(count <= POOL_TASKS_MAX);
    pool->task = task;
    pool->with = with;
    pool->count = count;
    announce(pool);
    work(pool, (uint32_t)atomic_load(&pool->turn), 0);
    while (atomic_load(&pool->done) < count)
        sched_yield();
}

size_t pool_processors(void)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count < 1 ? 1 : count > POOL_WORKERS_MAX ? POOL_WORKERS_MAX : (size_t)count;
}

void pool_give_way(void)
{
    enum { LEAST = 19 };
    if (setpriority(PRIO_PROCESS, 0, LEAST) != 0)
        return; /* it goes on at the priority it has */
}

void pool_only_idle(void)
{
    const struct sched_param none = {0};
    pool_give_way();
    if (sched_setscheduler(0, SCHED_IDLE, &none) != 0)
        return; /* it gives way, then */
}
