#include "role/provider_role.h"

#include <signal.h>
#include <stdlib.h>

#include "core/house_ask.h"
#include "core/provider_reply.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/fetch.h"
#include "os/log.h"
#include "os/loop.h"
#include "os/process.h"
#include "role/askers.h"
#include "role/provider_line.h"
#include "role/provider_reach.h"

enum {
    ASK_ARENA = 1 << 20,
    LINES_MAX = PROVIDERS_MAX * 8 * PROVIDER_VALUE_MAX + PROVIDER_SAID_MAX * 6 + 4096,
    AGE_MS = 5000,
    ANEW_AFTER_MS = 60 * 1000, /* lived so long, it may begin anew to find a host again */
    UNMET_AFTER_MS = 5 * 60 * 1000,
};

struct provider_role {
    struct loop *loop;
    struct loop_timer *age;
    struct askers askers;
    struct fetcher *fetcher; /* NULL: no libcurl, and nothing is served */
    struct provider_reach reach;
    struct provider_line line;
    int64_t began_ms;
};

/* ---- before the sandbox ---- */

bool provider_role_is_wanted(const char *folder)
{
    return provider_reach_is_wanted(folder);
}

struct provider_role *provider_role_prepare(const char *folder)
{
    struct provider_role *role = calloc(1, sizeof *role);
    REQUIRE(role != NULL);
    *role = (struct provider_role){.loop = loop_create(), .began_ms = clock_monotonic_ms()};
    REQUIRE(role->loop != NULL);
    uint64_t seed;
    entropy_fill(&seed, sizeof seed);
    provider_reply_begin(seed);
    enum status done = fetcher_create(role->loop, &role->fetcher);
    if (done != OK)
        LOG(LOG_ERROR_LEVEL, "provider", "no_libcurl", LOG_TEXT("status", str_of(status_name(done))));
    provider_reach_open(done == OK ? folder : NULL, &role->reach);
    return role;
}

const uint16_t *provider_role_ports(const struct provider_role *role, size_t *ret_count)
{
    *ret_count = role->reach.count;
    return role->reach.ports;
}

/* ---- one asking at work ---- */

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

/* The host may have another address now: who begins anew asks for it. */
static void find_again(struct provider_role *role, const struct provider_job *job)
{
    if (!job->reached->is_name || clock_monotonic_ms() - role->began_ms < ANEW_AFTER_MS)
        return;
    LOG(LOG_INFO_LEVEL, "provider", "begins_anew", LOG_TEXT("to_find", job->reached->provider->host));
    loop_stop(role->loop);
}

static void on_end(void *with, enum fetch_end end, int64_t code, struct str body)
{
    struct provider_job *job = with;
    struct provider_role *role = job->town->with;
    struct arena *arena ARENA_SCOPE = arena_create(ASK_ARENA);
    struct provider_reply reply;
    struct provider_state state;
    enum provider_failure failure = failure_of(end, code);
    job->fetch = NULL;
    enum status read = failure == PROVIDER_WELL ? provider_reply_read(arena, body, &reply) : OK;
    if (read != OK)
        failure = read == LIMIT ? PROVIDER_LONG : PROVIDER_ODD;
    if (failure == PROVIDER_WELL) {
        provider_reply_state(&reply, &state);
        end_job(role, job, &state);
    } else {
        end_failed(role, job, failure);
    }
    if (failure == PROVIDER_AWAY)
        find_again(role, job);
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

static enum status begin_job(struct provider_role *role, struct provider_job *job)
{
    struct arena *arena ARENA_SCOPE = arena_create(ASK_ARENA);
    struct provider_ask ask;
    struct str words = job->words;
    TRY(house_line_take(arena, &words, &provider_ask_shape, &ask));
    return begin(role, job, ask.text);
}

/* After each batch of events. BUSY leaves it in the line: it begins when another has ended. */
static bool begin_next(void *with)
{
    struct provider_role *role = with;
    for (struct provider_job *job; (job = provider_line_next(&role->line)) != NULL;) {
        enum status done = begin_job(role, job);
        if (done == BUSY)
            return false;
        if (done == OK)
            job->state.stage = PROVIDER_RUNS;
        else
            end_failed(role, job, PROVIDER_AWAY);
    }
    return false;
}

/* ---- answers ---- */

static struct provider_state state_of(const struct provider_job *job)
{
    struct provider_state state = job->state;
    state.place = provider_line_place(job);
    return state;
}

static enum status complete(struct provider_role *role, struct provider_town *town, struct arena *arena,
                            struct str words, struct buf *lines)
{
    struct provider_ask ask;
    struct str rest = words;
    struct provider_state state = {.stage = PROVIDER_DONE, .failure = PROVIDER_CHANGED, .said = STR(""),
                                   .energy_uwh = -1};
    TRY(house_line_take(arena, &rest, &provider_ask_shape, &ask));
    const struct reached *reached = provider_reach_find(&role->reach, &ask);
    struct provider_job *job = provider_line_find(town, words);
    if (job == NULL && reached != NULL && (job = provider_line_add(&role->line, town, words)) != NULL)
        job->reached = reached;
    if (job != NULL)
        state = state_of(job);
    else if (reached != NULL)
        state.stage = PROVIDER_FULL;
    house_line_add(lines, &provider_state_shape, &state);
    return buf_status(lines);
}

static enum status tell_cards(const struct provider_role *role, struct buf *lines)
{
    for (size_t i = 0; i < role->reach.count; i++)
        house_line_add(lines, &provider_card_shape, &role->reach.at[i].provider->card);
    return buf_status(lines);
}

static void silence(struct provider_role *role, struct provider_town *town)
{
    for (size_t i = 0; i < town->count; i++) {
        fetch_stop(town->jobs[i]->fetch);
        town->jobs[i]->fetch = NULL;
    }
    provider_line_forget(&role->line, town);
}

/* ---- towns ---- */

static bool answer(void *with, void *town, struct arena *arena, const struct message_house_ask *ask,
                   struct askers_reply *reply)
{
    struct provider_role *role = with;
    if (ask->kind == HOUSE_SILENCE)
        silence(role, town);
    reply->status = ask->kind == HOUSE_COMPLETE ? complete(role, town, arena, ask->words, reply->lines)
                                                : tell_cards(role, reply->lines);
    return true;
}

static void *join(void *with, struct asker *asker)
{
    struct provider_role *role = with;
    struct provider_town *town = calloc(1, sizeof *town);
    (void)asker; /* answered at once */
    REQUIRE(town != NULL);
    provider_line_join(&role->line, town, role);
    return town;
}

static void leave(void *with, void *town)
{
    struct provider_role *role = with;
    silence(role, town);
    provider_line_leave(&role->line, town);
    free(town);
}

static int64_t work(const void *with)
{
    const struct provider_role *role = with;
    return (int64_t)role->line.open;
}

static const struct askers_calls calls = {.name = "provider", .lines_max = LINES_MAX,
                                          .is_mine = house_ask_is_of_provider, .join = join, .leave = leave,
                                          .answer = answer, .work = work};

static void on_age(void *with)
{
    struct provider_role *role = with;
    provider_line_age(&role->line, loop_now_ms(role->loop));
    loop_timer_set(role->age, AGE_MS);
    /* The resolver may answer by now: at the start of a machine it often does not yet. */
    if (role->reach.has_unmet && role->line.open == 0 && clock_monotonic_ms() - role->began_ms >= UNMET_AFTER_MS)
        loop_stop(role->loop);
}

int provider_role_run(struct provider_role *role, int parent_socket)
{
    role->askers = (struct askers){.calls = &calls, .role = role, .loop = role->loop};
    process_ignore(SIGINT);
    role->age = loop_timer_create(role->loop, on_age, role);
    loop_timer_set(role->age, AGE_MS);
    enum status done = askers_open(&role->askers, parent_socket);
    if (done == OK)
        loop_run(role->loop, begin_next, role);
    askers_close(&role->askers);
    loop_timer_destroy(role->age);
    fetcher_destroy(role->fetcher);
    loop_destroy(role->loop);
    provider_reach_close(&role->reach);
    free(role);
    return done != OK;
}
