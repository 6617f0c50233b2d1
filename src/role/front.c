#include "role/front.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "os/entropy.h"
#include "os/file.h"
#include "os/log.h"
#include "os/process.h"
#include "role/count.h"
#include "role/front_connection.h"
#include "role/front_imap.h"
#include "role/front_outbox.h"
#include "role/message.h"
#include "role/prologue.h"
#include "role/pages.h"

enum {
    QUIET_MS = 10 * 1000,
    LEAVE_MS = 3000,
    LEAVE_STEP_MS = 20,
    ACCEPT_TURN = 64,
    DOOR_PAUSE_MS = 200,
    ALWAYS_ARENA = 4 << 20
};

struct door {
    struct front *front;
    const struct front_door *door;
    struct loop_watch *watch;
    struct loop_timer *timer; /* opens it again after a pause */
};

static bool has_line(struct str lines, struct str wanted)
{
    while (wanted.len > 0 && !str_is_absent(lines))
        if (str_eq_nocase(str_cut(&lines, '\n'), wanted))
            return true;
    return false;
}

int front_town_of(const struct front *front, struct str address)
{
    size_t at = str_find_byte_last(address, '@');
    struct str domain = at == SIZE_MAX ? STR("") : str_after(address, at + 1);
    for (size_t i = 0; i < front->peer_count; i++)
        if (has_line(front->peers[i]->domains, domain))
            return (int)i;
    return -1;
}

struct channel *front_channel(const struct front *front, int town)
{
    return town == FRONT_AUTH ? front->auth.channel : front->peers[town]->channel;
}

/* ---- doors ---- */

static void on_pause_over(void *with)
{
    struct door *door = with;
    loop_watch_set(door->watch, LOOP_READ);
}

/* Without a free descriptor the door waits: it would be called again at once, and again. */
static void on_door(void *with, unsigned events)
{
    struct door *door = with;
    char remote[SOCKET_ADDRESS_MAX];
    int fd;
    (void)events;
    for (int i = 0; i < ACCEPT_TURN; i++) {
        enum status done = socket_accept(door->door->listener, remote, &fd);
        if (done == OUTSIDE) {
            loop_watch_set(door->watch, 0);
            loop_timer_set(door->timer, DOOR_PAUSE_MS);
        }
        if (done != OK)
            return;
        connection_create(door->front, door->door, fd, remote);
    }
}

/* ---- towns, auth and the parent ---- */

static bool is_for_connection(uint16_t kind)
{
    return kind == MESSAGE_RCPT_ANSWER || kind == MESSAGE_DELIVERED || kind == MESSAGE_WEB_ANSWER ||
           kind == MESSAGE_LOGIN_ANSWER || kind == MESSAGE_IMAP_BYTES;
}

/* Who has begun and is not closing hears it; whoever else it is for does not. */
static void pass_on(struct front *front, struct front_answer *answer)
{
    int64_t handle;
    if (answer->payload.len < sizeof handle)
        return;
    memcpy(&handle, answer->payload.at, sizeof handle); /* the first field of all, little endian as we are */
    if (answer->kind == MESSAGE_DELIVERED && front_outbox_answer(front, answer, handle))
        return;
    struct connection *connection = connection_of(front, handle);
    if (connection == NULL || !connection->has_begun || connection->is_closing)
        return;
    connection->calls->answer(connection, answer);
    connection_resume(connection);
}

static void on_frame(void *with, uint16_t kind, struct str payload, int fd)
{
    struct front_peer *peer = with;
    struct front_answer answer = {.kind = kind, .payload = payload, .fd = fd, .town = peer->index};
    if (is_for_connection(kind))
        pass_on(peer->front, &answer);
    if (kind == MESSAGE_OUTBOX && peer->index != FRONT_AUTH)
        front_outbox_take(peer->front, &answer);
    if (answer.fd >= 0)
        close(answer.fd);
}

/* What waits for this role hears "not now"; another channel comes when it has started anew. */
static void on_peer_closed(void *with)
{
    struct front_peer *peer = with;
    struct front *front = peer->front;
    channel_destroy(peer->channel);
    peer->channel = NULL;
    LOG(LOG_WARN_LEVEL, "front", "peer_closed", LOG_TEXT("peer", peer->name));
    if (peer->index != FRONT_AUTH)
        front_outbox_lost(front, peer->index);
    for (size_t i = 0; i < FRONT_CONNECTIONS_MAX; i++) {
        struct connection *connection = front->slots[i];
        if (connection == NULL || !connection->has_begun || connection->is_closing)
            continue;
        connection->calls->lost(connection, peer->index);
        connection_resume(connection);
    }
}

static struct front_peer *peer_of(const struct front *front, int64_t member)
{
    for (size_t i = 0; i < front->peer_count; i++)
        if (front->peers[i]->member == member)
            return front->peers[i];
    return NULL;
}

static void replace_text(struct str *text, struct str with)
{
    front_drop(text);
    *text = front_keep(with);
}

static enum status on_member(struct front *front, struct str payload)
{
    struct message_member told;
    TRY(message_take(MESSAGE_MEMBER, payload, &told));
    struct front_peer *peer = peer_of(front, told.member);
    if (peer == NULL && front->peer_count == FRONT_TOWNS_MAX)
        return LIMIT;
    if (peer == NULL) {
        peer = calloc(1, sizeof *peer);
        REQUIRE(peer != NULL);
        *peer = (struct front_peer){.front = front, .member = told.member, .index = (int)front->peer_count};
        front->peers[front->peer_count++] = peer;
    }
    replace_text(&peer->name, told.name);
    replace_text(&peer->title, told.title);
    replace_text(&peer->kind, told.kind);
    replace_text(&peer->domains, told.is_removed ? STR("") : told.domains);
    replace_text(&peer->hosts, told.is_removed ? STR("") : told.hosts);
    return OK;
}

/* OK: the socket is taken. */
static enum status on_peer(struct front *front, struct str payload, int socket)
{
    struct message_peer told;
    TRY(message_take(MESSAGE_PEER, payload, &told));
    struct front_peer *peer = told.role == ROLE_TOWN   ? peer_of(front, told.member)
                              : told.role == ROLE_AUTH ? &front->auth
                                                       : NULL;
    if (peer == NULL || socket < 0)
        return INVALID;
    if (peer->channel != NULL)
        on_peer_closed(peer);
    return channel_create(front->loop, socket, on_frame, on_peer_closed, peer, &peer->channel);
}

static enum status open_doors(struct front *front)
{
    for (size_t i = 0; i < front->start->door_count; i++) {
        struct door *door = &front->doors[i];
        *door = (struct door){.front = front, .door = &front->start->doors[i]};
        door->timer = loop_timer_create(front->loop, on_pause_over, door);
        TRY(loop_watch_add(front->loop, door->door->listener, LOOP_READ, on_door, door, &door->watch));
    }
    return OK;
}

/* ---- the end ---- */

/* Who is being worked for is waited for, a little: an answer that does not arrive makes a client send again what is
 * done already. The others hear that it is over. */
static void leave(void *with)
{
    struct front *front = with;
    size_t waiting = 0;
    for (size_t i = 0; i < FRONT_CONNECTIONS_MAX; i++)
        waiting += front->slots[i] != NULL && !connection_leave(front->slots[i]);
    if (waiting == 0 || loop_now_ms(front->loop) >= front->leave_until_ms)
        loop_stop(front->loop);
    else
        loop_timer_set(front->leaving, LEAVE_STEP_MS);
}

static void start_leaving(struct front *front)
{
    if (front->is_leaving)
        return;
    front->is_leaving = true;
    front->leave_until_ms = loop_now_ms(front->loop) + LEAVE_MS;
    for (size_t i = 0; front->is_open && i < front->start->door_count; i++) {
        loop_watch_set(front->doors[i].watch, 0);
        loop_timer_set(front->doors[i].timer, -1);
    }
    leave(front);
}

/* ---- the parent ---- */

static enum status tell_figures(struct front *front, struct str payload)
{
    struct message_handle ask;
    TRY(message_take(MESSAGE_FIGURES_ASK, payload, &ask));
    struct buf counts BUF_SCOPE = BUF_INIT(COUNT_TEXT_MAX);
    count_write(&counts);
    struct message_figures figures = {.handle = ask.handle, .memory_bytes = prologue_memory(),
                                      .work = FRONT_CONNECTIONS_MAX - (int64_t)front->free_count,
                                      .late_job = STR(""), .queues = STR(""), .counts = buf_str(&counts)};
    return message_send(front->parent, MESSAGE_FIGURES, &figures, -1);
}

/* Connections that are open go on with what they began with. */
static enum status on_tls(struct front *front, struct str payload, int fd)
{
    struct message_tls told;
    struct str pem;
    struct tls_context *tls;
    const char *refusal;
    TRY(message_take(MESSAGE_TLS, payload, &told));
    TRY(file_map(fd, 2 * TLS_PEM_MAX, &pem));
    enum status done = told.certificate_bytes < 0 || told.certificate_bytes > (int64_t)pem.len ? INVALID : OK;
    size_t cut = done == OK ? (size_t)told.certificate_bytes : 0;
    if (done == OK)
        done = tls_context_create(str_slice(pem, 0, cut), str_after(pem, cut), &tls, &refusal);
    file_unmap(pem);
    if (done != OK)
        return done;
    tls_context_destroy(front->tls);
    front->tls = tls;
    LOG(LOG_INFO_LEVEL, "front", "certificate_changed");
    return OK;
}

static void on_parent(void *with, uint16_t kind, struct str payload, int fd)
{
    struct front *front = with;
    /* Of every member: before, they would be refused for good. */
    bool is_told = kind == MESSAGE_READY && !front->is_open;
    front->is_open |= is_told;
    if (is_told && open_doors(front) != OK)
        loop_stop(front->loop);
    if (kind == MESSAGE_STOP)
        start_leaving(front);
    if (kind == MESSAGE_PEER && on_peer(front, payload, fd) == OK)
        return;
    if (kind == MESSAGE_MEMBER && on_member(front, payload) != OK)
        LOG(LOG_ERROR_LEVEL, "front", "member_not_taken", LOG_NUMBER("members", (int64_t)front->peer_count));
    if (kind == MESSAGE_FIGURES_ASK && tell_figures(front, payload) != OK)
        LOG(LOG_ERROR_LEVEL, "front", "figures_not_given");
    if (kind == MESSAGE_TLS && on_tls(front, payload, fd) != OK)
        LOG(LOG_ERROR_LEVEL, "front", "certificate_not_taken");
    struct front_answer answer = {.kind = kind, .payload = payload, .fd = fd, .town = FRONT_PARENT};
    if (kind == MESSAGE_CHALLENGE_ANSWER || kind == MESSAGE_METRICS_ANSWER)
        pass_on(front, &answer);
    if (answer.fd >= 0)
        close(answer.fd);
}

static void on_parent_closed(void *with)
{
    struct front *front = with;
    loop_stop(front->loop);
}

static void destroy_peer(struct front_peer *peer)
{
    channel_destroy(peer->channel);
    front_drop(&peer->name);
    front_drop(&peer->title);
    front_drop(&peer->kind);
    front_drop(&peer->domains);
    front_drop(&peer->hosts);
    free(peer);
}

static void close_all(struct front *front, struct door *doors, size_t door_count)
{
    for (size_t i = 0; i < FRONT_CONNECTIONS_MAX; i++)
        if (front->slots[i] != NULL)
            connection_destroy(front->slots[i]);
    for (size_t i = 0; i < door_count; i++) {
        loop_watch_remove(doors[i].watch);
        loop_timer_destroy(doors[i].timer);
    }
    for (size_t i = 0; i < front->peer_count; i++)
        destroy_peer(front->peers[i]);
    loop_timer_destroy(front->leaving);
    front_errands_destroy(front->errands);
    channel_destroy(front->auth.channel);
    channel_destroy(front->parent);
    loop_timer_destroy(front->quiet);
    loop_destroy(front->loop);
    arena_destroy(&front->always);
    free(front);
}

/* Memory of a busy moment goes back, sooner or later. */
static void on_quiet(void *with)
{
    struct front *front = with;
    process_trim();
    loop_timer_set(front->quiet, QUIET_MS);
}

static struct front *create(const struct front_start *start)
{
    struct front *front = calloc(1, sizeof *front);
    REQUIRE(front != NULL && start->door_count <= FRONT_DOORS_MAX);
    front->hostname = start->hostname;
    front->tls = start->tls;
    front->auth = (struct front_peer){.front = front, .index = FRONT_AUTH, .name = STR("auth")};
    front->loop = loop_create();
    front->quiet = loop_timer_create(front->loop, on_quiet, front);
    loop_timer_set(front->quiet, QUIET_MS);
    REQUIRE(front->loop != NULL);
    front->always = arena_create(ALWAYS_ARENA);
    front->errands = front_errands_create();
    front->imap_limits = imap_limits_after_login(IMAP_APPEND_MAX);
    front->leaving = loop_timer_create(front->loop, leave, front);
    entropy_fill(&front->address_seed, sizeof front->address_seed);
    entropy_fill(&front->requests, sizeof front->requests);
    for (size_t i = FRONT_CONNECTIONS_MAX; i > 0; i--)
        front->free_slots[front->free_count++] = (uint16_t)(i - 1);
    return front;
}

static enum status open_all(struct front *front)
{
    struct message_handle ready = {0};
    struct str refusal;
    TRY(pages_open(front->always, WEB_AUTH, &front->of_auth, &refusal));
    TRY(channel_create(front->loop, front->start->parent_socket, on_parent, on_parent_closed, front, &front->parent));
    return message_send(front->parent, MESSAGE_READY, &ready, -1);
}

int front_run(const struct front_start *start)
{
    struct door doors[FRONT_DOORS_MAX] = {0};
    process_ignore(SIGINT);
    process_ignore(SIGPIPE);
    struct front *front = create(start);
    front->start = start;
    front->doors = doors;
    enum status done = open_all(front);
    if (done == OK)
        loop_run(front->loop, NULL, NULL);
    close_all(front, doors, start->door_count);
    return done != OK;
}
