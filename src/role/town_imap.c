/* IMAP in a town: front's frames become calls of service/mail/imap, and its bytes go back when the turn is committed.
 * */
#include <stdlib.h>

#include "os/file.h"
#include "os/log.h"
#include "proto/imap/imap_wire.h"
#include "role/count.h"
#include "role/town_role.h"
#include "service/mail/imap/fetch.h"
#include "service/mail/mail_slot.h"

enum {
    OUT_MAX = 64 << 20,
    PUSH_STEP = 48 << 10,
    PUSH_FRAME = 200, /* what a frame adds to its bytes, and more */
    PUSH_ROOM = CHANNEL_QUEUE_MAX / 2, /* the other half is for answers: front is not lost over what nobody asked for */
};
#define CLOSED "* BYE This town has no mail service now; what was there is kept\r\n"

struct bytes {
    int64_t handle;
    struct buf out;
    bool is_last, is_over, is_idle;
};

static struct imap_sessions *sessions_of(struct town_role *role)
{
    if (role->imap == NULL) {
        role->imap = imap_sessions_create();
        role->town->state[MAIL_CHANGES_SLOT] = &role->imap->changes;
    }
    return role->imap;
}

static void send_bytes(struct town_role *role, struct bytes *bytes)
{
    struct str all = buf_str(&bytes->out);
    struct message_imap_bytes message = {.handle = bytes->handle, .is_last = bytes->is_last, .is_over = bytes->is_over,
                                         .is_idle = bytes->is_idle, .bytes = all, .size = (int64_t)all.len};
    int fd = -1;
    if (all.len > MESSAGE_INLINE_MAX) {
        message.bytes = STR_NONE;
        if (file_memory(all, &fd) != OK) {
            message = (struct message_imap_bytes){.handle = bytes->handle, .is_last = true, .is_over = true,
                                                  .bytes = STR("* BYE [UNAVAILABLE] Not now\r\n")};
            message.size = (int64_t)message.bytes.len;
        }
    }
    town_send(role, MESSAGE_IMAP_BYTES, &message, fd);
    buf_finish(&bytes->out);
}

static void close_session(struct town_role *role, int64_t handle)
{
    struct imap_session *session = role->imap != NULL ? imap_session_find(role->imap, handle) : NULL;
    if (session != NULL)
        imap_session_close(role->imap, session);
}

/* Rows that do not stand were told of: the client must begin anew. */
static void release(struct town_role *role, void *with, enum status turn)
{
    struct bytes *bytes = with;
    if (turn != OK) {
        buf_clear(&bytes->out);
        buf_add_literal(&bytes->out, "* BYE [UNAVAILABLE] Nothing was kept, come again\r\n");
        bytes->is_over = bytes->is_last = true;
        close_session(role, bytes->handle);
    }
    send_bytes(role, bytes);
}

static struct bytes *hold(struct town_role *role, int64_t handle)
{
    struct bytes *bytes = arena_new(role->turn, struct bytes);
    REQUIRE(bytes != NULL);
    *bytes = (struct bytes){.handle = handle, .out = BUF_INIT(OUT_MAX)};
    town_hold(role, release, bytes);
    return bytes;
}

static void say_bye(struct town_role *role, int64_t handle, struct str words)
{
    struct bytes *bytes = hold(role, handle);
    buf_add(&bytes->out, words);
    bytes->is_last = bytes->is_over = true;
    close_session(role, handle);
}

/* ---- frames ---- */

enum status town_imap_open(struct ctx *ctx, struct town_role *role, struct str payload)
{
    struct message_imap_open ask;
    struct ticket ticket;
    TRY(message_take(MESSAGE_IMAP_OPEN, payload, &ask));
    if (!town_has_mail(role))
        say_bye(role, ask.handle, STR(CLOSED));
    else if (town_ticket(ctx, ask.ticket, &ticket) != OK || ticket.person == 0)
        say_bye(role, ask.handle, STR("* BYE [UNAVAILABLE] Not now\r\n"));
    else if (imap_session_open(sessions_of(role), ask.handle, &ticket) == NULL)
        return INVALID;
    return OK;
}

static void set_actor(struct ctx *ctx, const struct ticket *ticket)
{
    ctx->actor = (struct actor){.person = ticket->person, .session = ticket->session, .rights = ticket->rights,
                                .address = ticket->address, .name = STR("")};
}

static void finish(struct bytes *bytes, const struct imap_call *call)
{
    const struct imap_session *session = call->session;
    imap_session_owe(call->sessions, call->session, bytes->out.len > MESSAGE_INLINE_MAX ? bytes->out.len : 0);
    bytes->is_last = !call->is_left || !session->is_idle;
    if (session->running != NULL)
        bytes->is_last = false;
    bytes->is_over = call->is_over;
}

static enum status run(struct ctx *ctx, struct town_role *role, struct imap_session *session,
                       const struct message_imap_command *ask, struct str literal)
{
    struct imap_command command;
    struct imap_limits limits = imap_limits_after_login(IMAP_APPEND_SIZE_MAX);
    TRY(imap_wire_read(ask->command, &limits, ctx->arena, &command));
    struct bytes *bytes = hold(role, ask->handle);
    struct imap_call call = {.ctx = ctx, .sessions = role->imap, .session = session, .command = &command,
                             .literal = literal, .out = &bytes->out};
    TRY(mailbox_ensure_account(ctx, session->account));
    imap_running_drop(session);
    imap_session_owe(role->imap, session, 0); /* whoever speaks has taken what came before */
    enum status done = imap_run(&call);
    finish(bytes, &call);
    role->held_bytes += bytes->out.len;
    return done == CORRUPT ? CORRUPT : done;
}

enum status town_imap_command(struct ctx *ctx, struct town_role *role, struct str payload, int fd)
{
    struct message_imap_command ask;
    struct ticket ticket;
    struct str literal = STR_NONE;
    TRY(message_take(MESSAGE_IMAP_COMMAND, payload, &ask));
    count_add(COUNT_IMAP_COMMANDS);
    struct imap_session *session = role->imap != NULL ? imap_session_find(role->imap, ask.handle) : NULL;
    if (session == NULL && !town_has_mail(role)) {
        say_bye(role, ask.handle, STR(CLOSED));
        return OK;
    }
    enum status admitted = town_ticket(ctx, ask.ticket, &ticket);
    if (session == NULL || admitted != OK || ticket.person != session->account) {
        say_bye(role, ask.handle, STR("* BYE [UNAVAILABLE] The session has ended\r\n"));
        return OK;
    }
    set_actor(ctx, &ticket);
    if (!str_is_absent(ask.literal))
        literal = ask.literal;
    else if (fd >= 0)
        TRY(file_map(fd, IMAP_APPEND_SIZE_MAX, &literal));
    writer_job_begin(role->town->writer);
    enum status done = writer_job_end(role->town->writer, run(ctx, role, session, &ask, literal));
    if (done == BUG || done == CORRUPT)
        LOG(LOG_ERROR_LEVEL, "town", "imap", LOG_TEXT("status", str_of(status_name(done))),
            LOG_TEXT("db", str_of(db_error(ctx->db))));
    if (fd >= 0 && str_is_absent(ask.literal))
        file_unmap(literal);
    return OK;
}

enum status town_imap_more(struct ctx *ctx, struct town_role *role, struct str payload)
{
    struct message_handle ask;
    TRY(message_take(MESSAGE_IMAP_MORE, payload, &ask));
    struct imap_session *session = role->imap != NULL ? imap_session_find(role->imap, ask.handle) : NULL;
    if (session == NULL || session->running == NULL)
        return OK; /* it asks for what is there no more */
    struct bytes *bytes = hold(role, ask.handle);
    struct imap_call call = {.ctx = ctx, .sessions = role->imap, .session = session,
                             .command = imap_running_command(session), .out = &bytes->out};
    set_actor(ctx, &session->ticket);
    writer_job_begin(role->town->writer);
    enum status done = writer_job_end(role->town->writer, imap_go_on(&call));
    if (done != OK)
        LOG(LOG_WARN_LEVEL, "town", "imap_fetch", LOG_TEXT("status", str_of(status_name(done))));
    imap_session_owe(role->imap, session, bytes->out.len > MESSAGE_INLINE_MAX ? bytes->out.len : 0);
    bytes->is_last = session->running == NULL;
    role->held_bytes += bytes->out.len;
    return OK;
}

enum status town_imap_close(struct town_role *role, struct str payload)
{
    struct message_handle ask;
    TRY(message_take(MESSAGE_IMAP_CLOSE, payload, &ask));
    close_session(role, ask.handle);
    return OK;
}

/* ---- without being asked ---- */

/* In pieces that fit a frame: nobody says when a client that is not asked has taken them. */
static void push_bytes(struct town_role *role, const struct bytes *bytes)
{
    struct str rest = buf_str(&bytes->out);
    while (rest.len > 0) {
        struct str piece = str_slice(rest, 0, rest.len < PUSH_STEP ? rest.len : PUSH_STEP);
        struct message_imap_bytes message = {
            .handle = bytes->handle, .is_idle = true, .bytes = piece, .size = (int64_t)piece.len};
        town_send(role, MESSAGE_IMAP_BYTES, &message, -1);
        rest = str_after(rest, piece.len);
    }
}

static bool has_push_room(const struct town_role *role, const struct bytes *bytes)
{
    size_t framed = bytes->out.len + (bytes->out.len / PUSH_STEP + 1) * PUSH_FRAME;
    return role->front != NULL && channel_queued(role->front) + framed <= PUSH_ROOM;
}

/* A client asks for itself when it comes again, at its own pace. */
static void end_session(struct town_role *role, struct imap_session *session, struct str words)
{
    struct bytes bytes = {.handle = session->handle, .out = BUF_INIT(OUT_MAX), .is_over = true, .is_idle = true};
    buf_add(&bytes.out, words);
    imap_session_close(role->imap, session);
    send_bytes(role, &bytes);
}

/* False: the session is over. What it was not told of it would never hear: its place in the changes has moved on. */
static bool push_one(struct town_role *role, struct imap_session *session)
{
    struct ctx ctx = town_ctx(role);
    struct bytes bytes = {.handle = session->handle, .out = BUF_INIT(OUT_MAX), .is_idle = true};
    enum status done = imap_sync(&ctx, session, true, &bytes.out);
    bool fits = done == OK && buf_status(&bytes.out) == OK && has_push_room(role, &bytes);
    if (fits)
        push_bytes(role, &bytes);
    buf_finish(&bytes.out);
    arena_reset(role->job);
    if (!fits)
        end_session(role, session, STR("* BYE [UNAVAILABLE] Much has changed, come again\r\n"));
    return fits;
}

void town_imap_push(struct town_role *role)
{
    struct imap_sessions *sessions = role->imap;
    if (sessions == NULL || (sessions->changes.count == 0 && !sessions->changes.is_over))
        return;
    for (size_t i = 0; i < sessions->live_count;) {
        struct imap_session *session = sessions->slots[sessions->live[i]];
        bool is_told = session->is_idle && session->mailbox != 0 && changes_has(&sessions->changes, session->mailbox);
        if (!is_told || push_one(role, session))
            i++; /* of one that is over the last one takes the place */
    }
    sessions->changes.count = 0;
    sessions->changes.is_over = false;
}

/* A session that was ended elsewhere ends here at once, and all do when the town opts out. */
void town_imap_ended(struct town_role *role)
{
    struct imap_sessions *sessions = role->imap;
    bool has_mail = town_has_mail(role);
    for (size_t i = sessions != NULL ? sessions->live_count : 0; i > 0; i--) {
        struct imap_session *session = sessions->slots[sessions->live[i - 1]];
        if (has_mail && gate_still(role->town->gate, &session->ticket) == OK)
            continue;
        end_session(role, session, has_mail ? STR("* BYE The session was ended\r\n") : STR(CLOSED));
    }
}

void town_imap_forget(struct town_role *role)
{
    imap_sessions_destroy(role->imap);
    role->imap = NULL;
    if (role->town != NULL)
        role->town->state[MAIL_CHANGES_SLOT] = NULL;
}
