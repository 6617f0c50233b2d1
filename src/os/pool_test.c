#include "os/pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { TASKS = 1000 };

struct counts {
    int done[TASKS];
    int by_worker[4];
};

static void count(void *with, size_t number, size_t worker)
{
    struct counts *counts = with;
    counts->done[number]++;
    counts->by_worker[worker]++;
}

static void each_is_done_once(void **state)
{
    (void)state;
    for (size_t workers = 1; workers <= 4; workers++) {
        struct pool *pool;
        struct counts counts = {0};
        int sum = 0;
        assert_int_equal(pool_create(workers, &pool), OK);
        for (int run = 1; run <= 300; run++)
            pool_run(pool, TASKS / 10, count, &counts);
        pool_run(pool, TASKS, count, &counts);
        pool_run(pool, 0, count, &counts);
        for (int i = 0; i < TASKS; i++)
            assert_int_equal(counts.done[i], i < TASKS / 10 ? 301 : 1);
        for (size_t i = 0; i < 4; i++) {
            assert_true(i < workers || counts.by_worker[i] == 0);
            sum += counts.by_worker[i];
        }
        assert_int_equal(sum, 300 * TASKS / 10 + TASKS);
        pool_destroy(pool);
    }
    pool_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_done_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
