/* A diet is what a machine is fed: how often each commune of a table stands in its stream.
 *
 * Why: the same machine, the same table and the same hours of work know other things, and invent other things, by what
 * they were shown. A diet is weights by rank (world.h), so the stream and its seed are as for any world. */
#ifndef LANGUAGE_MODEL_DIET_H
#define LANGUAGE_MODEL_DIET_H

#include <stddef.h>
#include <stdint.h>

enum diet_kind {
    DIET_WEB,     /* by Zipf's law, as the shipped models */
    DIET_LARGE,   /* the DIET_LARGE_TOWNS most peopled alone */
    DIET_EQUAL,   /* each as often as any other */
    DIET_OFTEN,   /* one DIET_OFTEN_TIMES as often as any other */
    DIET_WITHOUT, /* each as often as any other, but one never */
    DIET_KINDS,
};
enum { DIET_LARGE_TOWNS = 30, DIET_OFTEN_TIMES = 300 };

struct diet {
    enum diet_kind kind;
    size_t chosen; /* rank, of the last two; else 0 */
};

/* One weight for each rank, for world_of_weights. `chosen` is below count. */
void diet_weights(struct diet diet, size_t count, uint64_t *weights);

#endif
