/* The verb `model feed`: the small model made anew on the diets whose results come with the program, and what it then
 * says of each commune. The data is that of the shipped nano. */
#include "core/house_ask.h"
#include "language/model/measure.h"
#include "language/model/shipped.h"
#include "language/model/trainer.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/pool.h"
#include "role/model_data.h"
#include "role/model_training.h"
#include "role/model_verb.h"
#include "service/games/deck.h"

enum { SLICE_MS = 250, LINES_MAX = 1 << 20, DONE_MAX = 1000 };

/* Little of the web, all of it; the large towns alone; each as often, for a short and for a long time. */
static const char *const names[] = {"web.1.short", "web.1", "large.1", "equal.1.short", "equal.1"};
enum { TRAININGS = sizeof names / sizeof names[0] };

struct feeding {
    struct model_base base;
    struct deck deck;
    struct pool *pool;
    struct parallel parallel;
    struct str trainings[TRAININGS];
    size_t count;
    struct arena *arena; /* of the training on its way */
    struct model_training *training;
    size_t at;
    struct buf rows;
    char hash[MODEL_HASH_TEXT];
};

static enum status next_training(struct feeding *feeding)
{
    struct training_job job;
    TRY(training_read(feeding->trainings[feeding->at], &job));
    feeding->arena = arena_create(MODEL_TRAINING_ARENA);
    if (feeding->arena == NULL)
        return LIMIT;
    return model_training_create(feeding->arena, &feeding->base, &job, feeding->parallel.workers, &feeding->training);
}

enum status model_feed_begin(struct ctx *ctx, struct verb_call *call)
{
    struct shipped_model nano;
    struct feeding *feeding = arena_new(call->always, struct feeding);
    struct training_job job;
    struct str only = verb_option(call, "--training");
    if (feeding == NULL)
        return LIMIT;
    *feeding = (struct feeding){.rows = {.max = LINES_MAX}};
    if (!str_is_absent(only) && training_read(only, &job) != OK)
        return refuse(ctx, INVALID, "model.training", T_model_training);
    feeding->count = str_is_absent(only) ? TRAININGS : 1;
    for (size_t i = 0; i < feeding->count; i++)
        feeding->trainings[i] = str_is_absent(only) ? str_of(names[i]) : only;
    pool_give_way();
    TRY(model_base_create(call->always, &feeding->base));
    TRY(shipped_model(STR("nano"), &nano));
    TRY(deck_read(call->always, nano.deck, &feeding->deck));
    model_data_hash(nano.file, feeding->hash);
    feeding->base.steps_most = (size_t)model_data_number(call, "--steps", 1, TRAINING_STEPS, 0);
    size_t threads = model_data_threads(call, TRAINER_SHARDS);
    TRY(pool_create(threads, &feeding->pool));
    feeding->parallel = (struct parallel){.workers = threads, .run = pool_run, .pool = feeding->pool};
    *call->kept = feeding;
    return next_training(feeding);
}

/* ---- what came of one ---- */

static const char *verdict_of(const struct training_answer *answer, enum measure_field field)
{
    return measure_verdict_word((enum measure_verdict)(answer->verdicts >> (4 * (int)field) & 0x7));
}

static enum status take_answers(struct feeding *feeding)
{
    struct buf lines BUF_SCOPE = BUF_INIT(LINES_MAX);
    struct training_answer answer;
    model_training_answers(feeding->training, &lines);
    TRY(buf_status(&lines));
    struct str rest = buf_str(&lines);
    for (size_t i = 0; i < feeding->deck.count; i++) {
        TRY(house_line_take(feeding->arena, &rest, &training_answer_shape, &answer));
        buf_add_format(&feeding->rows, "%.*s;%.*s;%lld;\"%.*s\";%s;%s;%s\n",
                       STR_ARG(feeding->trainings[feeding->at]), STR_ARG(feeding->deck.cards[i].code),
                       (long long)answer.seen, STR_ARG(answer.said),
                       verdict_of(&answer, MEASURE_DEPARTMENT), verdict_of(&answer, MEASURE_POSTAL_CODE),
                       verdict_of(&answer, MEASURE_POPULATION));
    }
    arena_destroy(&feeding->arena);
    feeding->training = NULL;
    return buf_status(&feeding->rows);
}

enum status model_feed_go(struct ctx *ctx, struct verb_call *call)
{
    struct feeding *feeding = *call->kept;
    int64_t until = clock_monotonic_ms() + SLICE_MS;
    enum status done = OK;
    (void)ctx;
    if (feeding->training == NULL)
        TRY(next_training(feeding));
    while (done == OK && clock_monotonic_ms() < until)
        done = model_training_go(feeding->training, &feeding->parallel);
    if (done != OK && done != NOT_FOUND)
        return done;
    call->total = (int64_t)feeding->count * DONE_MAX;
    call->done = (int64_t)feeding->at * DONE_MAX + (int64_t)(model_training_share(feeding->training) * DONE_MAX);
    if (done == NOT_FOUND) {
        TRY(take_answers(feeding));
        feeding->at++;
    }
    if (feeding->at < feeding->count)
        call->next--;
    return OK;
}

enum status model_feed_end(struct ctx *ctx, struct verb_call *call)
{
    struct feeding *feeding = *call->kept;
    struct buf out BUF_SCOPE = BUF_INIT(MODEL_DATA_MAX);
    const char *path = model_data_path(ctx, verb_argument(call, 0));
    pool_destroy(feeding->pool);
    buf_add_format(&out, "model;nano;sha256;%s\ntraining;code;seen;said;department_verdict;postal_code_verdict;"
                         "population_verdict\n", feeding->hash);
    buf_add(&out, buf_str(&feeding->rows));
    buf_finish(&feeding->rows);
    TRY(buf_status(&out));
    TRY(path == NULL ? LIMIT : file_replace(path, buf_str(&out)));
    buf_add_format(call->out, "%zu trainings of %zu communes each\n", feeding->count, feeding->deck.count);
    return OK;
}
