/* A model_asking is the asking of all facts, in steps: speakers, answers, and how often each commune was seen. */
#ifndef ROLE_MODEL_ASKING_H
#define ROLE_MODEL_ASKING_H

#include "language/model/measure.h"
#include "os/pool.h"
#include "role/model_data.h"

struct model_asking {
    const struct model *model;
    const struct table *table;
    struct world world;
    struct stream stream;
    struct pool *pool;
    struct parallel parallel;
    struct speaker *speakers[PARALLEL_MAX];
    struct measure_answer *answers;
    uint8_t *is_wanted;
    uint32_t *by_rank, *seen;
    uint64_t step;  /* of the training drawn once more */
    size_t place;   /* of the table */
};

/* `every`: of the communes never shown one in so many is asked, 1: all. Its pool is made, and given back at the end.
 * CONFLICT is the caller's to find: the table is the one the model was made with. */
MUST_USE enum status model_asking_begin(struct arena *arena, const struct model *model, const struct table *table,
                                        size_t threads, size_t every, struct model_asking **ret_asking);
/* About a quarter of a second; false once all is asked. */
bool model_asking_go(struct model_asking *asking);
/* What is done of how much. */
void model_asking_progress(const struct model_asking *asking, int64_t *ret_done, int64_t *ret_total);
void model_asking_end(struct model_asking *asking, struct measure *ret_measure);

#endif
