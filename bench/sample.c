#include "sample.h"
#include "wire.h"

#include <stdio.h>
#include <stdlib.h>

void samples_init(struct samples *samples, size_t max)
{
    samples->ns = calloc(max ? max : 1, sizeof *samples->ns);
    if (samples->ns == NULL)
        die("no memory for %zu samples", max);
    samples->count = 0;
    samples->max = max;
}

void samples_add(struct samples *samples, uint64_t ns)
{
    if (samples->count == samples->max)
        die("more samples than the %zu foreseen", samples->max);
    samples->ns[samples->count++] = ns;
}

static int by_time(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return a < b ? -1 : a > b;
}

static double at(const struct samples *samples, size_t percent)
{
    size_t index = (samples->count * percent + 99) / 100;
    return (double)samples->ns[index ? index - 1 : 0] / 1e6;
}

void samples_print(struct samples *samples, const char *name)
{
    printf("%s_count %zu\n", name, samples->count);
    if (samples->count == 0)
        return;
    qsort(samples->ns, samples->count, sizeof *samples->ns, by_time);
    printf("%s_p50_ms %.3f\n%s_p95_ms %.3f\n%s_p99_ms %.3f\n%s_max_ms %.3f\n", name, at(samples, 50), name,
           at(samples, 95), name, at(samples, 99), name, at(samples, 100));
}
