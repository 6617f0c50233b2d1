#include "role/model_asking.h"

#include "os/clock.h"

enum { SLICE_MS = 250, SEEN_STEPS = 50, PLACES = 64, SEEN_WEIGHT = 8 };

static enum status make_speakers(struct arena *arena, struct model_asking *asking, size_t threads)
{
    for (size_t i = 0; i < threads; i++)
        TRY(speaker_create(arena, kernel_best(), asking->model, &asking->speakers[i]));
    asking->parallel = (struct parallel){.workers = threads, .run = pool_run};
    TRY(pool_create(threads, &asking->pool));
    asking->parallel.pool = asking->pool;
    return OK;
}

static void choose(struct model_asking *asking, size_t every)
{
    for (size_t i = 0; i < asking->table->count; i++)
        asking->is_wanted[i] = i % every == 0;
    for (size_t rank = 0; rank < asking->world.count; rank++)
        asking->is_wanted[asking->world.communes[rank]] = true;
}

enum status model_asking_begin(struct arena *arena, const struct model *model, const struct table *table,
                               size_t threads, size_t every, struct model_asking **ret_asking)
{
    struct model_asking *asking = arena_new(arena, struct model_asking);
    const struct model_making *making = &model->making;
    if (asking == NULL)
        return LIMIT;
    *asking = (struct model_asking){.model = model, .table = table};
    TRY(world_create(arena, table, making->extent, making->department, &asking->world));
    asking->stream = (struct stream){.kind = making->kind, .world = &asking->world, .pieces = &model->pieces,
                                     .seed = making->seed, .context = model->net.size.context};
    asking->answers = arena_array(arena, struct measure_answer, table->count);
    asking->is_wanted = arena_array(arena, uint8_t, table->count);
    asking->seen = arena_array(arena, uint32_t, table->count);
    asking->by_rank = arena_array(arena, uint32_t, asking->world.count);
    if (!asking->answers || !asking->is_wanted || !asking->seen || !asking->by_rank)
        return LIMIT;
    choose(asking, every);
    TRY(make_speakers(arena, asking, threads));
    *ret_asking = asking;
    return OK;
}

static void draw_again(struct model_asking *asking)
{
    uint64_t steps = asking->model->making.steps, to = asking->step + SEEN_STEPS;
    to = to < steps ? to : steps;
    measure_seen(&asking->stream, asking->step, to, asking->model->making.sequences, asking->by_rank);
    asking->step = to;
}

static void ask_some(struct model_asking *asking)
{
    size_t count = asking->table->count, to = asking->place + PLACES < count ? asking->place + PLACES : count;
    struct measure_work work = {.table = asking->table, .speakers = asking->speakers, .answers = asking->answers,
                                .is_wanted = asking->is_wanted, .from = asking->place, .to = to};
    measure_run(&work, &asking->parallel);
    asking->place = to;
}

bool model_asking_go(struct model_asking *asking)
{
    int64_t until = clock_monotonic_ms() + SLICE_MS;
    while (clock_monotonic_ms() < until) {
        if (asking->step < asking->model->making.steps)
            draw_again(asking);
        else if (asking->place < asking->table->count)
            ask_some(asking);
        else
            return false;
    }
    return true;
}

void model_asking_progress(const struct model_asking *asking, int64_t *ret_done, int64_t *ret_total)
{
    *ret_done = (int64_t)(asking->step / SEEN_WEIGHT + asking->place);
    *ret_total = (int64_t)(asking->model->making.steps / SEEN_WEIGHT + asking->table->count);
}

void model_asking_end(struct model_asking *asking, struct measure *ret_measure)
{
    for (size_t rank = 0; rank < asking->world.count; rank++)
        asking->seen[asking->world.communes[rank]] = asking->by_rank[rank];
    measure_sum(asking->table, asking->answers, asking->seen, ret_measure);
    pool_destroy(asking->pool);
    asking->pool = NULL;
}
