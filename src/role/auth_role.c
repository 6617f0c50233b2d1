#include "role/auth_role.h"

#include <signal.h>

#include "os/clock.h"
#include "os/file.h"
#include "os/log.h"
#include "os/process.h"
#include "role/auth_state.h"
#include "role/count.h"
#include "role/house.h"
#include "role/pages.h"
#include "role/prologue.h"

enum { JOB_ARENA = 128 << 20, ALWAYS_ARENA = 16 << 20, FIRST_SWEEP_MS = 60 * 1000 };

/* ---- front ---- */

static void on_front(void *with, uint16_t kind, struct str payload, int fd)
{
    struct auth_role *role = with;
    enum status done = INVALID;
    if (kind == MESSAGE_LOGIN)
        done = auth_role_login(role, payload);
    else if (kind == MESSAGE_COOKIE)
        done = auth_role_cookie(role, payload);
    else if (kind == MESSAGE_RENEW)
        done = auth_role_renew(role, payload);
    else if (kind == MESSAGE_WEB)
        done = auth_role_web(role, payload, fd);
    file_close(&fd);
    if (done == OK)
        return;
    LOG(LOG_ERROR_LEVEL, "auth", "front_not_believed", LOG_TEXT("kind", str_of(message_name(kind))));
    loop_stop(role->loop);
}

static void on_front_closed(void *with)
{
    struct auth_role *role = with;
    channel_destroy(role->front);
    role->front = NULL;
    role->front_number++;
}

/* ---- towns ---- */

static void on_town_closed(void *with)
{
    struct auth_house *house = with;
    channel_destroy(house->town);
    house->town = NULL;
}

static void on_town(void *with, uint16_t kind, struct str payload, int fd)
{
    struct auth_house *house = with;
    file_close(&fd);
    if (auth_role_person(house, kind, payload) == OK)
        return;
    LOG(LOG_ERROR_LEVEL, "auth", "town_not_believed", LOG_TEXT("member", house->place.name),
        LOG_TEXT("kind", str_of(message_name(kind))));
    on_town_closed(house);
}

static enum status open_town(struct auth_role *role, int64_t member, int socket)
{
    struct auth_house *house = auth_house_find(role, member);
    if (house == NULL)
        return NOT_FOUND;
    channel_destroy(house->town);
    house->town = NULL;
    TRY(channel_create(role->loop, socket, on_town, on_town_closed, house, &house->town));
    auth_house_greet(house);
    return OK;
}

/* ---- the parent ---- */

static enum status open_front(struct auth_role *role, int socket)
{
    on_front_closed(role);
    return channel_create(role->loop, socket, on_front, on_front_closed, role, &role->front);
}

/* OK: the socket is taken. */
static enum status on_peer(struct auth_role *role, struct str payload, int socket)
{
    struct message_peer peer;
    TRY(message_take(MESSAGE_PEER, payload, &peer));
    if (peer.role == ROLE_TOWN)
        return open_town(role, peer.member, socket);
    if (peer.role == ROLE_FRONT)
        return open_front(role, socket);
    if (peer.role == ROLE_COMMAND)
        return auth_verb_open(role, peer.member, socket);
    if (peer.role != ROLE_HASHER)
        return INVALID;
    auth_work_hasher(role, socket);
    return OK;
}

static enum status tell_figures(struct auth_role *role, struct str payload)
{
    struct message_handle ask;
    TRY(message_take(MESSAGE_FIGURES_ASK, payload, &ask));
    struct buf counts BUF_SCOPE = BUF_INIT(COUNT_TEXT_MAX);
    count_write(&counts);
    struct message_figures figures = {.handle = ask.handle,
                                      .memory_bytes = prologue_memory(),
                                      .work = (int64_t)role->work_count,
                                      .late_job = STR(""),
                                      .queues = STR(""),
                                      .counts = buf_str(&counts)};
    return message_send(role->parent, MESSAGE_FIGURES, &figures, -1);
}

static void on_parent(void *with, uint16_t kind, struct str payload, int fd)
{
    struct auth_role *role = with;
    if (kind == MESSAGE_STOP)
        loop_stop(role->loop);
    if (kind == MESSAGE_PEER && on_peer(role, payload, fd) == OK)
        return;
    if (kind == MESSAGE_FIGURES_ASK && tell_figures(role, payload) != OK)
        LOG(LOG_ERROR_LEVEL, "auth", "figures_not_given");
    if (kind == MESSAGE_MEMBER && auth_house_put(role, payload, fd) != OK)
        LOG(LOG_ERROR_LEVEL, "auth", "member_not_taken");
    file_close(&fd);
}

static void on_parent_closed(void *with)
{
    struct auth_role *role = with;
    loop_stop(role->loop);
}

/* ---- life ---- */

static bool before_wait(void *with)
{
    struct auth_role *role = with;
    auth_house_commit(role);
    auth_owed_release(role);
    return false;
}

static enum status open_role(struct auth_role *role, const struct auth_role_start *start)
{
    struct message_handle ready = {0};
    struct str refusal = STR("");
    memcpy(role->key, start->key, sizeof role->key);
    enum status done = pages_open(role->always, WEB_AUTH, &role->pages, &refusal);
    if (done != OK)
        LOG(LOG_ERROR_LEVEL, "auth", "routes", LOG_TEXT("refusal", refusal));
    TRY(done);
    role->sweeper = loop_timer_create(role->loop, auth_house_sweep, role);
    loop_timer_set(role->sweeper, FIRST_SWEEP_MS);
    TRY(channel_create(role->loop, start->parent_socket, on_parent, on_parent_closed, role, &role->parent));
    return message_send(role->parent, MESSAGE_READY, &ready, -1);
}

static void close_role(struct auth_role *role)
{
    channel_destroy(role->front);
    channel_destroy(role->parent);
    auth_verb_close(role);
    auth_work_destroy_all(role);
    auth_owed_destroy_all(role);
    for (size_t i = 0; i < role->house_count; i++)
        auth_house_destroy(role->houses[i]);
    loop_timer_destroy(role->sweeper);
    loop_destroy(role->loop);
    arena_destroy(&role->job);
    arena_destroy(&role->always);
    explicit_bzero(role->key, sizeof role->key);
}

int auth_role_run(const struct auth_role_start *start)
{
    struct auth_role role = {.loop = loop_create(),
                             .folder = start->folder,
                             .job = arena_create(JOB_ARENA),
                             .always = arena_create(ALWAYS_ARENA),
                             .cost = start->cost};
    role.last_owed = &role.owed;
    role.last_work = &role.first_work;
    process_ignore(SIGINT);
    enum status done = open_role(&role, start);
    if (done == OK)
        loop_run(role.loop, before_wait, &role);
    else
        LOG(LOG_ERROR_LEVEL, "auth", "not_opened", LOG_TEXT("status", str_of(status_name(done))));
    close_role(&role);
    return done != OK;
}
