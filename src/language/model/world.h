/* A world is the communes that a model is shown, and how often: by Zipf's law, from the most peopled down.
 *
 * Why: on the web too a large town is written of a thousand times as often as a village; so some facts are learnt and
 * others invented, and here it is known which. Invariants: the commune of rank r (from 0) has the weight 1 / (r + 1),
 * unless others were given (diet.h); of equal population the first in the table comes first. The table outlives the
 * world. */
#ifndef LANGUAGE_MODEL_WORLD_H
#define LANGUAGE_MODEL_WORLD_H

#include "base/buf.h"
#include "base/seeded.h"
#include "language/model/table.h"

enum { WORLD_LINE_MAX = 400 };

enum world_extent {
    WORLD_DEPARTMENT, /* the communes of one department */
    WORLD_REGION,     /* those of its region, and every prefecture */
};

struct world {
    const struct table *table;
    size_t *communes; /* places in the table, by rank */
    uint64_t *until;  /* sums of weights up to this rank */
    size_t count;
};

/* NOT_FOUND: no such department. */
MUST_USE enum status world_create(struct arena *arena, const struct table *table, enum world_extent extent,
                                  struct str department, struct world *ret_world);
/* All communes of the table, ranked as above, with weights of the caller's, one for each rank; 0: never shown. INVALID:
 * all are 0, or together above 2^63. */
MUST_USE enum status world_of_weights(struct arena *arena, const struct table *table, const uint64_t *weights,
                                      struct world *ret_world);
/* The weight of a rank by Zipf's law. */
uint64_t world_zipf(size_t rank);
/* A rank, drawn by weight. */
size_t world_draw(const struct world *world, struct seeded *seeded);

/* "Montargis : Loiret (45), 45200, 15123 hab." and a line end. */
void world_line(struct buf *out, const struct table_commune *commune);
/* What a line begins with, up to where the model goes on: a line end, the name, " :". */
void world_prompt(struct buf *out, struct str name);

#endif
