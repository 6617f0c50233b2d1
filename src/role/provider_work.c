#include "role/provider_work.h"

#include "core/house_ask.h"
#include "core/provider_reply.h"
#include "os/clock.h"
#include "os/log.h"

enum { ASK_ARENA = 1 << 20, REPLY_ARENA = 4 << 20,
       ANEW_AFTER_MS = 60 * 1000, /* lived so long, it may begin anew to find a host, or a local model, again */ };

static enum provider_failure failure_of(enum fetch_end end, int64_t code)
{
    static const enum provider_failure ends[] = {[FETCH_AWAY] = PROVIDER_AWAY, [FETCH_SLOW] = PROVIDER_SLOW,
                                                 [FETCH_LONG] = PROVIDER_LONG, [FETCH_BROKEN] = PROVIDER_ILL};
    if (end != FETCH_ANSWERED)
        return ends[end];
    if (code == 200)
        return PROVIDER_WELL;
    return code >= 500 ? PROVIDER_ILL : code >= 400 ? PROVIDER_REFUSED : code >= 300 ? PROVIDER_MOVED : PROVIDER_ODD;
}

static void end_job(struct provider_role *role, struct provider_job *job, const struct provider_state *state)
{
    LOG(state->failure == PROVIDER_WELL ? LOG_INFO_LEVEL : LOG_WARN_LEVEL, "provider", "answered",
        LOG_TEXT("name", job->reached->provider->card.name), LOG_NUMBER("failure", state->failure),
        LOG_NUMBER("bytes", (int64_t)state->said.len), LOG_NUMBER("tokens", state->tokens));
    provider_line_end(&role->line, job, state, loop_now_ms(role->loop));
}

static void end_failed(struct provider_role *role, struct provider_job *job, enum provider_failure failure)
{
    end_job(role, job, &(struct provider_state){.failure = failure, .said = STR(""), .energy_uwh = -1});
}

void provider_begin_anew(struct provider_role *role, struct str to_find)
{
    if (clock_monotonic_ms() - role->began_ms < ANEW_AFTER_MS)
        return;
    LOG(LOG_INFO_LEVEL, "provider", "begins_anew", LOG_TEXT("to_find", to_find));
    loop_stop(role->loop);
}

/* What was said: `body` of PROVIDER_WELL. */
static void end_said(struct provider_role *role, struct provider_job *job, enum provider_failure failure,
                     struct str body)
{
    struct arena *arena ARENA_SCOPE = arena_create(REPLY_ARENA);
    struct provider_reply reply;
    struct provider_state state;
    enum status read = failure == PROVIDER_WELL ? provider_reply_read(arena, body, &reply) : OK;
    if (read != OK)
        failure = read == LIMIT ? PROVIDER_LONG : PROVIDER_ODD;
    if (failure != PROVIDER_WELL) {
        end_failed(role, job, failure);
        return;
    }
    provider_reply_state(&reply, &state);
    end_job(role, job, &state);
}

static void on_end(void *with, enum fetch_end end, int64_t code, struct str body)
{
    struct provider_job *job = with;
    struct provider_role *role = job->town->with;
    const struct reached *reached = job->reached;
    enum provider_failure failure = failure_of(end, code);
    job->fetch = NULL;
    end_said(role, job, failure, body);
    if (failure == PROVIDER_AWAY && reached->is_name)
        provider_begin_anew(role, reached->provider->host);
}

static enum status begin(struct provider_role *role, struct provider_job *job, struct str text)
{
    const struct reached *reached = job->reached;
    struct buf body BUF_SCOPE = BUF_INIT(FETCH_BODY_MAX);
    provider_request(&body, reached->provider, text);
    TRY(buf_status(&body));
    struct fetch_ask ask = {.url = reached->url, .host = reached->provider->host, .port = reached->provider->port,
                            .addresses = reached->addresses, .address_count = reached->address_count,
                            .authorities = reached->authorities, .key = reached->key, .body = buf_str(&body),
                            .on_end = on_end, .with = job};
    return fetch_begin(role->fetcher, &ask, &job->fetch);
}

static void on_local_end(void *with, enum provider_failure failure, struct str reply)
{
    struct provider_job *job = with;
    struct provider_role *role = job->town->with;
    end_said(role, job, failure, reply);
    if (failure == PROVIDER_AWAY)
        provider_begin_anew(role, job->reached->provider->card.name);
}

/* It is at work before it is asked: it may be answered at once. */
static enum status begin_job(struct provider_role *role, struct provider_job *job)
{
    struct arena *arena ARENA_SCOPE = arena_create(ASK_ARENA);
    struct provider_ask ask;
    struct str words = job->words;
    TRY(house_line_take(arena, &words, &provider_ask_shape, &ask));
    if (job->reached->local == NULL) {
        TRY(begin(role, job, ask.text));
        job->state.stage = PROVIDER_RUNS;
        return OK;
    }
    job->state.stage = PROVIDER_RUNS;
    provider_local_ask(job->reached->local, ask.text, on_local_end, job);
    return OK;
}

static bool can_begin(const struct provider_job *job)
{
    return job->reached->local == NULL || provider_local_is_free(job->reached->local);
}

/* BUSY leaves it in the line: it begins when another has ended. */
bool provider_begin_next(void *with)
{
    struct provider_role *role = with;
    for (struct provider_job *job; (job = provider_line_next(&role->line, can_begin)) != NULL;) {
        enum status done = begin_job(role, job);
        if (done == BUSY)
            return false;
        if (done != OK)
            end_failed(role, job, PROVIDER_AWAY);
    }
    return false;
}
