/* A sorting is an array that is put in order a piece at a time, for whoever may not be held long.
 *
 * Runs are sorted first, then merged two by two into a second array and back. The borrowed array must stand still
 * until the end. Records that compare equal must be the same in every byte: which comes first is not told. */
#ifndef LANGUAGE_SOURCE_SORTING_H
#define LANGUAGE_SOURCE_SORTING_H

#include "base/str.h"

enum { SORTING_RUN = 2048, SORTING_STEP = 12000 }; /* records sorted, or merged, in one step */

typedef int sorting_compare(const void *one, const void *other, void *with);

struct sorting {
    char *from, *into; /* the runs, and where they are merged to; the sorting owns the one that is not `given` */
    char *given;
    size_t size, count;     /* bytes of a record; records */
    size_t run;             /* records of one run; 0: nothing was sorted yet */
    size_t left, right, at; /* where the merge of two runs stands: in the first, in the second, in `into` */
    sorting_compare *compare;
    void *with;
};

/* Of `count` records of `size` bytes each. */
struct sorting sorting_begin(void *records, size_t count, size_t size, sorting_compare *compare, void *with);
/* BUSY: there is more to do. OK: the array is in order, and nothing is left to free. */
MUST_USE enum status sorting_step(struct sorting *sorting);
/* Frees what a sorting that was not ended holds; zero accepted. */
void sorting_finish(struct sorting *sorting);

#endif
