#include "role/front_connection.h"
#include "role/count.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "os/file.h"

enum { BODY_MAX = 256 << 20 };

int64_t front_handle(const struct connection *connection)
{
    return (int64_t)connection->generation << 32 | connection->slot;
}

struct connection *connection_of(const struct front *front, int64_t handle)
{
    uint32_t slot = (uint32_t)handle;
    struct connection *connection = slot < FRONT_CONNECTIONS_MAX ? front->slots[slot] : NULL;
    return connection != NULL && front_handle(connection) == handle ? connection : NULL;
}

struct str front_keep(struct str text)
{
    char *copy = malloc(text.len + 1);
    REQUIRE(copy != NULL);
    if (text.len > 0)
        memcpy(copy, text.at, text.len);
    copy[text.len] = 0;
    return (struct str){copy, text.len};
}

void front_drop(struct str *text)
{
    free((char *)(uintptr_t)text->at);
    *text = STR_NONE;
}

void front_patience(struct connection *connection, uint32_t ms)
{
    connection->patience_ms = ms;
    connection->moved = 0;
    loop_timer_set(connection->timer, ms);
}

struct spool front_spool(const struct connection *connection, int64_t max)
{
    struct front *front = connection->front;
    struct spool_room total = {&front->spooled, FRONT_SPOOLED_MAX};
    struct spool_room share = {&front->address_spooled[connection->address], FRONT_SPOOLED_SHARE};
    if (socket_is_loopback(str_of(connection->remote)))
        share = (struct spool_room){NULL, 0};
    return spool_of(max, total, share);
}

void front_turn_to_tls(struct connection *connection)
{
    connection->is_turning = true;
}

enum status front_say_memory(struct connection *connection, int fd, int64_t size)
{
    struct str body;
    REQUIRE(connection->body.at == NULL);
    TRY(file_map(fd, BODY_MAX, &body));
    if ((int64_t)body.len != size) {
        file_unmap(body);
        return INVALID;
    }
    connection->body = body;
    connection->body_done = 0;
    return OK;
}

static void drop_body(struct connection *connection)
{
    if (connection->body.at != NULL)
        file_unmap(connection->body);
    connection->body = STR_NONE;
}

void connection_destroy(struct connection *connection)
{
    struct front *front = connection->front;
    if (connection->has_begun && connection->calls->end != NULL)
        connection->calls->end(connection);
    front->slots[connection->slot] = NULL;
    front->free_slots[front->free_count++] = (uint16_t)connection->slot;
    front->address_counts[connection->address]--;
    loop_watch_remove(connection->watch);
    loop_timer_destroy(connection->timer);
    buf_finish(&connection->input);
    buf_finish(&connection->output);
    drop_body(connection);
    tls_destroy(connection->tls);
    close(connection->fd);
    free(connection);
}

/* ---- bytes out ---- */

static bool has_output(const struct connection *connection)
{
    return connection->output.len > 0 || connection->body.at != NULL;
}

/* A client that takes or gives enough is not slow. */
static void note_progress(struct connection *connection, size_t bytes)
{
    connection->moved += (uint32_t)bytes;
    if (connection->moved >= FRONT_PROGRESS)
        front_patience(connection, connection->patience_ms);
}

static enum status write_some(struct connection *connection, struct str bytes, size_t *ret_written)
{
    if (connection->tls != NULL)
        TRY(tls_write(connection->tls, bytes, ret_written));
    else
        TRY(socket_write(connection->fd, bytes, ret_written));
    note_progress(connection, *ret_written);
    return OK;
}

static enum status write_body(struct connection *connection)
{
    size_t turn = 0, written;
    while (connection->body_done < connection->body.len) {
        if (turn >= FRONT_TURN_BYTES)
            return BUSY;
        TRY(write_some(connection, str_after(connection->body, connection->body_done), &written));
        connection->body_done += written;
        turn += written;
    }
    drop_body(connection);
    return OK;
}

static enum status write_all(struct connection *connection)
{
    size_t written;
    if (connection->output.is_over)
        return GONE;
    while (connection->output.len > 0) {
        TRY(write_some(connection, buf_str(&connection->output), &written));
        buf_consume(&connection->output, written);
    }
    buf_release(&connection->output);
    return connection->body.at != NULL ? write_body(connection) : OK;
}

static void pump(struct connection *connection, struct str fresh)
{
    struct buf *input = &connection->input;
    bool was_held = input->len > 0;
    if (was_held)
        buf_add(input, fresh);
    struct str bytes = was_held ? buf_str(input) : fresh;
    size_t before = bytes.len;
    connection->calls->input(connection, &bytes);
    if (was_held)
        buf_consume(input, before - bytes.len);
    else
        buf_add(input, bytes);
    if (input->is_over)
        connection->is_broken = true;
    if (input->len == 0)
        buf_release(input);
}

static bool may_take(const struct connection *connection)
{
    return connection->has_begun && !connection->is_closing && !connection->is_turning && connection->waiting == 0 &&
           !connection->front->is_leaving;
}

static void after_output(struct connection *connection, bool may_pump)
{
    if (!connection->has_begun || connection->is_closing || connection->is_turning)
        return;
    if (connection->calls->drained != NULL)
        connection->calls->drained(connection);
    if (may_pump && may_take(connection) && connection->input.len > 0)
        pump(connection, STR(""));
}

/* Input that had to wait is heard when all output is written: an answer never overtakes another. */
static enum status flush(struct connection *connection, bool is_resumed)
{
    bool may_pump = is_resumed;
    do {
        may_pump |= has_output(connection);
        TRY(write_all(connection));
        after_output(connection, may_pump);
        may_pump = false;
    } while (has_output(connection) && !connection->is_broken);
    return connection->is_broken ? GONE : OK;
}

/* The last words are written; what the client still sends is read and dropped, for a while, since closing over
 * unread bytes resets the connection and takes the last words with it (RFC 9293 section 3.6.1). */
static void linger(struct connection *connection)
{
    if (!connection->is_lingering) {
        loop_timer_set(connection->timer, FRONT_LINGER_MS);
        if (connection->tls != NULL)
            tls_end(connection->tls);
        socket_end_writing(connection->fd);
    }
    connection->is_lingering = true;
    buf_release(&connection->input);
    loop_watch_set(connection->watch, LOOP_READ);
}

/* ---- TLS ---- */

static bool may_read(const struct connection *connection)
{
    return may_take(connection) && !connection->is_shaking && !has_output(connection);
}

static void begin(struct connection *connection)
{
    bool is_first = !connection->has_begun;
    connection->has_begun = true;
    if (is_first)
        connection->calls->begin(connection);
    else if (connection->calls->secured != NULL)
        connection->calls->secured(connection);
}

static enum status shake(struct connection *connection)
{
    TRY(tls_handshake(connection->tls));
    connection->is_shaking = false;
    begin(connection);
    return OK;
}

static enum status start_tls(struct connection *connection)
{
    connection->is_turning = false;
    buf_release(&connection->input);
    TRY(tls_create(connection->front->tls, connection->fd, &connection->tls));
    connection->is_shaking = true;
    front_patience(connection, FRONT_HANDSHAKE_MS);
    return shake(connection);
}

/* ---- one turn ---- */

/* As far as it comes now. BUSY: the socket must be ready first; GONE: it is over. */
static enum status advance(struct connection *connection, bool is_resumed)
{
    if (connection->is_broken)
        return GONE;
    if (connection->is_shaking)
        TRY(shake(connection));
    TRY(flush(connection, is_resumed));
    if (!connection->is_turning)
        return OK;
    TRY(start_tls(connection));
    return flush(connection, false);
}

static void settle(struct connection *connection, bool is_resumed)
{
    enum status done = advance(connection, is_resumed);
    bool is_writing = connection->tls != NULL ? tls_waits_to_write(connection->tls) : true;
    if (done == BUSY && connection->is_shaking)
        loop_watch_set(connection->watch, is_writing ? LOOP_WRITE : LOOP_READ);
    else if (done == BUSY)
        loop_watch_set(connection->watch, LOOP_WRITE);
    else if (done != OK)
        connection_destroy(connection);
    else if (connection->is_closing)
        linger(connection);
    else
        loop_watch_set(connection->watch, may_read(connection) ? LOOP_READ : 0);
}

void connection_resume(struct connection *connection)
{
    settle(connection, true);
}

static enum status read_some(struct connection *connection, size_t *ret_got)
{
    char *room = connection->front->scratch;
    if (connection->tls != NULL && !connection->is_lingering)
        return tls_read(connection->tls, room, FRONT_READ_STEP, ret_got);
    return socket_read(connection->fd, room, FRONT_READ_STEP, ret_got);
}

/* The client has said its last; what it asked before may still be answered, and then it is over. */
static void on_input(struct connection *connection)
{
    size_t got = 0;
    enum status done = read_some(connection, &got);
    if (done == BUSY)
        return;
    if (done != OK) {
        connection->is_broken = !has_output(connection);
        connection->is_closing = true;
        return;
    }
    if (connection->is_lingering)
        return;
    note_progress(connection, got);
    pump(connection, (struct str){connection->front->scratch, got});
}

static void on_event(void *with, unsigned events)
{
    struct connection *connection = with;
    if (events & LOOP_CLOSED)
        connection->is_broken = true;
    else if (connection->is_lingering || (may_read(connection) && events & LOOP_READ))
        on_input(connection);
    settle(connection, false);
}

/* Time to the next sign of life is over; when the last words cannot be written either, so is the connection. */
static void on_late(void *with)
{
    struct connection *connection = with;
    if (connection->is_closing || connection->is_shaking || !connection->has_begun || has_output(connection)) {
        connection_destroy(connection);
        return;
    }
    if (connection->calls->late != NULL)
        connection->calls->late(connection);
    connection->is_closing = true;
    loop_timer_set(connection->timer, FRONT_LINGER_MS);
    settle(connection, false);
}

bool connection_leave(struct connection *connection)
{
    if (connection->waiting > 0)
        return false;
    if (connection->has_begun && !connection->is_closing && connection->calls->leave != NULL &&
        connection->body.at == NULL)
        connection->calls->leave(connection);
    connection->is_closing = true;
    settle(connection, false);
    return true;
}

static const struct front_calls *const calls[] = {
    [FRONT_LMTP] = &front_lmtp_calls,
    [FRONT_SMTP] = &front_smtp_calls,
    [FRONT_SUBMISSION] = &front_submission_calls,
    [FRONT_IMAP] = &front_imap_calls,
    [FRONT_WEB] = &front_web_calls,
    [FRONT_REDIRECT] = &front_web_calls,
    [FRONT_METRICS] = &front_web_calls,
};

static struct connection *in_free_slot(struct front *front)
{
    if (front->free_count == 0)
        return NULL;
    struct connection *connection = calloc(1, sizeof *connection);
    if (connection == NULL)
        return NULL;
    connection->slot = front->free_slots[--front->free_count];
    connection->generation = ++front->generations[connection->slot] & 0x7fffffff;
    connection->front = front;
    front->slots[connection->slot] = connection;
    return connection;
}

/* One client cannot take the places of all: each network has so many. Networks that hash alike share them; the seed
 * keeps others from choosing which. */
static bool has_place(struct front *front, const char *remote, uint16_t *ret_address)
{
    uint64_t hash = (socket_network(remote) ^ front->address_seed) * UINT64_C(0x9e3779b97f4a7c15);
    *ret_address = (uint16_t)(hash >> 40 & (FRONT_ADDRESSES - 1));
    return front->address_counts[*ret_address] < FRONT_ADDRESS_MAX || socket_is_loopback(str_of(remote));
}

void connection_create(struct front *front, const struct front_door *door, int fd, const char *remote)
{
    uint16_t address;
    struct connection *connection = has_place(front, remote, &address) ? in_free_slot(front) : NULL;
    if (connection == NULL) {
        close(fd);
        return;
    }
    count_add(COUNT_CONNECTIONS);
    connection->address = address;
    front->address_counts[address]++;
    connection->fd = fd;
    connection->protocol = (uint8_t)door->protocol;
    connection->calls = calls[door->protocol];
    connection->input.max = FRONT_INPUT_MAX;
    connection->output.max = FRONT_OUTPUT_MAX;
    snprintf(connection->remote, sizeof connection->remote, "%s", remote);
    connection->timer = loop_timer_create(front->loop, on_late, connection);
    if (loop_watch_add(front->loop, fd, LOOP_READ, on_event, connection, &connection->watch) != OK) {
        connection_destroy(connection);
        return;
    }
    connection->is_turning = door->is_secure;
    if (!door->is_secure)
        begin(connection);
    settle(connection, false);
}
