#include "role/front.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "os/log.h"
#include "role/front_connection.h"
#include "role/message.h"

enum { READ_STEP = 32 << 10 };

struct door {
    struct front *front;
    const struct front_door *door;
    struct loop_watch *watch;
};

int64_t front_handle(const struct connection *connection)
{
    return (int64_t)connection->generation << 32 | connection->slot;
}

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

/* ---- life of a connection ---- */

static void connection_destroy(struct connection *connection)
{
    connection->front->slots[connection->slot] = NULL;
    loop_watch_remove(connection->watch);
    loop_timer_destroy(connection->timer);
    front_forget_mail(connection);
    buf_finish(&connection->input);
    buf_finish(&connection->output);
    close(connection->fd);
    free(connection);
}

static enum status write_some(struct connection *connection)
{
    while (connection->output.len > 0) {
        size_t written;
        TRY(socket_write(connection->fd, buf_str(&connection->output), &written));
        buf_consume(&connection->output, written);
    }
    return OK;
}

/* The last words are written; what the client still sends is read and dropped, for a while, since closing over
 * unread bytes resets the connection and takes the last words with it (RFC 9293 section 3.6.1). */
static void linger(struct connection *connection)
{
    if (!connection->is_lingering)
        loop_timer_set(connection->timer, FRONT_LINGER_MS);
    connection->is_lingering = true;
    shutdown(connection->fd, SHUT_WR);
    loop_watch_set(connection->watch, LOOP_READ);
}

/* Writes what there is; the watch follows. A connection that cannot be written to is closed by its watch. */
void front_flush(struct connection *connection)
{
    enum status done = connection->output.is_over ? GONE : write_some(connection);
    if (done == BUSY)
        loop_watch_set(connection->watch, LOOP_WRITE);
    else if (done != OK)
        shutdown(connection->fd, SHUT_RDWR);
    else if (connection->is_closing)
        linger(connection);
    else
        loop_watch_set(connection->watch, connection->waiting > 0 ? 0 : LOOP_READ);
}

static void on_idle(void *with)
{
    struct connection *connection = with;
    if (connection->is_lingering) {
        connection_destroy(connection);
        return;
    }
    buf_add_literal(&connection->output, "421 4.4.2 Too slow\r\n");
    connection->is_closing = true;
    front_flush(connection);
}

static void on_input(struct connection *connection)
{
    size_t got;
    if (connection->is_lingering)
        buf_clear(&connection->input);
    char *room = buf_reserve(&connection->input, READ_STEP);
    if (room == NULL) {
        connection_destroy(connection);
        return;
    }
    enum status done = socket_read(connection->fd, room, READ_STEP, &got);
    if (done == BUSY)
        return;
    if (done != OK) {
        connection_destroy(connection);
        return;
    }
    if (connection->is_lingering)
        return;
    buf_grew(&connection->input, got);
    loop_timer_set(connection->timer, FRONT_IDLE_MS);
    front_smtp_input(connection);
}

static void on_connection(void *with, unsigned events)
{
    struct connection *connection = with;
    if (events & LOOP_CLOSED)
        connection_destroy(connection);
    else if (events & LOOP_WRITE)
        front_smtp_input(connection);
    else if (events & LOOP_READ)
        on_input(connection);
}

static int free_slot(const struct front *front)
{
    for (int i = 0; i < FRONT_CONNECTIONS_MAX; i++)
        if (front->slots[i] == NULL)
            return i;
    return -1;
}

static void connection_create(struct front *front, const struct front_door *door, int fd, const char *remote)
{
    int slot = free_slot(front);
    struct connection *connection = slot < 0 ? NULL : calloc(1, sizeof *connection);
    if (connection == NULL) {
        close(fd);
        return;
    }
    connection->front = front;
    connection->slot = (uint32_t)slot;
    connection->generation = ++front->generations[slot] & 0x7fffffff;
    connection->fd = fd;
    connection->protocol = door->protocol;
    connection->input.max = FRONT_INPUT_MAX;
    connection->output.max = FRONT_OUTPUT_MAX;
    strcpy(connection->remote, remote);
    front->slots[slot] = connection;
    connection->timer = loop_timer_create(front->loop, on_idle, connection);
    if (loop_watch_add(front->loop, fd, LOOP_READ, on_connection, connection, &connection->watch) != OK) {
        connection_destroy(connection);
        return;
    }
    loop_timer_set(connection->timer, FRONT_IDLE_MS);
    front_smtp_greet(connection);
    front_flush(connection);
}

static void on_door(void *with, unsigned events)
{
    struct door *door = with;
    char remote[SOCKET_ADDRESS_MAX];
    int fd;
    (void)events;
    while (socket_accept(door->door->listener, remote, &fd) == OK)
        connection_create(door->front, door->door, fd, remote);
}

/* ---- towns and the parent ---- */

static void on_town(void *with, uint16_t kind, struct str payload, int fd)
{
    struct front_peer *peer = with;
    int64_t handle;
    if (fd >= 0)
        close(fd);
    if ((kind != MESSAGE_RCPT_ANSWER && kind != MESSAGE_DELIVERED) || payload.len < sizeof handle)
        return;
    memcpy(&handle, payload.at, sizeof handle); /* the first field of both, little endian as we are */
    uint32_t slot = (uint32_t)handle;
    struct connection *connection = slot < FRONT_CONNECTIONS_MAX ? peer->front->slots[slot] : NULL;
    if (connection != NULL && front_handle(connection) == handle && connection->waiting > 0)
        front_smtp_answer(connection, kind, payload, peer->index);
}

/* Everything that waits for this town is answered "not now"; another channel comes when it has started anew. */
static void on_town_closed(void *with)
{
    struct front_peer *peer = with;
    LOG(LOG_WARN_LEVEL, "front", "town_closed", LOG_TEXT("member", peer->name));
    channel_destroy(peer->channel);
    peer->channel = NULL;
    for (size_t i = 0; i < FRONT_CONNECTIONS_MAX; i++)
        if (peer->front->slots[i] != NULL && peer->front->slots[i]->waiting > 0)
            front_smtp_lost(peer->front->slots[i], peer->index);
}

/* ---- auth ---- */

static void on_auth_closed(void *with)
{
    struct front *front = with;
    channel_destroy(front->auth);
    front->auth = NULL;
}

static void on_auth(void *with, uint16_t kind, struct str payload, int fd)
{
    (void)with;
    (void)payload;
    if (fd >= 0)
        close(fd);
    LOG(LOG_ERROR_LEVEL, "front", "auth_not_understood", LOG_TEXT("kind", str_of(message_name(kind))));
}

/* ---- the parent ---- */

static struct front_peer *peer_of(const struct front *front, int64_t member)
{
    for (size_t i = 0; i < front->peer_count; i++)
        if (front->peers[i]->member == member)
            return front->peers[i];
    return NULL;
}

static void replace_text(struct str *text, struct str with)
{
    char *copy = strndup(with.len > 0 ? with.at : "", with.len);
    REQUIRE(copy != NULL);
    free((char *)(uintptr_t)text->at);
    *text = (struct str){copy, with.len};
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
    replace_text(&peer->domains, told.domains);
    replace_text(&peer->hosts, told.hosts);
    return OK;
}

/* OK: the socket is taken. */
static enum status on_peer(struct front *front, struct str payload, int socket)
{
    struct message_peer told;
    TRY(message_take(MESSAGE_PEER, payload, &told));
    if (told.role == ROLE_AUTH) {
        on_auth_closed(front);
        return channel_create(front->loop, socket, on_auth, on_auth_closed, front, &front->auth);
    }
    struct front_peer *peer = told.role == ROLE_TOWN ? peer_of(front, told.member) : NULL;
    if (peer == NULL)
        return INVALID;
    if (peer->channel != NULL)
        on_town_closed(peer);
    return channel_create(front->loop, socket, on_town, on_town_closed, peer, &peer->channel);
}

static void on_parent(void *with, uint16_t kind, struct str payload, int fd)
{
    struct front *front = with;
    if (kind == MESSAGE_STOP)
        loop_stop(front->loop);
    if (kind == MESSAGE_PEER && on_peer(front, payload, fd) == OK)
        return;
    if (kind == MESSAGE_MEMBER && on_member(front, payload) != OK)
        LOG(LOG_ERROR_LEVEL, "front", "member_not_taken");
    if (fd >= 0)
        close(fd);
}

static void on_parent_closed(void *with)
{
    struct front *front = with;
    loop_stop(front->loop);
}

static enum status open_doors(struct front *front, const struct front_door *doors, struct door *ret_doors, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ret_doors[i] = (struct door){.front = front, .door = &doors[i]};
        TRY(loop_watch_add(front->loop, doors[i].listener, LOOP_READ, on_door, &ret_doors[i], &ret_doors[i].watch));
    }
    return OK;
}

static void destroy_peer(struct front_peer *peer)
{
    channel_destroy(peer->channel);
    free((char *)(uintptr_t)peer->name.at);
    free((char *)(uintptr_t)peer->domains.at);
    free((char *)(uintptr_t)peer->hosts.at);
    free(peer);
}

static void close_all(struct front *front, struct door *doors, size_t door_count)
{
    for (size_t i = 0; i < FRONT_CONNECTIONS_MAX; i++)
        if (front->slots[i] != NULL)
            connection_destroy(front->slots[i]);
    for (size_t i = 0; i < door_count; i++)
        loop_watch_remove(doors[i].watch);
    for (size_t i = 0; i < front->peer_count; i++)
        destroy_peer(front->peers[i]);
    channel_destroy(front->auth);
    channel_destroy(front->parent);
    loop_destroy(front->loop);
    free(front);
}

int front_run(const struct front_start *start)
{
    struct door open[FRONT_DOORS_MAX] = {0};
    struct message_handle ready = {0};
    struct front *front = calloc(1, sizeof *front);
    REQUIRE(front != NULL && start->door_count <= FRONT_DOORS_MAX);
    signal(SIGINT, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    front->hostname = start->hostname;
    front->loop = loop_create();
    enum status done =
        channel_create(front->loop, start->parent_socket, on_parent, on_parent_closed, front, &front->parent);
    if (done == OK)
        done = open_doors(front, start->doors, open, start->door_count);
    if (done == OK)
        done = message_send(front->parent, MESSAGE_READY, &ready, -1);
    if (done == OK)
        loop_run(front->loop, NULL, NULL);
    close_all(front, open, start->door_count);
    return done != OK;
}
