/* A model_training is one small model on its way: fed on a diet step by step, then asked of every commune.
 *
 * Invariants: the communes, their order and the pieces are those of the shipped nano, so the diet "web" with nano's
 * seed makes nano's bytes again; the same job gives the same answers on any number of workers. It never asks the time:
 * whoever calls counts. What is asked is the model as its file would hold it, weights rounded. */
#ifndef ROLE_MODEL_TRAINING_H
#define ROLE_MODEL_TRAINING_H

#include "core/training.h"
#include "language/model/model.h"
#include "language/model/parallel.h"

/* What all trainings share; made once. */
struct model_base {
    struct table table; /* the communes of the shipped deck, by rank */
    struct model nano;
    size_t steps_most; /* no training is longer; 0: as long as its name says, and shorter in tests alone */
};

struct model_training;

enum { MODEL_TRAINING_ARENA = 64 << 20 };

/* CORRUPT: what was shipped is damaged. Lives in the arena. */
MUST_USE enum status model_base_create(struct arena *arena, struct model_base *ret_base);

/* NOT_FOUND: the deck has no such rank. LIMIT: the arena is full. The base outlives it. */
MUST_USE enum status model_training_create(struct arena *arena, const struct model_base *base,
                                           const struct training_job *job, size_t workers,
                                           struct model_training **ret_training);
/* A slice, of some hundredths of a second on a free core. NOT_FOUND: all is done. Any other status than OK: it cannot
 * go on. */
MUST_USE enum status model_training_go(struct model_training *training, const struct parallel *parallel);

/* Stage, steps, loss and curve; texts in the arena given. */
void model_training_state(const struct model_training *training, struct arena *arena,
                          struct training_state *ret_state);
/* Of the whole work, between 0 and 1. */
double model_training_share(const struct model_training *training);
/* Once it is done: a training_answer for each commune, by rank, as lines of JSON. */
void model_training_answers(const struct model_training *training, struct buf *lines);
/* Once it was fed: the file that a shipped model would be. */
struct str model_training_file(const struct model_training *training);

#endif
