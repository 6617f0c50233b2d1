#include "language/source/sorting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/seeded.h"

enum { MOST = 5 * SORTING_RUN + 7 };

static int compare(const void *a, const void *b, void *with)
{
    uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;
    ++*(size_t *)with;
    return (one > other) - (one < other);
}

static int compare_plain(const void *a, const void *b)
{
    size_t ignored = 0;
    return compare(a, b, &ignored);
}

/* At every border of runs and pairs of runs: the same as the C library's own sort. */
static void arrays_come_in_order(void **state)
{
    (void)state;
    static uint64_t numbers[MOST], wanted[MOST];
    static const size_t counts[] = {0, 1, 2, SORTING_RUN - 1, SORTING_RUN, SORTING_RUN + 1, 2 * SORTING_RUN,
                                    2 * SORTING_RUN + 1, 3 * SORTING_RUN, 4 * SORTING_RUN + 1, MOST};
    struct seeded seeded = {5};
    for (size_t c = 0; c < sizeof counts / sizeof counts[0]; c++) {
        size_t compared = 0;
        for (size_t i = 0; i < counts[c]; i++)
            numbers[i] = wanted[i] = seeded_below(&seeded, MOST);
        struct sorting sorting = sorting_begin(numbers, counts[c], sizeof numbers[0], compare, &compared);
        while (sorting_step(&sorting) == BUSY)
            continue;
        qsort(wanted, counts[c], sizeof wanted[0], compare_plain);
        assert_memory_equal(numbers, wanted, counts[c] * sizeof numbers[0]);
    }
}

/* What a step may take is told by comparisons: a machine's speed fails no test. */
static void no_step_is_long(void **state)
{
    (void)state;
    enum { COUNT = 20 * SORTING_RUN };
    uint64_t *numbers = calloc(COUNT, sizeof *numbers);
    struct seeded seeded = {6};
    size_t compared = 0, before = 0, steps = 0;
    assert_non_null(numbers);
    for (size_t i = 0; i < COUNT; i++)
        numbers[i] = seeded_below(&seeded, UINT32_MAX);
    struct sorting sorting = sorting_begin(numbers, COUNT, sizeof *numbers, compare, &compared);
    for (enum status done = BUSY; done == BUSY; steps++) {
        done = sorting_step(&sorting);
        assert_true(compared - before <= (size_t)SORTING_RUN * 14);
        before = compared;
    }
    assert_true(steps > 20);
    free(numbers);
}

static void one_that_is_left_is_freed(void **state)
{
    (void)state;
    static uint64_t numbers[MOST];
    size_t compared = 0;
    struct sorting none = {0}, sorting = sorting_begin(numbers, MOST, sizeof numbers[0], compare, &compared);
    sorting_finish(&none);
    for (int i = 0; i < 8; i++)
        assert_int_equal(sorting_step(&sorting), BUSY);
    sorting_finish(&sorting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays_come_in_order),
        cmocka_unit_test(no_step_is_long),
        cmocka_unit_test(one_that_is_left_is_freed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
