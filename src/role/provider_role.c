#include "role/provider_role.h"

#include <signal.h>
#include <stdlib.h>

#include "core/house_ask.h"
#include "core/provider_reply.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/log.h"
#include "os/process.h"
#include "role/provider_again.h"
#include "role/provider_work.h"

enum {
    ASK_ARENA = 1 << 20,
    LINES_MAX = PROVIDERS_MAX * 8 * PROVIDER_VALUE_MAX + PROVIDER_SAID_MAX * 6 + 4096,
    AGE_MS = 5000,
};

/* ---- before the sandbox ---- */

bool provider_role_is_wanted(const char *folder)
{
    return provider_reach_is_wanted(folder);
}

struct provider_role *provider_role_prepare(const struct prologue *house, int times)
{
    struct provider_role *role = calloc(1, sizeof *role);
    REQUIRE(role != NULL);
    *role = (struct provider_role){.loop = loop_create(), .began_ms = clock_monotonic_ms(),
                                   .again_after_ms = provider_again_after_ms(times)};
    REQUIRE(role->loop != NULL);
    uint64_t seed;
    entropy_fill(&seed, sizeof seed);
    provider_reply_begin(seed);
    provider_reach_open(house, &role->reach);
    enum status done = fetcher_create(role->loop, &role->fetcher);
    if (done == OK)
        provider_reach_find_hosts(&role->reach, house->folder);
    else
        LOG(LOG_ERROR_LEVEL, "provider", "no_libcurl", LOG_TEXT("status", str_of(status_name(done))));
    return role;
}

const uint16_t *provider_role_ports(const struct provider_role *role, size_t *ret_count)
{
    *ret_count = role->reach.port_count;
    return role->reach.ports;
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
        struct provider_job *job = town->jobs[i];
        fetch_stop(job->fetch);
        job->fetch = NULL;
        if (job->reached->local != NULL)
            provider_local_drop(job->reached->local, job);
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

static int64_t memory(const void *with)
{
    const struct provider_role *role = with;
    int64_t sum = 0;
    for (size_t i = 0; i < role->reach.count; i++)
        if (role->reach.at[i].local != NULL)
            sum += provider_local_memory(role->reach.at[i].local);
    return sum;
}

static const struct askers_calls calls = {.name = "provider", .lines_max = LINES_MAX,
                                          .is_mine = house_ask_is_of_provider, .join = join, .leave = leave,
                                          .answer = answer, .work = work, .memory = memory};

static bool has_lost(const struct provider_role *role)
{
    bool is_lost = false;
    for (size_t i = 0; i < role->reach.count; i++)
        if (role->reach.at[i].local != NULL)
            is_lost |= provider_local_is_lost(role->reach.at[i].local);
    return is_lost;
}

static void on_age(void *with)
{
    struct provider_role *role = with;
    provider_line_age(&role->line, loop_now_ms(role->loop));
    loop_timer_set(role->age, AGE_MS);
    /* The resolver may answer by now: at the start of a machine it often does not yet. */
    if (role->reach.has_unmet && role->line.open == 0 && clock_monotonic_ms() - role->began_ms >= role->again_after_ms)
        provider_begin_anew(role, STR("a host without addresses"));
    if (has_lost(role) && role->line.open == 0)
        provider_begin_anew(role, STR("a local model"));
}

int provider_role_run(struct provider_role *role, int parent_socket)
{
    role->askers = (struct askers){.calls = &calls, .role = role, .loop = role->loop};
    process_ignore(SIGINT);
    role->age = loop_timer_create(role->loop, on_age, role);
    loop_timer_set(role->age, AGE_MS);
    enum status done = provider_reach_hear(&role->reach, role->loop);
    if (done == OK)
        done = askers_open(&role->askers, parent_socket);
    if (done == OK)
        loop_run(role->loop, provider_begin_next, role);
    askers_close(&role->askers);
    loop_timer_destroy(role->age);
    fetcher_destroy(role->fetcher);
    provider_reach_close(&role->reach);
    loop_destroy(role->loop);
    free(role);
    return done != OK;
}
