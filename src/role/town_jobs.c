/* Jobs of the services: each step is a job of a turn, so that requests come between two of them. */
#include <stdlib.h>

#include "core/service.h"
#include "os/clock.h"
#include "os/log.h"
#include "role/house_search.h"
#include "role/town_role.h"

enum {
    JOBS_MAX = 64,
    FIRST_MS = 60 * 1000,
    APART_MS = 5 * 1000,
    STEP_MS = 20,
    FOLLOW_MS = 500,        /* after a commit: what comes meanwhile is followed in one step, at a third of the cost */
    FOLLOW_BUSY_MS = 20,    /* while a turn is open */
    FOLLOW_EASY = 3,        /* while requests come: so many times the length of a step lie between two, */
    FOLLOW_STORM = 19,      /* or so many where commits take more than a fifth of the time: mail goes first, */
    FOLLOW_LATE_MS = 10000, /* until it is so far behind */
    FOLLOW_AGAIN_MS = 5000, /* after a failure */
};

struct town_jobs {
    struct loop_timer *timer;
    struct {
        const struct service_job *job;
        int64_t due_ms; /* of the loop's time */
    } list[JOBS_MAX];
    size_t count;
    struct loop_timer *follow_timer;
    struct loop_later follow;
    bool is_follow_set, was_busy; /* the timer is set; a turn ended since the last step */
    int64_t stepped_ms, commits_us; /* when the last step ended; what commits have taken since */
    int64_t behind_since_ms; /* 0: nothing is to be followed */
};

static void nothing_owed(struct town_role *role, void *with, enum status turn)
{
    (void)role;
    (void)with;
    (void)turn; /* a step that was undone is done again */
}

static int64_t run(struct town_role *role, const struct service_job *job)
{
    struct ctx ctx = town_ctx(role);
    ctx.actor = (struct actor){.address = STR(""), .name = STR("")};
    ctx.trace = STR("job");
    writer_job_begin(role->town->writer);
    enum status done = writer_job_end(role->town->writer, job->step(&ctx));
    town_hold(role, nothing_owed, NULL);
    arena_reset(role->job);
    if (done != OK && done != NOT_FOUND)
        LOG(LOG_ERROR_LEVEL, "town", "job_failed", LOG_TEXT("job", str_of(job->name)),
            LOG_TEXT("status", str_of(status_name(done))), LOG_TEXT("db", str_of(db_error(role->town->db))));
    return done == OK ? STEP_MS : job->interval_ms;
}

/* The one that is due first; the timer comes again for the others. */
static void on_time(void *with)
{
    struct town_role *role = with;
    struct town_jobs *jobs = role->jobs;
    int64_t now_ms = loop_now_ms(role->loop);
    size_t first = 0;
    for (size_t i = 1; i < jobs->count; i++)
        if (jobs->list[i].due_ms < jobs->list[first].due_ms)
            first = i;
    if (jobs->list[first].due_ms <= now_ms)
        jobs->list[first].due_ms = now_ms + run(role, jobs->list[first].job);
    int64_t next_ms = INT64_MAX;
    for (size_t i = 0; i < jobs->count; i++)
        if (jobs->list[i].due_ms < next_ms)
            next_ms = jobs->list[i].due_ms;
    loop_timer_set(jobs->timer, next_ms > now_ms ? next_ms - now_ms : STEP_MS);
}

/* ---- what follows commits ---- */

static void on_follow_time(void *with)
{
    struct town_role *role = with;
    role->jobs->is_follow_set = false;
    loop_later_add(role->loop, &role->jobs->follow);
}

/* 0: once what this turn owes is sent, and the next one has been looked for. */
static void follow_in(struct town_role *role, int64_t ms)
{
    struct town_jobs *jobs = role->jobs;
    jobs->is_follow_set = true;
    if (ms > 0)
        loop_timer_set(jobs->follow_timer, ms);
    else
        on_follow_time(role);
}

void town_jobs_awake(struct town_role *role, int64_t commit_us)
{
    struct town_jobs *jobs = role->jobs;
    if (jobs == NULL)
        return;
    jobs->was_busy = true;
    jobs->commits_us += commit_us;
    if (jobs->behind_since_ms == 0)
        jobs->behind_since_ms = loop_now_ms(role->loop);
    if (!jobs->is_follow_set && jobs->follow.next == NULL)
        follow_in(role, FOLLOW_MS);
}

/* The first that has something to do, or has failed. */
static enum status follow_one(struct town_role *role)
{
    enum status done = NOT_FOUND;
    for (size_t s = 0; service_all[s] != NULL && done == NOT_FOUND; s++) {
        struct ctx ctx = town_ctx(role);
        ctx.actor = (struct actor){.address = STR(""), .name = STR("")};
        ctx.trace = STR("follow");
        if (service_all[s]->follow != NULL)
            done = service_all[s]->follow(&ctx);
        arena_reset(role->job);
    }
    return done;
}

static int64_t pause_after(const struct town_role *role, int64_t took_ms)
{
    const struct town_jobs *jobs = role->jobs;
    int64_t now_ms = loop_now_ms(role->loop), behind_ms = now_ms - jobs->behind_since_ms;
    bool is_storm = jobs->commits_us > (now_ms - jobs->stepped_ms) * 1000 / 5;
    if (!jobs->was_busy)
        return 0;
    return took_ms * (is_storm && behind_ms <= FOLLOW_LATE_MS ? FOLLOW_STORM : FOLLOW_EASY);
}

/* A step, behind the answers of a turn. */
static void on_follow(void *with)
{
    struct town_role *role = with;
    struct town_jobs *jobs = role->jobs;
    int64_t began = clock_monotonic_ms();
    enum status done = follow_one(role);
    int64_t pause_ms = pause_after(role, clock_monotonic_ms() - began);
    jobs->was_busy = false;
    jobs->stepped_ms = loop_now_ms(role->loop);
    jobs->commits_us = 0;
    if (done == NOT_FOUND) {
        jobs->behind_since_ms = 0;
        return;
    }
    if (done == CORRUPT)
        house_renew_search(role->town);
    else if (done != OK && done != BUSY)
        LOG(LOG_ERROR_LEVEL, "town", "follow_failed", LOG_TEXT("status", str_of(status_name(done))));
    follow_in(role, done == BUSY ? FOLLOW_BUSY_MS : done == OK || done == CORRUPT ? pause_ms : FOLLOW_AGAIN_MS);
}

int64_t town_jobs_late(const struct town_role *role, struct str *ret_job)
{
    int64_t late_ms = 0, now_ms = loop_now_ms(role->loop);
    *ret_job = STR("");
    if (role->jobs != NULL && role->jobs->behind_since_ms != 0) {
        late_ms = now_ms - role->jobs->behind_since_ms;
        *ret_job = STR("search");
    }
    for (size_t i = 0; role->jobs != NULL && i < role->jobs->count; i++)
        if (now_ms - role->jobs->list[i].due_ms > late_ms) {
            late_ms = now_ms - role->jobs->list[i].due_ms;
            *ret_job = str_of(role->jobs->list[i].job->name);
        }
    return late_ms;
}

void town_jobs_open(struct town_role *role)
{
    struct town_jobs *jobs = calloc(1, sizeof *jobs);
    REQUIRE(jobs != NULL);
    role->jobs = jobs;
    for (size_t s = 0; service_all[s] != NULL; s++)
        for (size_t i = 0; i < service_all[s]->job_count; i++) {
            REQUIRE(jobs->count < JOBS_MAX);
            jobs->list[jobs->count].job = &service_all[s]->jobs[i];
            jobs->list[jobs->count].due_ms =
                loop_now_ms(role->loop) + FIRST_MS + (int64_t)jobs->count * APART_MS;
            jobs->count++;
        }
    jobs->timer = loop_timer_create(role->loop, on_time, role);
    if (jobs->count > 0)
        loop_timer_set(jobs->timer, FIRST_MS);
    jobs->follow_timer = loop_timer_create(role->loop, on_follow_time, role);
    jobs->follow = (struct loop_later){.on_time = on_follow, .with = role};
    town_jobs_awake(role, 0);
}

void town_jobs_close(struct town_role *role)
{
    if (role->jobs == NULL)
        return;
    loop_timer_destroy(role->jobs->timer);
    loop_timer_destroy(role->jobs->follow_timer);
    loop_later_remove(&role->jobs->follow);
    free(role->jobs);
    role->jobs = NULL;
}
