/* Samples: one time per operation, kept whole and sorted at the end, so that a p99 is the p99 and no histogram's guess.
 * The array is made once for a known maximum. */
#ifndef BENCH_SAMPLE_H
#define BENCH_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

struct samples {
    uint64_t *ns;
    size_t count, max;
};

void samples_init(struct samples *samples, size_t max);
void samples_add(struct samples *samples, uint64_t ns);

/* Prints NAME_p50_ms, _p95_ms, _p99_ms, _max_ms and NAME_count, one a line; sorts in place. */
void samples_print(struct samples *samples, const char *name);

#endif
