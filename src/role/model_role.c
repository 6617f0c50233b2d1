#include "role/model_role.h"

#include <signal.h>
#include <stdlib.h>

#include "core/house_ask.h"
#include "language/model/trainer.h"
#include "os/clock.h"
#include "os/log.h"
#include "os/pool.h"
#include "os/process.h"
#include "role/askers.h"
#include "role/model_line.h"
#include "role/model_talks.h"
#include "role/model_training.h"

enum {
    BASE_ARENA = 16 << 20,
    LINES_MAX = TRAINING_ASKED_MAX * (MODEL_RESULT_MAX + 4096),
};

/* A town as the role keeps it. */
struct town {
    struct model_town wants;
    struct model_talker talker;
};

struct model_role {
    struct loop *loop;
    struct askers askers;
    struct arena *always, *job; /* job: of the training at work */
    struct model_base base;
    struct pool *pool;
    struct parallel parallel;
    struct model_talks talks;
    struct model_line line;
    struct model_training *training; /* NULL: none at work */
    struct training_job job_at_work;
    int64_t begun_ms;
    double step_ms; /* what a step takes here, with its part of the rest; 0: not known yet */
};

/* ---- the training at work ---- */

static void stop_training(struct model_role *role)
{
    arena_destroy(&role->job);
    role->training = NULL;
    process_trim();
}

/* The first of the line has changed, or nobody wants it any more. */
static void follow_line(struct model_role *role)
{
    const struct training_job *first = model_line_first(&role->line);
    if (role->training != NULL && (first == NULL || !model_line_same(first, &role->job_at_work)))
        stop_training(role);
    if (role->training != NULL || first == NULL)
        return;
    role->job = arena_create(MODEL_TRAINING_ARENA);
    role->job_at_work = *first;
    role->begun_ms = clock_monotonic_ms();
    enum status done = model_training_create(role->job, &role->base, first, role->parallel.workers, &role->training);
    if (done == OK)
        return;
    LOG(LOG_ERROR_LEVEL, "model", "not_begun", LOG_TEXT("status", str_of(status_name(done))));
    model_line_end(&role->line, NULL, NULL);
    stop_training(role);
}

static void end_training(struct model_role *role, enum status done)
{
    struct buf lines BUF_SCOPE = BUF_INIT(MODEL_RESULT_MAX);
    struct training_state state;
    if (done == NOT_FOUND) {
        model_training_state(role->training, role->job, &state);
        model_training_answers(role->training, &lines);
        done = buf_status(&lines);
    }
    if (done != OK)
        LOG(LOG_ERROR_LEVEL, "model", "broken_off", LOG_TEXT("status", str_of(status_name(done))));
    model_line_end(&role->line, done == OK ? &lines : NULL, &state);
    stop_training(role);
}

static void note_pace(struct model_role *role)
{
    enum { ENOUGH = 10 };
    double steps = model_training_share(role->training) * (double)training_steps(&role->job_at_work);
    if (steps >= ENOUGH)
        role->step_ms = (double)(clock_monotonic_ms() - role->begun_ms) / steps;
}

/* A slice between two looks at the channels. True: there is more. */
static bool before_wait(void *with)
{
    struct model_role *role = with;
    if (model_talks_go(&role->talks, clock_monotonic_ms()))
        return true;
    follow_line(role);
    if (role->training == NULL)
        return false;
    enum status done = model_training_go(role->training, &role->parallel);
    note_pace(role);
    if (done != OK)
        end_training(role, done);
    return model_line_first(&role->line) != NULL;
}

/* ---- answers ---- */

static double steps_left(const struct model_role *role, const struct training_job *job)
{
    bool is_at_work = role->training != NULL && model_line_same(job, &role->job_at_work);
    double share = is_at_work ? model_training_share(role->training) : 0;
    return (1 - share) * (double)training_steps(job);
}

/* Its own, and of those before it. */
static int64_t seconds_left(const struct model_role *role, size_t place)
{
    double steps = 0;
    for (size_t i = 0; i < place; i++)
        steps += steps_left(role, &role->line.jobs[i]);
    return role->step_ms > 0 ? (int64_t)(steps * role->step_ms / 1000) + 1 : -1;
}

static void add_state(const struct model_role *role, struct arena *arena, const struct training_job *job,
                      struct buf *lines)
{
    char name[TRAINING_NAME_MAX];
    struct training_state state = {.stage = TRAINING_UNKNOWN, .steps = (int64_t)training_steps(job), .seconds = -1,
                                   .curve = STR("")};
    const struct model_result *kept = model_line_kept(&role->line, job);
    size_t place = model_line_place(&role->line, job);
    if (kept != NULL) {
        state = kept->state;
        state.count = (int64_t)role->base.table.count;
    } else if (place > 0) {
        if (role->training != NULL && model_line_same(job, &role->job_at_work))
            model_training_state(role->training, arena, &state);
        else
            state.stage = TRAINING_WAITS;
        state.place = (int64_t)place;
        state.seconds = seconds_left(role, place);
    }
    training_name(job, name);
    state.name = str_of(name);
    house_line_add(lines, &training_state_shape, &state);
    if (kept != NULL)
        buf_add(lines, buf_str(&kept->lines));
}

static enum status add_states(const struct model_role *role, struct arena *arena, struct str names, struct buf *lines)
{
    for (int i = 0; i < TRAINING_ASKED_MAX && !str_is_absent(names); i++) {
        struct training_job job;
        TRY(training_read(str_cut(&names, ' '), &job));
        add_state(role, arena, &job, lines);
    }
    return str_is_absent(names) ? buf_status(lines) : LIMIT;
}

/* A name, and perhaps the number of who asks. */
static enum status begin(struct model_role *role, struct town *town, struct str name, struct str number,
                         enum text_key *ret_sentence)
{
    struct training_job job;
    uint64_t asker = 0;
    TRY(training_read(name, &job));
    if (!str_is_absent(number))
        TRY(str_to_u64(number, UINT64_MAX, &asker));
    if (job.diet.chosen >= role->base.table.count)
        return NOT_FOUND;
    enum status done = model_line_want(&role->line, &town->wants, &job, asker);
    if (done == CONFLICT)
        *ret_sentence = T_games_feed_network_many;
    if (done == LIMIT)
        *ret_sentence = T_games_feed_too_many;
    if (done == BUSY)
        *ret_sentence = T_games_feed_full;
    return done == LIMIT || done == CONFLICT ? BUSY : done;
}

/* ---- towns ---- */

static void answer_talk(void *asker, int64_t handle, enum status status, struct buf *lines)
{
    const struct askers_reply reply = {.status = status, .lines = lines};
    if (status != OK)
        LOG(LOG_ERROR_LEVEL, "model", "cannot_talk", LOG_TEXT("status", str_of(status_name(status))));
    askers_answer(asker, handle, &reply);
}

static bool answer(void *with, void *of, struct arena *arena, const struct message_house_ask *ask,
                   struct askers_reply *reply)
{
    struct model_role *role = with;
    struct town *town = of;
    bool waits = false;
    struct str number = ask->words, names = ask->kind == HOUSE_TRAIN ? str_cut(&number, ' ') : ask->words;
    if (ask->kind == HOUSE_TALK)
        reply->status = model_talks_ask(&role->talks, &town->talker, ask->handle, ask->words, clock_monotonic_ms(),
                                        reply->lines, &waits);
    else if (ask->kind == HOUSE_TRAIN)
        reply->status = begin(role, town, names, number, &reply->sentence);
    if (ask->kind != HOUSE_TALK && reply->status == OK)
        reply->status = add_states(role, arena, names, reply->lines);
    return !waits;
}

static void *join(void *with, struct asker *asker)
{
    struct model_role *role = with;
    struct town *town = calloc(1, sizeof *town);
    REQUIRE(town != NULL);
    town->talker.whom = asker;
    model_line_join(&role->line, &town->wants);
    return town;
}

static void leave(void *with, void *of)
{
    struct model_role *role = with;
    struct town *town = of;
    model_talks_leave(&role->talks, &town->talker);
    model_line_leave(&role->line, &town->wants);
    free(town);
}

static int64_t work(const void *with)
{
    const struct model_role *role = with;
    return (int64_t)(role->line.count + role->talks.count);
}

static const struct askers_calls calls = {.name = "model", .lines_max = LINES_MAX, .is_mine = house_ask_is_of_model,
                                          .join = join, .leave = leave, .answer = answer, .work = work};

static enum status open_role(struct model_role *role, const struct model_role_start *start)
{
    size_t spare = pool_processors() > 1 ? pool_processors() - 1 : 1; /* one is left to the mail */
    size_t workers = start->threads > 0 ? start->threads : spare < TRAINER_SHARDS ? spare : TRAINER_SHARDS;
    TRY(model_base_create(role->always, &role->base));
    role->base.steps_most = start->steps_most;
    TRY(pool_create(workers, &role->pool));
    role->parallel = (struct parallel){.workers = workers, .run = pool_run, .pool = role->pool};
    return askers_open(&role->askers, start->parent_socket);
}

int model_role_run(const struct model_role_start *start)
{
    struct model_role role = {.loop = loop_create(), .always = arena_create(BASE_ARENA)};
    role.askers = (struct askers){.calls = &calls, .role = &role, .loop = role.loop};
    role.talks.answer = answer_talk;
    process_ignore(SIGINT);
    enum status done = open_role(&role, start);
    if (done != OK)
        LOG(LOG_ERROR_LEVEL, "model", "not_open", LOG_TEXT("status", str_of(status_name(done))));
    if (done == OK)
        loop_run(role.loop, before_wait, &role);
    askers_close(&role.askers);
    pool_destroy(role.pool);
    arena_destroy(&role.job);
    model_talks_finish(&role.talks);
    model_line_finish(&role.line);
    loop_destroy(role.loop);
    arena_destroy(&role.always);
    return done != OK;
}
