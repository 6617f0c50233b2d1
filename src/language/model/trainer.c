#include "language/model/trainer.h"

#include <math.h>

static const float BETA1 = 0.9F, BETA2 = 0.99F, DECAY = 0.01F, CLIP = 1.0F;

/* ---- memory ---- */

static bool is_possible(const struct trainer_plan *plan)
{
    return net_is_possible(&plan->size) && plan->steps > 0 && plan->steps <= TRAINER_STEPS_MAX &&
           plan->sequences > 0 && plan->sequences % TRAINER_SHARDS == 0 &&
           plan->sequences / TRAINER_SHARDS <= PASS_SEQUENCES_MAX && plan->rate > 0 && plan->rate < 1;
}

static enum status make_memory(struct arena *arena, struct trainer *trainer, size_t workers)
{
    const struct trainer_plan *plan = &trainer->plan;
    size_t count = trainer->net.count;
    trainer->first = net_floats(arena, count);
    trainer->second = net_floats(arena, count);
    trainer->gradient = net_floats(arena, count);
    trainer->tokens = arena_array(arena, uint16_t, plan->sequences * (plan->size.context + 1));
    if (!trainer->first || !trainer->second || !trainer->gradient || !trainer->tokens)
        return LIMIT;
    for (size_t i = 0; i < TRAINER_SHARDS; i++) {
        trainer->shards[i] = net_floats(arena, count);
        if (trainer->shards[i] == NULL)
            return LIMIT;
    }
    for (size_t i = 0; i < workers; i++)
        TRY(pass_create(arena, trainer->kernel, &plan->size, plan->sequences / TRAINER_SHARDS, &trainer->passes[i]));
    return OK;
}

enum status trainer_create(struct arena *arena, const struct kernel *kernel, const struct trainer_plan *plan,
                           const struct stream *stream, size_t workers, struct trainer **ret_trainer)
{
    if (!is_possible(plan) || workers == 0 || workers > PARALLEL_MAX || stream->context != plan->size.context ||
        stream->pieces->count != plan->size.vocabulary)
        return INVALID;
    struct trainer *trainer = arena_new(arena, struct trainer);
    if (trainer == NULL)
        return LIMIT;
    trainer->plan = *plan;
    trainer->kernel = kernel;
    trainer->stream = *stream;
    TRY(net_create(arena, &plan->size, &trainer->net));
    TRY(make_memory(arena, trainer, workers));
    net_begin(&trainer->net, plan->seed);
    *ret_trainer = trainer;
    return OK;
}

/* ---- a step ---- */

static void run_shard(void *with, size_t number, size_t worker)
{
    struct trainer *trainer = with;
    size_t context = trainer->plan.size.context, all = trainer->plan.sequences, own = all / TRAINER_SHARDS;
    uint16_t *tokens = trainer->tokens + number * own * (context + 1);
    for (size_t i = 0; i < own; i++)
        stream_fill(&trainer->stream, trainer->step, number * own + i, tokens + i * (context + 1), NULL);
    trainer->shard_loss[number] =
        pass_run(&trainer->passes[worker], &trainer->net, tokens, all * context, trainer->shards[number]);
}

static size_t chunk_begin(const struct trainer *trainer, size_t number)
{
    size_t lanes = trainer->net.count / KERNEL_LANES;
    return lanes * number / TRAINER_CHUNKS * KERNEL_LANES;
}

static void add_chunk(void *with, size_t number, size_t worker)
{
    struct trainer *trainer = with;
    (void)worker;
    trainer->chunk_squares[number] =
        trainer->kernel->reduce(trainer->gradient, (const float *const *)trainer->shards, TRAINER_SHARDS,
                                chunk_begin(trainer, number), chunk_begin(trainer, number + 1));
}

/* Up over the first hundredth (at least 10 steps, at most 200), then along a cosine down to a twentieth. */
static float rate_at(const struct trainer_plan *plan, size_t step)
{
    size_t rise = plan->steps / 100 < 10 ? 10 : plan->steps / 100 > 200 ? 200 : plan->steps / 100;
    if (step < rise)
        return plan->rate * (float)(step + 1) / (float)rise;
    double along = plan->steps > rise ? (double)(step - rise) / (double)(plan->steps - rise) : 1;
    return plan->rate * (float)(0.05 + 0.95 * 0.5 * (1 + cos(3.14159265358979323846 * along)));
}

static float clip(const struct trainer *trainer)
{
    double squares = 0;
    for (size_t i = 0; i < TRAINER_CHUNKS; i++)
        squares += trainer->chunk_squares[i];
    double length = sqrt(squares);
    return length > (double)CLIP ? (float)((double)CLIP / length) : 1.0F;
}

static void take_chunk(void *with, size_t number, size_t worker)
{
    struct trainer *trainer = with;
    double done = (double)(trainer->step + 1);
    (void)worker;
    struct kernel_adam adam = {.weight = trainer->net.weight, .first = trainer->first, .second = trainer->second,
                               .gradient = trainer->gradient, .rate = rate_at(&trainer->plan, trainer->step),
                               .decay = DECAY, .scale = clip(trainer), .beta1 = BETA1, .beta2 = BETA2,
                               .correct1 = (float)(1 / (1 - pow((double)BETA1, done))),
                               .correct2 = (float)(1 / (1 - pow((double)BETA2, done)))};
    trainer->kernel->adam(&adam, chunk_begin(trainer, number), chunk_begin(trainer, number + 1));
}

/* A point of the curve is the mean over its hundredth of the steps. */
static void note_loss(struct trainer *trainer)
{
    size_t steps = trainer->plan.steps, point = trainer->step * TRAINER_CURVE_MAX / steps;
    size_t begin = (point * steps + TRAINER_CURVE_MAX - 1) / TRAINER_CURVE_MAX;
    float before = (float)(trainer->step - begin);
    trainer->loss = 0;
    for (size_t i = 0; i < TRAINER_SHARDS; i++)
        trainer->loss += trainer->shard_loss[i];
    trainer->curve[point] = (trainer->curve[point] * before + (float)trainer->loss) / (before + 1);
}

void trainer_step(struct trainer *trainer, const struct parallel *parallel)
{
    REQUIRE(!trainer_is_done(trainer));
    parallel_run(parallel, TRAINER_SHARDS, run_shard, trainer);
    parallel_run(parallel, TRAINER_CHUNKS, add_chunk, trainer);
    parallel_run(parallel, TRAINER_CHUNKS, take_chunk, trainer);
    note_loss(trainer);
    trainer->step++;
}

bool trainer_is_done(const struct trainer *trainer)
{
    return trainer->step >= trainer->plan.steps;
}
