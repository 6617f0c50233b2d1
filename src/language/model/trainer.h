/* A trainer makes a net out of a stream, step by step: exact gradients, AdamW, a rate that rises and falls by steps.
 *
 * Invariants: a batch is cut into TRAINER_SHARDS parts whose gradients are added in one order, so the bytes of a net
 * follow from plan, stream and kind of processor, and not from how many workers there were or how often the training
 * was broken off. It never asks the time: whoever calls counts steps. Everything lives in the arena given. */
#ifndef LANGUAGE_MODEL_TRAINER_H
#define LANGUAGE_MODEL_TRAINER_H

#include "base/buf.h"
#include "language/model/parallel.h"
#include "language/model/pass.h"
#include "language/model/stream.h"

enum {
    TRAINER_SHARDS = 4,
    TRAINER_CHUNKS = 16,      /* of the weights, when gradients are added and taken in */
    TRAINER_CURVE_MAX = 100,  /* points of the loss curve */
    TRAINER_STEPS_MAX = 10000000,
};

struct trainer_plan {
    struct net_size size;
    uint64_t seed;
    size_t steps;
    size_t sequences; /* in a batch: a multiple of TRAINER_SHARDS */
    float rate;       /* the highest; falls along a cosine to a twentieth */
};

struct trainer {
    struct trainer_plan plan;
    const struct kernel *kernel;
    struct stream stream;
    struct net net;
    size_t step; /* how many are done */
    double loss; /* of the last step */
    int64_t spent_ms; /* the caller's: how long it took so far; saved, and changes nothing */
    float curve[TRAINER_CURVE_MAX]; /* mean loss of each hundredth of the steps */
    float *first, *second, *gradient, *shards[TRAINER_SHARDS];
    struct pass passes[PARALLEL_MAX];
    uint16_t *tokens;
    double shard_loss[TRAINER_SHARDS], chunk_squares[TRAINER_CHUNKS];
};

/* INVALID: an impossible plan. LIMIT: the arena is full. */
MUST_USE enum status trainer_create(struct arena *arena, const struct kernel *kernel, const struct trainer_plan *plan,
                                    const struct stream *stream, size_t workers, struct trainer **ret_trainer);
/* One step. The workers are at most those it was made for. */
void trainer_step(struct trainer *trainer, const struct parallel *parallel);
bool trainer_is_done(const struct trainer *trainer);

/* All that goes on later: with a checksum at its end. */
void trainer_save(const struct trainer *trainer, struct buf *out);
size_t trainer_saved_size(const struct trainer *trainer);
/* Goes on from what was saved. CORRUPT: its bytes were changed or cut. CONFLICT: of another plan or version. */
MUST_USE enum status trainer_resume(struct trainer *trainer, struct str saved);

#endif
