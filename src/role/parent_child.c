#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "core/seal.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/file.h"
#include "os/log.h"
#include "role/auth_role.h"
#include "role/hasher.h"
#include "role/model_role.h"
#include "role/parent_state.h"
#include "role/provider_again.h"
#include "role/provider_role.h"
#include "role/town.h"

enum {
    BACK_OFF_MS = 50,
    BACK_OFF_MAX_MS = 30 * 1000,
    STEADY_MS = 60 * 1000, /* who lived so long is not failing in a row */
    CONNECT_MS = 10,
    STOP_MS = 10 * 1000,
    STOP_MEMBER_MS = 500, /* a town syncs its databases as it ends, all at once on one disk */
};

static const char *const names[] = {[ROLE_PARENT] = "parvis",
                                    [ROLE_FRONT] = "parvis-front",
                                    [ROLE_AUTH] = "parvis-auth",
                                    [ROLE_TOWN] = "parvis-town",
                                    [ROLE_HASHER] = "parvis-hasher",
                                    [ROLE_MODEL] = "parvis-model",
                                    [ROLE_PROVIDER] = "parvis-provider"};

/* Calls `visit` with every child there is. */
static void each_child(struct parent *parent, void (*visit)(struct parent_child *child, void *with), void *with)
{
    visit(&parent->front, with);
    visit(&parent->auth, with);
    for (size_t i = 0; i < PARENT_HASHERS; i++)
        visit(&parent->hashers[i], with);
    visit(&parent->model, with);
    if (parent->has_provider)
        visit(&parent->provider, with);
    for (size_t i = 0; i < parent->member_count; i++)
        visit(&parent->members[i]->town, with);
}

struct search {
    pid_t pid;
    struct parent_child *found;
};

static void match_pid(struct parent_child *child, void *with)
{
    struct search *search = with;
    if (child->pid == search->pid)
        search->found = child;
}

struct parent_child *parent_find(struct parent *parent, pid_t pid)
{
    struct search search = {.pid = pid};
    each_child(parent, match_pid, &search);
    return search.found;
}

static void count_running(struct parent_child *child, void *with)
{
    *(size_t *)with += child->pid != 0;
}

bool parent_is_alone(const struct parent *parent)
{
    size_t running = 0;
    each_child((struct parent *)(uintptr_t)parent, count_running, &running);
    return running + parent_converts_running(parent) == 0;
}

/* ---- ready ---- */

/* Nobody waits for a provider: it may be asking for the addresses of hosts far away. */
static void count_unanswered(struct parent_child *child, void *with)
{
    *(size_t *)with += !child->has_answered && child->role != ROLE_PROVIDER;
}

/* Says so once, when every role answers: a town that cannot be opened does not keep the others from serving. */
static void say_ready(struct parent *parent)
{
    size_t unanswered = 0;
    each_child(parent, count_unanswered, &unanswered);
    if (parent->is_ready || parent->is_stopping || !parent->front_is_open || unanswered > 0)
        return;
    parent->is_ready = true;
    printf("ready\n");
    (void)fflush(stdout); /* nobody may be listening */
}

static void on_frame(void *with, uint16_t kind, struct str payload, int fd)
{
    struct parent_child *child = with;
    file_close(&fd);
    if (kind == MESSAGE_CHALLENGE && child->role == ROLE_FRONT)
        parent_challenge(child, payload);
    if (kind == MESSAGE_METRICS && child->role == ROLE_FRONT)
        parent_metrics(child, payload);
    if (kind == MESSAGE_HOUSE_ASK && child->role == ROLE_TOWN)
        parent_house(child, payload);
    if (kind == MESSAGE_CONVERT_WANT && child->role == ROLE_TOWN)
        parent_convert_want(child, payload);
    if (kind == MESSAGE_MEMBER_ACT_DONE && child->role == ROLE_TOWN)
        parent_act_done(child, payload);
    if (kind == MESSAGE_FIGURES)
        parent_figures_take(child, payload);
    if (kind != MESSAGE_READY || child->is_ready)
        return;
    child->is_ready = child->has_answered = true;
    parent_connect(child->parent);
    if (child->role == ROLE_TOWN)
        parent_tell_acts(child);
}

/* The signal of its end says more; that comes too. */
static void on_closed(void *with)
{
    struct parent_child *child = with;
    channel_destroy(child->channel);
    child->channel = NULL;
}

/* ---- starting ---- */

/* `house` is the key of the house; the town is told its own alone. */
static int run_town(const struct parent_child *child, unsigned char house[AUTH_KEY_BYTES], int socket)
{
    const struct parent_member *member = child->member;
    struct str key;
    struct seal seal;
    seal_derive(house, member->row.name, entropy_fill, &seal);
    explicit_bzero(house, AUTH_KEY_BYTES);
    if (file_map(member->key, TICKET_KEY_BYTES, &key) != OK)
        return 1;
    struct town_start start = {.folder = child->parent->house.folder,
                               .member = &member->row,
                               .place = &member->place,
                               .domains = member->domains,
                               .domain_count = member->domain_count,
                               .fonts = child->parent->fonts,
                               .ticket_key = (const unsigned char *)key.at,
                               .seal = &seal,
                               .parent_socket = socket};
    return town_run(&start);
}

/* 0: pages are not served over TLS. */
static uint16_t https_port(const struct parent *parent)
{
    struct str address = parent->house.config.values[SETTING_LISTEN_HTTPS];
    size_t colon = str_find_byte_last(address, ':');
    uint64_t port = 0;
    if (colon == SIZE_MAX || str_to_u64(str_after(address, colon + 1), UINT16_MAX, &port) != OK)
        return 0;
    return (uint16_t)port;
}

/* What it needs from outside its sandbox comes first: files, and addresses of hosts. */
static int run_provider(struct prologue *prologue, int times, int socket)
{
    struct provider_role *role = provider_role_prepare(prologue, times);
    prologue->ports = provider_role_ports(role, &prologue->port_count);
    return prologue_enter(prologue) == OK ? provider_role_run(role, socket) : 1;
}

static int run(const struct parent_child *child, int socket)
{
    const struct parent *parent = child->parent;
    unsigned char key[AUTH_KEY_BYTES] = {0};
    struct front_start front = {.hostname = parent->house.config.values[SETTING_HOSTNAME],
                                .doors = parent->doors,
                                .door_count = parent->door_count,
                                .tls = parent->tls,
                                .https_port = https_port(parent),
                                .parent_socket = socket};
    struct auth_role_start auth = {
        .folder = parent->house.folder, .cost = parent->cost, .key = key, .parent_socket = socket};
    struct prologue prologue = {.role = child->role, .folder = parent->house.folder, .owner = parent->becomes,
                                .member = child->member != NULL ? child->member->row.name : STR("")};
    if (child->role != ROLE_FRONT)
        tls_context_destroy(parent->tls); /* the key is front's alone */
    if ((child->role == ROLE_AUTH || child->role == ROLE_TOWN) && house_key(parent->house.folder, key) != OK)
        return 1;
    if (child->role == ROLE_PROVIDER)
        return run_provider(&prologue, child->begun_again, socket);
    if (prologue_enter(&prologue) != OK)
        return 1;
    switch (child->role) {
    case ROLE_FRONT:
        return front_run(&front);
    case ROLE_AUTH:
        return auth_role_run(&auth);
    case ROLE_HASHER:
        return hasher_run(socket);
    case ROLE_MODEL:
        return model_role_run(&(struct model_role_start){.parent_socket = socket});
    default:
        return run_town(child, key, socket);
    }
}

/* Which descriptors a role is left with: its end to the parent, and what is its own. */
static size_t kept_by(const struct parent_child *child, int socket, int kept[3 + FRONT_DOORS_MAX])
{
    size_t count = 0;
    kept[count++] = socket;
    if (child->role == ROLE_TOWN || child->role == ROLE_AUTH)
        kept[count++] = child->parent->house.lock; /* held until the last that writes has ended */
    if (child->role == ROLE_TOWN)
        kept[count++] = child->member->key;
    for (size_t i = 0; child->role == ROLE_FRONT && i < child->parent->door_count; i++)
        kept[count++] = child->parent->doors[i].listener;
    return count;
}

static enum status fork_child(struct parent_child *child)
{
    int pair[2], kept[3 + FRONT_DOORS_MAX];
    const struct parent *parent = child->parent;
    if (child->role == ROLE_TOWN)
        TRY(prologue_member(parent->house.folder, child->member->row.name, parent->becomes));
    TRY(channel_pair(pair));
    size_t count = kept_by(child, pair[1], kept);
    enum status done = process_fork(names[child->role], kept, count, &child->pid);
    if (done == OK && child->pid == 0)
        _exit(run(child, pair[1]));
    file_close(&pair[1]);
    if (done == OK)
        done = channel_create(child->parent->loop, pair[0], on_frame, on_closed, child, &child->channel);
    if (done != OK)
        file_close(&pair[0]);
    return done;
}

static void on_again(void *with)
{
    struct parent_child *child = with;
    parent_start(child);
    parent_connect(child->parent);
}

static void start_later(struct parent_child *child)
{
    int64_t delay_ms = BACK_OFF_MS;
    for (int i = 0; i < child->failures && delay_ms < BACK_OFF_MAX_MS; i++)
        delay_ms *= 2;
    child->failures++;
    if (child->again == NULL)
        child->again = loop_timer_create(child->parent->loop, on_again, child);
    loop_timer_set(child->again, delay_ms < BACK_OFF_MAX_MS ? delay_ms : BACK_OFF_MAX_MS);
}

void parent_start(struct parent_child *child)
{
    if (child->parent->is_stopping || child->pid != 0)
        return;
    child->is_begun = true;
    child->started_ms = clock_monotonic_ms();
    enum status done = fork_child(child);
    if (done == OK)
        return;
    LOG(LOG_ERROR_LEVEL, "parent", "not_started", LOG_TEXT("role", str_of(names[child->role])),
        LOG_TEXT("status", str_of(status_name(done))));
    if (child->pid == 0)
        start_later(child);
    else
        process_end(child->pid); /* it runs and cannot be spoken to; its end starts it anew */
}

/* Who was connected to it must be connected to the next one, which knows nobody yet. */
static void forget_channels(struct parent_child *child)
{
    struct parent *parent = child->parent;
    if (child->role == ROLE_TOWN)
        child->member->front_knows = child->member->auth_knows = child->member->model_knows =
            child->member->provider_knows = child->member->town_told = false;
    for (size_t i = 0; i < parent->member_count; i++) {
        struct parent_member *member = parent->members[i];
        if (child->role == ROLE_FRONT)
            member->front_knows = member->front_told = false;
        if (child->role == ROLE_AUTH)
            member->auth_knows = member->auth_told = false;
        if (child->role == ROLE_MODEL)
            member->model_knows = false;
        if (child->role == ROLE_PROVIDER)
            member->provider_knows = false;
    }
    parent->front_is_open &= child->role != ROLE_FRONT;
    parent->front_has_auth &= child->role != ROLE_FRONT && child->role != ROLE_AUTH;
    for (size_t i = 0; i < PARENT_HASHERS; i++)
        parent->auth_has_hasher[i] &= child->role != ROLE_AUTH && child != &parent->hashers[i];
}

static void stop_child(struct parent_child *child, void *with)
{
    struct message_handle nothing = {0};
    (void)with;
    loop_timer_destroy(child->again);
    child->again = NULL;
    if (child->channel != NULL && message_send(child->channel, MESSAGE_STOP, &nothing, -1) != OK)
        child->parent->has_failed = true;
}

static void stop_other(struct parent_child *child, void *with)
{
    if (child->role != ROLE_FRONT)
        stop_child(child, with);
}

/* Front has ended, and with it what was asked of the others. */
static void stop_behind(struct parent *parent)
{
    each_child(parent, stop_other, NULL);
}

/* What a role was never meant to do ends it (os/sandbox.h): whoever operates the house looks here first. */
static void log_ending(const struct parent_child *child, const struct process_ending *ending)
{
    bool is_wished = child->role == ROLE_PROVIDER && ending->is_clean; /* it begins anew, to find a host again */
    enum log_level level = is_wished ? LOG_INFO_LEVEL : LOG_ERROR_LEVEL;
    LOG(level, "parent", "role_ended", LOG_TEXT("role", str_of(names[child->role])),
        LOG_TEXT("member", child->member != NULL ? child->member->row.name : STR("")),
        LOG_NUMBER("failures", child->failures), LOG_NUMBER("signal", ending->signal),
        LOG_TEXT("why", ending->signal == SIGSYS ? STR("a system call it may not make") : STR("")));
}

void parent_ended(struct parent_child *child, const struct process_ending *ending)
{
    struct parent *parent = child->parent;
    child->pid = 0;
    on_closed(child);
    if (parent->is_stopping) {
        parent->has_failed |= !ending->is_clean && child->is_ready; /* a town that cannot open is no fault of the end */
        if (child->role == ROLE_FRONT)
            stop_behind(parent);
        return;
    }
    log_ending(child, ending);
    child->restarts++;
    int64_t lived_ms = clock_monotonic_ms() - child->started_ms;
    child->begun_again = provider_again_count(child->begun_again, ending->is_clean, lived_ms);
    bool is_needed = child->role != ROLE_TOWN && child->role != ROLE_MODEL && child->role != ROLE_PROVIDER &&
                     !child->has_answered;
    child->is_ready = false;
    child->has_answered = true;
    forget_channels(child);
    if (is_needed) {
        parent->has_failed = true;
        parent_stop(parent);
        return;
    }
    if (lived_ms > STEADY_MS)
        child->failures = 0;
    start_later(child);
    parent_connect(parent);
}

/* ---- connecting ---- */

static bool is_up(const struct parent_child *child)
{
    return child->channel != NULL && child->is_ready;
}

/* Gives two roles the ends of one channel. A role that cannot be told has ended, or will be told anew. */
static bool connect_two(struct parent_child *one, struct parent_child *other)
{
    int pair[2];
    struct message_peer of_one = {one->role, one->member != NULL ? one->member->row.id : 0};
    struct message_peer of_other = {other->role, other->member != NULL ? other->member->row.id : 0};
    if (channel_pair(pair) != OK)
        return false;
    bool is_sent = message_send(one->channel, MESSAGE_PEER, &of_other, pair[0]) == OK;
    return (message_send(other->channel, MESSAGE_PEER, &of_one, pair[1]) == OK) && is_sent;
}

/* Auth is given the key with which this member's tickets are sealed. */
static bool tell_auth(struct parent *parent, const struct parent_member *member)
{
    int key;
    return file_duplicate(member->key, &key) == OK && parent_tell(parent->auth.channel, member, key) == OK;
}

/* How much was done of: telling, then connecting. */
static size_t connect_member(struct parent *parent, struct parent_member *member)
{
    size_t done = 0;
    struct parent_child *town = &member->town;
    if (!member->front_told && is_up(&parent->front))
        done += member->front_told = parent_tell(parent->front.channel, member, -1) == OK;
    if (!member->auth_told && is_up(&parent->auth))
        done += member->auth_told = tell_auth(parent, member);
    if (!is_up(town))
        return done;
    if (!member->town_told)
        done += member->town_told = parent_tell(town->channel, member, -1) == OK;
    /* Auth first: a town lets nobody in before auth has told it who may not. */
    if (!member->auth_knows && member->auth_told)
        done += member->auth_knows = connect_two(&parent->auth, town);
    if (!member->front_knows && member->front_told)
        done += member->front_knows = connect_two(&parent->front, town);
    if (!member->model_knows && is_up(&parent->model))
        done += member->model_knows = connect_two(&parent->model, town);
    if (!member->provider_knows && is_up(&parent->provider))
        done += member->provider_knows = connect_two(&parent->provider, town);
    return done;
}

/* Front takes connections only when it knows every member: else it would refuse for good what is only late. */
static void open_front(struct parent *parent)
{
    struct message_handle all_told = {0};
    if (parent->front_is_open || !is_up(&parent->front))
        return;
    for (size_t i = 0; i < parent->member_count; i++)
        if (!parent->members[i]->front_told)
            return;
    parent->front_is_open = message_send(parent->front.channel, MESSAGE_READY, &all_told, -1) == OK;
}

static void connect_auth(struct parent *parent)
{
    if (!is_up(&parent->auth))
        return;
    if (!parent->front_has_auth && is_up(&parent->front))
        parent->front_has_auth = connect_two(&parent->front, &parent->auth);
    for (size_t i = 0; i < PARENT_HASHERS; i++)
        if (!parent->auth_has_hasher[i] && is_up(&parent->hashers[i]))
            parent->auth_has_hasher[i] = connect_two(&parent->auth, &parent->hashers[i]);
}

/* Towns begin a few at a time, since each replays its journal. True: more wait. */
static bool start_towns(struct parent *parent)
{
    size_t starting = 0, waiting = 0;
    for (size_t i = 0; i < parent->member_count; i++) {
        struct parent_child *town = &parent->members[i]->town;
        if (!town->is_begun && starting < PARENT_STARTING_MAX)
            parent_start(town);
        starting += town->is_begun && !town->has_answered;
        waiting += !town->is_begun;
    }
    return waiting > 0;
}

void parent_connect(struct parent *parent)
{
    size_t done = 0;
    bool had_auth = parent->front_has_auth, was_open = parent->front_is_open;
    if (parent->is_stopping)
        return;
    bool has_more = start_towns(parent);
    connect_auth(parent);
    for (size_t i = 0; i < parent->member_count && done < PARENT_CONNECT_MAX; i++)
        done += connect_member(parent, parent->members[i]);
    open_front(parent);
    /* What was told now leaves at the end of this turn: ready is said in a later one, when all of it is on its way. */
    if (has_more || done > 0 || had_auth != parent->front_has_auth || was_open != parent->front_is_open)
        loop_timer_set(parent->connect, CONNECT_MS);
    else
        say_ready(parent);
}

/* ---- stopping ---- */

void parent_stop(struct parent *parent)
{
    if (parent->is_stopping)
        return;
    parent->is_stopping = true;
    parent_converts_stop(parent);
    stop_child(&parent->front, NULL);
    if (parent->front.pid == 0)
        stop_behind(parent);
    loop_timer_set(parent->late, STOP_MS + (int64_t)parent->member_count * STOP_MEMBER_MS);
}
