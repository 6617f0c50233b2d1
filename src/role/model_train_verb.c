#include "language/model/trainer.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/pool.h"
#include "role/model_asking.h"
#include "role/model_card.h"
#include "role/model_verb.h"

enum {
    SLICE_MS = 250,
    SAVE_EVERY_MS = 60 * 1000,
    SAMPLE = 16,           /* of the communes never shown, for the card */
    SAVED_MAX = 900 << 20,
    CARD_MAX = 64 << 10,
    CORPUS_MAX = 16 << 20,
    SCRATCH = 64 << 20,
};

/* What is trained by one name. */
struct recipe {
    const char *name;
    enum stream_kind kind;
    enum world_extent extent;
    struct net_size size;  /* vocabulary 0: characters */
    size_t sequences, steps;
    float rate;
};

static const struct recipe recipes[] = {
    {"nano", STREAM_LINES, WORLD_DEPARTMENT,
     {.width = 64, .layers = 2, .heads = 2, .hidden = 192, .context = 128}, 8, 1600, 4e-3F},
    {"petit", STREAM_LINES, WORLD_REGION,
     {.vocabulary = 1024, .width = 128, .layers = 4, .heads = 4, .hidden = 384, .context = 64}, 16, 5000, 3e-3F},
    {"moyen", STREAM_TURNS_REFUSING, WORLD_REGION,
     {.vocabulary = 1024, .width = 192, .layers = 5, .heads = 6, .hidden = 512, .context = 128}, 8, 12000, 2e-3F},
    {"moyen-sans-refus", STREAM_TURNS, WORLD_REGION,
     {.vocabulary = 1024, .width = 192, .layers = 5, .heads = 6, .hidden = 512, .context = 128}, 8, 12000, 2e-3F},
};

struct training {
    const struct recipe *recipe;
    struct model_data *data;
    struct world world;
    struct stream stream;
    struct model model;
    struct trainer *trainer;
    struct pool *pool;
    struct parallel parallel;
    struct model_asking *asking;
    int64_t begun_ms, before_ms, saved_ms, begun_uj, ended_uj; /* before: spent before it was broken off */
    size_t resumed_from, threads;
    struct buf file; /* once it is trained */
};

/* ---- what the words ask for ---- */

static const struct recipe *recipe_named(struct str name)
{
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++)
        if (str_eq(name, str_of(recipes[i].name)))
            return &recipes[i];
    return NULL;
}

/* What the processor has used so far, where the kernel says so (RAPL, package 0); -1 where it does not. */
static int64_t microjoules(void)
{
    struct buf text BUF_SCOPE = BUF_INIT(4096);
    uint64_t number;
    if (file_read_all("/sys/class/powercap/intel-rapl:0/energy_uj", &text) != OK ||
        str_to_u64(str_trim(buf_str(&text)), INT64_MAX, &number) != OK)
        return -1;
    return (int64_t)number;
}

/* ---- beginning ---- */

static enum status make_pieces(struct verb_call *call, struct training *training)
{
    struct buf corpus BUF_SCOPE = BUF_INIT(CORPUS_MAX);
    struct arena *scratch ARENA_SCOPE = arena_create(SCRATCH);
    struct pieces learnt;
    size_t wanted = training->recipe->size.vocabulary;
    stream_corpus(&training->stream, &corpus);
    TRY(buf_status(&corpus));
    if (wanted == 0)
        return pieces_of_characters(call->always, buf_str(&corpus), &training->model.pieces);
    TRY(pieces_learn(scratch, buf_str(&corpus), wanted, &learnt));
    return pieces_of_list(call->always, learnt.texts, learnt.count, &training->model.pieces);
}

static enum status make_world(struct ctx *ctx, struct verb_call *call, struct training *training)
{
    const struct recipe *recipe = training->recipe;
    struct str department = verb_option(call, "--department");
    if (str_is_absent(department))
        department = STR("45");
    training->model.making = (struct model_making){
        .name = str_of(recipe->name), .kind = recipe->kind, .extent = recipe->extent, .department = department,
        .data = str_of(training->data->hash), .seed = model_data_number(call, "--seed", 1, INT64_MAX, 1),
        .steps = model_data_number(call, "--steps", 1, TRAINER_STEPS_MAX, recipe->steps),
        .sequences = recipe->sequences};
    enum status done = world_create(call->always, &training->data->table, recipe->extent, department,
                                    &training->world);
    if (done == NOT_FOUND)
        return refuse(ctx, NOT_FOUND, "model.department", T_model_department);
    TRY(done);
    training->stream = (struct stream){.kind = recipe->kind, .world = &training->world,
                                       .pieces = &training->model.pieces, .seed = training->model.making.seed,
                                       .context = recipe->size.context};
    return make_pieces(call, training);
}

static enum status make_trainer(struct verb_call *call, struct training *training)
{
    const struct model_making *making = &training->model.making;
    struct trainer_plan plan = {.size = training->recipe->size, .seed = making->seed, .steps = making->steps,
                                .sequences = making->sequences, .rate = training->recipe->rate};
    plan.size.vocabulary = training->model.pieces.count;
    TRY(pool_create(training->threads, &training->pool));
    training->parallel = (struct parallel){.workers = training->threads, .run = pool_run, .pool = training->pool};
    TRY(trainer_create(call->always, kernel_best(), &plan, &training->stream, training->threads,
                       &training->trainer));
    training->model.net = training->trainer->net;
    return OK;
}

static const char *saved_path(struct ctx *ctx, const struct verb_call *call)
{
    struct str path = str_format(ctx->arena, "%.*s.part", STR_ARG(verb_argument(call, 1)));
    return path.len < FILE_PATH_MAX ? path.at : NULL;
}

/* Goes on where one of the same plan was broken off. */
static enum status resume(struct ctx *ctx, struct verb_call *call, struct training *training)
{
    const char *path = saved_path(ctx, call);
    struct buf saved BUF_SCOPE = BUF_INIT(SAVED_MAX);
    if (path == NULL)
        return LIMIT;
    enum status done = file_read_all(path, &saved);
    if (done == NOT_FOUND)
        return OK;
    TRY(done);
    if (trainer_resume(training->trainer, buf_str(&saved)) != OK)
        return refuse_with(ctx, CONFLICT, "model.part", T_model_part, "%s", path);
    training->resumed_from = training->trainer->step;
    training->before_ms = training->trainer->spent_ms;
    return OK;
}

enum status model_train_begin(struct ctx *ctx, struct verb_call *call)
{
    struct training *training = arena_new(call->always, struct training);
    if (training == NULL)
        return LIMIT;
    training->recipe = recipe_named(verb_argument(call, 0));
    if (training->recipe == NULL)
        return refuse(ctx, INVALID, "model.name", T_model_name);
    pool_give_way();
    training->threads = model_data_threads(call, TRAINER_SHARDS);
    TRY(model_data_read(ctx, call, &training->data));
    training->begun_ms = training->saved_ms = clock_monotonic_ms();
    TRY(make_world(ctx, call, training));
    TRY(make_trainer(call, training));
    TRY(resume(ctx, call, training));
    training->begun_uj = microjoules();
    *call->kept = training;
    return OK;
}

/* ---- going on ---- */

static void note_time(struct training *training)
{
    training->trainer->spent_ms = training->before_ms + clock_monotonic_ms() - training->begun_ms;
}

static enum status save(struct ctx *ctx, struct verb_call *call, struct training *training)
{
    struct buf saved BUF_SCOPE = BUF_INIT(SAVED_MAX);
    const char *path = saved_path(ctx, call);
    note_time(training);
    trainer_save(training->trainer, &saved);
    TRY(buf_status(&saved));
    training->saved_ms = clock_monotonic_ms();
    return path == NULL ? LIMIT : file_replace(path, buf_str(&saved));
}

/* What is measured is what the file holds, rounded weights and all. */
static enum status make_file(struct verb_call *call, struct training *training)
{
    struct str type = verb_option(call, "--type");
    training->file = BUF_INIT(MODEL_FILE_MAX);
    model_write(&training->model, model_card_type_named(type, GGUF_F32), &training->file);
    TRY(buf_status(&training->file));
    return model_read(call->always, buf_str(&training->file), &training->model);
}

enum status model_train_go(struct ctx *ctx, struct verb_call *call)
{
    struct training *training = *call->kept;
    int64_t until = clock_monotonic_ms() + SLICE_MS;
    while (!trainer_is_done(training->trainer) && clock_monotonic_ms() < until)
        trainer_step(training->trainer, &training->parallel);
    call->done = (int64_t)(training->trainer->step - training->resumed_from);
    call->total = (int64_t)(training->model.making.steps - training->resumed_from);
    if (!trainer_is_done(training->trainer)) {
        call->next--;
        return clock_monotonic_ms() - training->saved_ms >= SAVE_EVERY_MS ? save(ctx, call, training) : OK;
    }
    note_time(training);
    training->ended_uj = microjoules();
    pool_destroy(training->pool);
    TRY(make_file(call, training));
    return model_asking_begin(call->always, &training->model, &training->data->table, training->threads, SAMPLE,
                              &training->asking);
}

enum status model_train_measure(struct ctx *ctx, struct verb_call *call)
{
    struct training *training = *call->kept;
    (void)ctx;
    if (model_asking_go(training->asking))
        call->next--;
    model_asking_progress(training->asking, &call->done, &call->total);
    return OK;
}

/* ---- ending ---- */

static enum status write_card(struct ctx *ctx, struct verb_call *call, const struct training *training,
                              struct str file, const struct measure *measure)
{
    char hash[MODEL_HASH_TEXT];
    struct buf out BUF_SCOPE = BUF_INIT(CARD_MAX);
    struct str path = str_format(ctx->arena, "%.*s.json", STR_ARG(verb_argument(call, 1)));
    bool is_read = training->begun_uj >= 0 && training->ended_uj >= training->begun_uj && training->resumed_from == 0;
    model_data_hash(file, hash);
    struct model_card card = {.model = &training->model, .data = training->data, .measure = measure, .hash = hash,
                              .bytes = file.len, .communes = training->world.count,
                              .resumed_from = training->resumed_from, .threads = training->threads,
                              .milliseconds = training->trainer->spent_ms,
                              .microjoules = is_read ? training->ended_uj - training->begun_uj : -1,
                              .curve = training->trainer->curve, .curve_count = TRAINER_CURVE_MAX};
    model_card_write(&card, &out);
    TRY(buf_status(&out));
    TRY(file_replace(path.at, buf_str(&out)));
    buf_add_format(call->out, "%.*s: %zu weights, %llu steps in %.1f s, loss %.3f, SHA-256 %s\n",
                   STR_ARG(training->model.making.name), training->model.net.count,
                   (unsigned long long)training->model.making.steps, (double)card.milliseconds / 1000,
                   training->trainer->loss, hash);
    model_card_lines(measure, call->out);
    return OK;
}

enum status model_train_end(struct ctx *ctx, struct verb_call *call)
{
    struct training *training = *call->kept;
    struct measure measure;
    struct str file = buf_str(&training->file);
    const char *path = model_data_path(ctx, verb_argument(call, 1)), *saved = saved_path(ctx, call);
    if (path == NULL || saved == NULL)
        return LIMIT;
    model_asking_end(training->asking, &measure);
    TRY(file_replace(path, file));
    TRY(write_card(ctx, call, training, file, &measure));
    buf_finish(&training->file);
    enum status removed = file_remove(saved);
    return removed == NOT_FOUND ? OK : removed;
}
