#include "language/source/sorting.h"

#include <stdlib.h>

struct sorting sorting_begin(void *records, size_t count, size_t size, sorting_compare *compare, void *with)
{
    struct sorting sorting = {.from = records, .given = records, .size = size, .count = count, .compare = compare,
                              .with = with};
    if (count > SORTING_RUN) {
        sorting.into = malloc(count * size);
        REQUIRE(sorting.into != NULL);
    }
    return sorting;
}

void sorting_finish(struct sorting *sorting)
{
    free(sorting->from != sorting->given ? sorting->from : sorting->into);
    *sorting = (struct sorting){0};
}

/* One run at sorting->at. */
static void sort_run(struct sorting *sorting)
{
    size_t left = sorting->count - sorting->at, count = left < SORTING_RUN ? left : SORTING_RUN;
    qsort_r(sorting->from + sorting->at * sorting->size, count, sorting->size, sorting->compare,
            sorting->with);
    sorting->at += count;
    if (sorting->at < sorting->count)
        return;
    sorting->run = SORTING_RUN;
    sorting->at = sorting->left = 0;
    sorting->right = SORTING_RUN;
}

static void swap(struct sorting *sorting)
{
    char *merged = sorting->into;
    sorting->into = sorting->from;
    sorting->from = merged;
    sorting->run *= 2;
    sorting->at = sorting->left = 0;
    sorting->right = sorting->run;
}

static size_t at_most(size_t number, size_t most)
{
    return number < most ? number : most;
}

/* Goes on merging the pair of runs that sorting->at lies in; at most `most` records. Returns how many. */
static size_t merge_some(struct sorting *sorting, size_t most)
{
    size_t size = sorting->size, pair = sorting->at / (2 * sorting->run) * 2 * sorting->run, done = 0;
    size_t middle = at_most(pair + sorting->run, sorting->count), end = at_most(middle + sorting->run, sorting->count);
    for (; done < most && sorting->at < end; done++, sorting->at++) {
        char *left = sorting->from + sorting->left * size, *right = sorting->from + sorting->right * size;
        bool is_left = sorting->right >= end ||
                       (sorting->left < middle && sorting->compare(left, right, sorting->with) <= 0);
        memcpy(sorting->into + sorting->at * size, is_left ? left : right, size);
        sorting->left += is_left;
        sorting->right += !is_left;
    }
    if (sorting->at == end) { /* the next pair */
        sorting->left = end;
        sorting->right = at_most(end + sorting->run, sorting->count);
    }
    return done;
}

static enum status end(struct sorting *sorting)
{
    if (sorting->from != sorting->given)
        memcpy(sorting->given, sorting->from, sorting->count * sorting->size);
    sorting_finish(sorting);
    return OK;
}

enum status sorting_step(struct sorting *sorting)
{
    if (sorting->count == 0)
        return OK;
    if (sorting->run == 0) {
        sort_run(sorting);
        return BUSY;
    }
    if (sorting->run >= sorting->count)
        return end(sorting);
    for (size_t done = 0; done < SORTING_STEP && sorting->at < sorting->count;)
        done += merge_some(sorting, SORTING_STEP - done);
    if (sorting->at == sorting->count)
        swap(sorting);
    return BUSY;
}
