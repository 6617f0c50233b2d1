/* IMAP at the door (RFC 9051): commands are framed and cut here, what they mean is the town's; its bytes go out as
 * they are.
 *
 * One command of a connection is with the town at a time. IDLE is the one during which the client is heard. */
#include "role/front_imap.h"

#include <stdlib.h>

#include "proto/imap/imap_capability.h"
#include "proto/imap/imap_wire.h"
#include "role/message.h"

enum { WIRE_MAX = 512 << 10 };

/* ---- words ---- */

void imap_say(struct connection *connection, struct str tag, const char *words)
{
    front_say(connection, str_is_absent(tag) ? STR("*") : tag);
    buf_add_format(&connection->output, " %s\r\n", words);
}

void imap_say_capability(struct connection *connection)
{
    const struct imap *imap = connection->state;
    enum imap_stage stage = connection->tls != NULL                              ? IMAP_SECURE
                            : socket_is_loopback(str_of(connection->remote)) ? IMAP_CLEAR_ALLOWED
                                                                             : IMAP_CLEAR;
    imap_capability_write(&connection->output, imap->is_open ? IMAP_SIGNED_IN : stage, connection->front->tls != NULL);
}

static void say_bye(struct connection *connection, const char *words)
{
    buf_add_format(&connection->output, "* BYE %s\r\n", words);
    connection->is_closing = true;
}

void imap_bad(struct connection *connection, struct str tag, const char *why)
{
    struct imap *imap = connection->state;
    front_say(connection, str_is_absent(tag) ? STR("*") : tag);
    buf_add_format(&connection->output, " BAD %s\r\n", why);
    if (++imap->bad >= IMAP_BAD_MAX)
        say_bye(connection, "Too many errors");
}

/* ---- life ---- */

static void begin(struct connection *connection)
{
    struct imap *imap = calloc(1, sizeof *imap);
    REQUIRE(imap != NULL);
    connection->state = imap;
    imap->reader = imap_reader_of(&imap_limits_before_login);
    front_patience(connection, IMAP_LOGIN_MS);
    front_say(connection, STR("* OK [CAPABILITY "));
    imap_say_capability(connection);
    front_say(connection, STR("] parvis\r\n"));
}

static void drop_literal(struct imap *imap)
{
    if (imap->literal != NULL)
        spool_finish(imap->literal);
    free(imap->literal);
    imap->literal = NULL;
}

static void end(struct connection *connection)
{
    struct imap *imap = connection->state;
    struct message_handle close = {front_handle(connection)};
    struct channel *channel = imap->is_open ? front_channel(connection->front, imap->login.town) : NULL;
    if (channel != NULL && message_send(channel, MESSAGE_IMAP_CLOSE, &close, -1) != OK)
        channel = NULL; /* it has gone, and the session with it */
    imap_reader_finish(&imap->reader);
    front_login_finish(&imap->login);
    front_sasl_finish(&imap->sasl);
    front_drop(&imap->tag);
    drop_literal(imap);
    free(imap);
}

/* Nothing of what was said in clear counts (RFC 9051 section 6.2.1). */
static void secured(struct connection *connection)
{
    struct imap *imap = connection->state;
    imap_reader_reset(&imap->reader);
    front_patience(connection, IMAP_LOGIN_MS);
}

static void late(struct connection *connection)
{
    const struct imap *imap = connection->state;
    say_bye(connection, imap->is_open ? "Nothing heard for too long" : "Too slow");
}

static void leave(struct connection *connection)
{
    say_bye(connection, "Going down");
}

/* ---- a literal that does not stay in memory ---- */

static enum status take_piece(void *with, uint32_t stream, struct str piece, uint64_t left)
{
    struct connection *connection = with;
    struct imap *imap = connection->state;
    (void)left;
    if (stream > 0 || !str_eq_nocase(imap_reader_name(&imap->reader), STR("APPEND")))
        return INVALID; /* no other command carries so much */
    if (imap->literal == NULL) {
        imap->literal = malloc(sizeof *imap->literal);
        REQUIRE(imap->literal != NULL);
        *imap->literal = front_spool(connection, IMAP_APPEND_MAX);
    }
    spool_add(imap->literal, piece);
    return imap->literal->status;
}

/* ---- to the town ---- */

static void forget_command(struct imap *imap)
{
    imap_reader_reset(&imap->reader);
    drop_literal(imap);
}

static enum status send_command(struct connection *connection, const struct imap_command *command)
{
    struct imap *imap = connection->state;
    struct buf wire BUF_SCOPE = BUF_INIT(WIRE_MAX);
    struct channel *channel = front_channel(connection->front, imap->login.town);
    struct message_imap_command message = {
        .handle = front_handle(connection), .ticket = imap->login.ticket, .literal = STR_NONE};
    int fd = -1;
    imap_wire_write(&wire, command);
    TRY(buf_status(&wire));
    message.command = buf_str(&wire);
    if (channel == NULL)
        return BUSY;
    if (imap->literal != NULL)
        TRY(spool_lend(imap->literal, &message.literal, &fd));
    return message_send(channel, MESSAGE_IMAP_COMMAND, &message, fd);
}

static void run(struct connection *connection, const struct imap_command *command)
{
    struct imap *imap = connection->state;
    if (send_command(connection, command) != OK) {
        imap_say(connection, command->tag, "NO [UNAVAILABLE] Not now, try again");
        return;
    }
    imap->asks = IMAP_ASKS_TOWN;
    imap->is_idle_command = str_eq_nocase(command->name, STR("IDLE")) && !command->is_uid;
    connection->waiting = 1;
    front_patience(connection, IMAP_TOWN_MS);
}

/* True: the command must wait for a new ticket, where it is. */
static bool renews_first(struct connection *connection)
{
    struct imap *imap = connection->state;
    if (!front_login_is_old(&imap->login) || front_login_renew(connection, &imap->login) != OK)
        return false; /* auth is not there: the town says whether the ticket is still good */
    imap->asks = IMAP_ASKS_RENEWAL;
    front_patience(connection, IMAP_TOWN_MS);
    return true;
}

/* ---- commands and lines ---- */

static void do_capability(struct connection *connection, struct str tag)
{
    front_say(connection, STR("* CAPABILITY "));
    imap_say_capability(connection);
    front_say(connection, STR("\r\n"));
    imap_say(connection, tag, "OK CAPABILITY done");
}

static void do_command(struct connection *connection, const struct imap_command *command)
{
    struct imap *imap = connection->state;
    bool is_bare = command->count == 0 && !command->is_uid;
    front_drop(&imap->tag);
    imap->tag = front_keep(command->tag);
    if (is_bare && str_eq_nocase(command->name, STR("CAPABILITY"))) {
        do_capability(connection, command->tag);
    } else if (is_bare && str_eq_nocase(command->name, STR("LOGOUT"))) {
        say_bye(connection, "Goodbye");
        imap_say(connection, command->tag, "OK LOGOUT done");
    } else if (imap->is_open) {
        run(connection, command);
    } else {
        imap_login_command(connection, command);
    }
}

/* The command in the reader, which then is ready for the next. */
static void take_command(struct connection *connection)
{
    struct imap *imap = connection->state;
    struct arena *arena ARENA_SCOPE = arena_create(IMAP_COMMAND_ARENA);
    struct imap_command command;
    const char *why;
    if (imap->is_open)
        front_patience(connection, IMAP_IDLE_MS);
    if (imap_reader_command(&imap->reader, arena, &command, &why) != OK)
        imap_bad(connection, imap_reader_tag(&imap->reader), why);
    else
        do_command(connection, &command);
    forget_command(imap);
    if (imap->sasl.mechanism != SASL_UNKNOWN)
        imap_reader_expect_line(&imap->reader);
}

static void end_idle(struct connection *connection)
{
    struct imap *imap = connection->state;
    struct imap_command done = {.tag = imap->tag, .name = STR("DONE")};
    imap->is_idling = false;
    run(connection, &done);
}

/* DONE, or a response of AUTHENTICATE. */
static void take_line(struct connection *connection)
{
    struct imap *imap = connection->state;
    struct str line = imap_reader_line(&imap->reader);
    bool is_expecting = false;
    if (!imap->is_idling) {
        imap_login_line(connection, line);
        is_expecting = imap->sasl.mechanism != SASL_UNKNOWN;
    } else if (str_eq_nocase(line, STR("DONE"))) {
        end_idle(connection);
    } else {
        imap_bad(connection, STR_NONE, "DONE ends IDLE");
        is_expecting = true;
    }
    forget_command(imap);
    if (is_expecting)
        imap_reader_expect_line(&imap->reader);
}

static void refuse(struct connection *connection)
{
    struct imap *imap = connection->state;
    struct imap_refusal refusal = imap_reader_refusal(&imap->reader);
    if (refusal.is_too_big) {
        front_say(connection, str_is_absent(refusal.tag) ? STR("*") : refusal.tag);
        buf_add_format(&connection->output, " BAD [TOOBIG] %s\r\n", refusal.why);
    } else if (!refusal.is_fatal) {
        imap_bad(connection, refusal.tag, refusal.why);
    }
    if (refusal.is_fatal)
        say_bye(connection, refusal.why);
    bool was_line = imap->is_idling || imap->sasl.mechanism != SASL_UNKNOWN;
    forget_command(imap);
    if (was_line)
        imap_reader_expect_line(&imap->reader);
}

static bool is_deaf(const struct connection *connection)
{
    return connection->waiting > 0 || connection->is_closing || connection->is_turning || connection->is_broken;
}

/* True while there is more to be taken. */
static bool take_some(struct connection *connection, struct str *bytes)
{
    struct imap *imap = connection->state;
    struct imap_sink sink = {take_piece, connection};
    bool was_idle = imap_reader_is_idle(&imap->reader);
    switch (imap_reader_feed(&imap->reader, bytes, &sink)) {
    case IMAP_READ_MORE:
        if (was_idle && imap->is_open && !imap->is_idling && !imap_reader_is_idle(&imap->reader))
            front_patience(connection, IMAP_COMMAND_MS);
        return false;
    case IMAP_READ_LITERAL:
        front_say(connection, STR("+ Go on\r\n"));
        break;
    case IMAP_READ_COMMAND:
        if (imap->is_open && renews_first(connection))
            return false;
        take_command(connection);
        break;
    case IMAP_READ_LINE:
        if (imap->is_idling && renews_first(connection))
            return false;
        take_line(connection);
        break;
    case IMAP_READ_REFUSED:
        refuse(connection);
    }
    return !is_deaf(connection);
}

static void input(struct connection *connection, struct str *bytes)
{
    while (!is_deaf(connection) && take_some(connection, bytes))
        continue;
}

/* ---- answers ---- */

static void finish(struct connection *connection)
{
    struct imap *imap = connection->state;
    imap->asks = IMAP_ASKS_NOTHING;
    imap->is_idle_command = imap->owes_more = false;
    connection->waiting = 0;
    front_patience(connection, IMAP_IDLE_MS);
}

static void note_bytes(struct connection *connection, const struct message_imap_bytes *bytes)
{
    struct imap *imap = connection->state;
    if (bytes->is_over)
        connection->is_closing = true;
    if (bytes->is_idle || imap->asks != IMAP_ASKS_TOWN)
        return;
    if (bytes->is_last) {
        finish(connection);
    } else if (imap->is_idle_command && !imap->is_idling) {
        imap->is_idling = true;
        connection->waiting = 0;
        front_patience(connection, IMAP_IDLE_MS);
        imap_reader_expect_line(&imap->reader);
    } else {
        imap->owes_more = true;
        front_patience(connection, IMAP_TOWN_MS);
    }
}

/* A town that does not wait for its bytes to be written would have them in the wrong order. */
static void take_bytes(struct connection *connection, struct front_answer *answer)
{
    struct message_imap_bytes bytes;
    bool is_good = message_take(MESSAGE_IMAP_BYTES, answer->payload, &bytes) == OK && connection->body.at == NULL;
    if (is_good && str_is_absent(bytes.bytes) && bytes.size > 0)
        is_good = front_say_memory(connection, answer->fd, bytes.size) == OK;
    else if (is_good)
        front_say(connection, bytes.bytes);
    if (is_good)
        note_bytes(connection, &bytes);
    else
        connection->is_broken = true;
}

/* The command that waited for it is still in the reader. */
static void answer_renewal(struct connection *connection, struct str payload)
{
    struct imap *imap = connection->state;
    enum status done = front_login_answer(&imap->login, payload);
    if (done == GONE || done == DENIED)
        say_bye(connection, "The session has ended");
    else if (imap->is_idling)
        take_line(connection);
    else
        take_command(connection);
}

static void answer(struct connection *connection, struct front_answer *answer)
{
    struct imap *imap = connection->state;
    enum imap_asks asked = imap->asks;
    if (answer->kind == MESSAGE_IMAP_BYTES && imap->is_open && answer->town == imap->login.town) {
        take_bytes(connection, answer);
        return;
    }
    if (answer->kind != MESSAGE_LOGIN_ANSWER || (asked != IMAP_ASKS_LOGIN && asked != IMAP_ASKS_RENEWAL))
        return;
    imap->asks = IMAP_ASKS_NOTHING;
    connection->waiting = 0;
    if (asked == IMAP_ASKS_LOGIN)
        imap_login_answer(connection, answer->payload);
    else
        answer_renewal(connection, answer->payload);
}

static void lost_auth(struct connection *connection)
{
    struct imap *imap = connection->state;
    enum imap_asks asked = imap->asks;
    if (asked != IMAP_ASKS_LOGIN && asked != IMAP_ASKS_RENEWAL)
        return;
    imap->asks = IMAP_ASKS_NOTHING;
    connection->waiting = 0;
    if (asked == IMAP_ASKS_LOGIN)
        imap_login_lost(connection);
    else if (imap->is_idling)
        take_line(connection);
    else
        take_command(connection);
}

/* The session was the town's, and is gone with it. */
static void lost(struct connection *connection, int town)
{
    struct imap *imap = connection->state;
    if (town == FRONT_AUTH) {
        lost_auth(connection);
        return;
    }
    if (!imap->is_open || imap->login.town != town)
        return;
    imap->is_open = false;
    connection->is_broken = connection->body.at != NULL;
    if (imap->asks == IMAP_ASKS_TOWN)
        imap_say(connection, imap->tag, "NO [UNAVAILABLE] Not now, try again");
    connection->waiting = 0;
    say_bye(connection, "[UNAVAILABLE] Not now, try again");
}

static void drained(struct connection *connection)
{
    struct imap *imap = connection->state;
    struct message_handle more = {front_handle(connection)};
    struct channel *channel = imap->is_open ? front_channel(connection->front, imap->login.town) : NULL;
    if (!imap->owes_more)
        return;
    imap->owes_more = false;
    if (channel != NULL && message_send(channel, MESSAGE_IMAP_MORE, &more, -1) != OK)
        connection->is_broken = true;
}

const struct front_calls front_imap_calls = {begin, secured, input, answer, lost, late, drained, end, leave};
