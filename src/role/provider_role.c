#include "role/provider_role.h"

#include <signal.h>
#include <stdlib.h>

#include "core/house_ask.h"
#include "core/provider_reply.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/fetch.h"
#include "os/file.h"
#include "os/log.h"
#include "os/loop.h"
#include "os/process.h"
#include "role/count.h"
#include "role/message.h"
#include "role/prologue.h"
#include "role/provider_line.h"
#include "role/provider_reach.h"
#include "role/verb.h"

enum {
    ASK_ARENA = 1 << 20,
    LINES_MAX = PROVIDERS_MAX * 8 * PROVIDER_VALUE_MAX + PROVIDER_SAID_MAX * 6 + 4096,
    AGE_MS = 5000,
    ANEW_AFTER_MS = 60 * 1000, /* lived so long, it may begin anew to find a host again */
    UNMET_AFTER_MS = 5 * 60 * 1000,
};

/* A town at the other end of a channel. */
struct end {
    struct end *next;
    struct provider_role *role;
    struct channel *channel;
    struct provider_town town;
};

struct provider_role {
    struct loop *loop;
    struct loop_timer *age;
    struct channel *parent;
    struct end *ends;
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
    struct provider_role *role = ((struct end *)job->town->with)->role;
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

static enum status complete(struct end *end, struct arena *arena, struct str words, struct buf *lines)
{
    struct provider_role *role = end->role;
    struct provider_ask ask;
    struct str rest = words;
    struct provider_state state = {.stage = PROVIDER_DONE, .failure = PROVIDER_CHANGED, .said = STR(""),
                                   .energy_uwh = -1};
    TRY(house_line_take(arena, &rest, &provider_ask_shape, &ask));
    const struct reached *reached = provider_reach_find(&role->reach, &ask);
    struct provider_job *job = provider_line_find(&end->town, words);
    if (job == NULL && reached != NULL && (job = provider_line_add(&role->line, &end->town, words)) != NULL)
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

static void silence(struct end *end)
{
    for (size_t i = 0; i < end->town.count; i++) {
        fetch_stop(end->town.jobs[i]->fetch);
        end->town.jobs[i]->fetch = NULL;
    }
    provider_line_forget(&end->role->line, &end->town);
}

static enum status answer_in(struct end *end, struct arena *arena, const struct message_house_ask *ask,
                             struct buf *lines)
{
    if (ask->kind == HOUSE_COMPLETE)
        return complete(end, arena, ask->words, lines);
    if (ask->kind == HOUSE_SILENCE)
        silence(end);
    return tell_cards(end->role, lines);
}

static void answer(struct end *end, const struct message_house_ask *ask)
{
    struct arena *arena ARENA_SCOPE = arena_create(ASK_ARENA);
    struct buf lines BUF_SCOPE = BUF_INIT(LINES_MAX);
    struct message_house_answer answer = {.handle = ask->handle, .lines = STR(""), .sentence = T_none};
    int fd = -1;
    enum status done = answer_in(end, arena, ask, &lines);
    if (done == OK)
        done = verb_bulk(buf_str(&lines), &answer.lines, &fd);
    answer.status = done;
    answer.size = done == OK ? (int64_t)lines.len : 0;
    if (done != OK)
        answer.lines = STR("");
    if (message_send(end->channel, MESSAGE_HOUSE_ANSWER, &answer, fd) != OK)
        LOG(LOG_WARN_LEVEL, "provider", "answer_not_taken");
}

/* ---- towns ---- */

static void close_end(struct end *end)
{
    struct provider_role *role = end->role;
    for (struct end **at = &role->ends; *at != NULL; at = &(*at)->next)
        if (*at == end) {
            *at = end->next;
            break;
        }
    silence(end);
    provider_line_leave(&role->line, &end->town);
    channel_destroy(end->channel);
    free(end);
}

static void on_end_closed(void *with)
{
    close_end(with);
}

static void on_town(void *with, uint16_t kind, struct str payload, int fd)
{
    struct end *end = with;
    struct message_house_ask ask;
    file_close(&fd);
    if (kind == MESSAGE_HOUSE_ASK && message_take(kind, payload, &ask) == OK && house_ask_is_of_provider(ask.kind)) {
        answer(end, &ask);
        return;
    }
    LOG(LOG_ERROR_LEVEL, "provider", "town_not_believed", LOG_TEXT("kind", str_of(message_name(kind))));
    close_end(end);
}

static enum status open_end(struct provider_role *role, int socket)
{
    struct end *end = calloc(1, sizeof *end);
    REQUIRE(end != NULL);
    end->role = role;
    enum status done = channel_create(role->loop, socket, on_town, on_end_closed, end, &end->channel);
    if (done != OK) {
        free(end);
        return done;
    }
    end->next = role->ends;
    role->ends = end;
    provider_line_join(&role->line, &end->town, end);
    return OK;
}

/* ---- the parent ---- */

static void tell_figures(struct provider_role *role, struct str payload)
{
    struct message_handle ask;
    struct buf counts BUF_SCOPE = BUF_INIT(COUNT_TEXT_MAX);
    if (message_take(MESSAGE_FIGURES_ASK, payload, &ask) != OK)
        return;
    count_write(&counts);
    struct message_figures figures = {.handle = ask.handle, .memory_bytes = prologue_memory(),
                                      .work = (int64_t)role->line.open, .late_job = STR(""), .queues = STR(""),
                                      .counts = buf_str(&counts)};
    if (message_send(role->parent, MESSAGE_FIGURES, &figures, -1) != OK)
        loop_stop(role->loop);
}

static void on_parent(void *with, uint16_t kind, struct str payload, int fd)
{
    struct provider_role *role = with;
    struct message_peer peer;
    if (kind == MESSAGE_STOP)
        loop_stop(role->loop);
    if (kind == MESSAGE_FIGURES_ASK)
        tell_figures(role, payload);
    bool is_town = kind == MESSAGE_PEER && message_take(kind, payload, &peer) == OK && peer.role == ROLE_TOWN;
    if (!is_town || open_end(role, fd) != OK)
        file_close(&fd);
}

static void on_parent_closed(void *with)
{
    struct provider_role *role = with;
    loop_stop(role->loop);
}

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
    struct message_handle ready = {0};
    process_ignore(SIGINT);
    role->age = loop_timer_create(role->loop, on_age, role);
    loop_timer_set(role->age, AGE_MS);
    enum status done = channel_create(role->loop, parent_socket, on_parent, on_parent_closed, role, &role->parent);
    if (done == OK)
        done = message_send(role->parent, MESSAGE_READY, &ready, -1);
    if (done == OK)
        loop_run(role->loop, begin_next, role);
    while (role->ends != NULL)
        close_end(role->ends);
    channel_destroy(role->parent);
    loop_timer_destroy(role->age);
    fetcher_destroy(role->fetcher);
    loop_destroy(role->loop);
    provider_reach_close(&role->reach);
    free(role);
    return done != OK;
}
