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

int front_town_of(const struct front *front, struct str address)
{
    size_t at = str_find_byte_last(address, '@');
    struct str domain = at == SIZE_MAX ? STR("") : str_after(address, at + 1);
    for (size_t i = 0; i < front->peer_count; i++)
        for (size_t j = 0; j < front->peers[i].town->domain_count; j++)
            if (str_eq_nocase(front->peers[i].town->domains[j], domain))
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

/* Everything that waits for this town answers "not now". */
static void on_town_closed(void *with)
{
    struct front_peer *peer = with;
    LOG(LOG_ERROR_LEVEL, "front", "town_closed", LOG_NUMBER("member", peer->town->member));
    loop_stop(peer->front->loop);
}

static void on_parent(void *with, uint16_t kind, struct str payload, int fd)
{
    struct front *front = with;
    (void)payload;
    if (fd >= 0)
        close(fd);
    if (kind == MESSAGE_STOP)
        loop_stop(front->loop);
}

static void on_parent_closed(void *with)
{
    struct front *front = with;
    loop_stop(front->loop);
}

static enum status open_peers(struct front *front, const struct front_town *towns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct front_peer *peer = &front->peers[front->peer_count];
        *peer = (struct front_peer){.front = front, .town = &towns[i], .index = (int)front->peer_count++};
        TRY(channel_create(front->loop, towns[i].socket, on_town, on_town_closed, peer, &peer->channel));
    }
    return OK;
}

static enum status open_doors(struct front *front, const struct front_door *doors, struct door *ret_doors, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ret_doors[i] = (struct door){.front = front, .door = &doors[i]};
        TRY(loop_watch_add(front->loop, doors[i].listener, LOOP_READ, on_door, &ret_doors[i], &ret_doors[i].watch));
    }
    return OK;
}

static void close_all(struct front *front, struct door *doors, size_t door_count)
{
    for (size_t i = 0; i < FRONT_CONNECTIONS_MAX; i++)
        if (front->slots[i] != NULL)
            connection_destroy(front->slots[i]);
    for (size_t i = 0; i < door_count; i++)
        loop_watch_remove(doors[i].watch);
    for (size_t i = 0; i < front->peer_count; i++)
        channel_destroy(front->peers[i].channel);
    channel_destroy(front->parent);
    loop_destroy(front->loop);
    free(front);
}

int front_run(struct str hostname, const struct front_door *doors, size_t door_count, const struct front_town *towns,
              size_t town_count, int parent_socket)
{
    struct door open[FRONT_DOORS_MAX] = {0};
    struct message_handle ready = {0};
    struct front *front = calloc(1, sizeof *front);
    REQUIRE(front != NULL && door_count <= FRONT_DOORS_MAX && town_count <= FRONT_TOWNS_MAX);
    signal(SIGINT, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    front->hostname = hostname;
    front->loop = loop_create();
    enum status done = channel_create(front->loop, parent_socket, on_parent, on_parent_closed, front, &front->parent);
    if (done == OK)
        done = open_peers(front, towns, town_count);
    if (done == OK)
        done = open_doors(front, doors, open, door_count);
    if (done == OK)
        done = message_send(front->parent, MESSAGE_READY, &ready, -1);
    if (done == OK)
        loop_run(front->loop, NULL, NULL);
    close_all(front, open, door_count);
    return done != OK;
}
