#include "role/town.h"

#include <signal.h>
#include <unistd.h>

#include "base/list.h"
#include "os/channel.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/log.h"
#include "role/message.h"
#include "service/mail/deliver.h"

enum { JOB_ARENA = 256 << 20, HELD_ARENA = 64 << 20, HELD_MAX = 10000, CHECKPOINT_BYTES = 8 << 20 };

/* An answer that waits for the commit of its turn. */
struct held {
    enum message_kind kind;
    int64_t handle, status;
    struct str code;
};

struct town_role {
    struct loop *loop;
    struct channel *parent, *front;
    struct town *town;
    struct arena *job;  /* memory of one frame */
    struct arena *turn; /* memory of the answers held */
    struct held_list LIST_OF(struct held) held;
};

static struct str code_of(const struct ctx *ctx)
{
    return str_of(ctx->failure.code != NULL ? ctx->failure.code : "");
}

static void hold(struct town_role *role, enum message_kind kind, int64_t handle, enum status status, struct str code)
{
    struct held *held = list_add(&role->held, role->turn, HELD_MAX);
    REQUIRE(held != NULL); /* a turn takes at most what the channel gives in one read */
    *held = (struct held){kind, handle, status, str_copy(role->turn, code)};
}

static enum status do_rcpt(struct ctx *ctx, struct town_role *role, struct str payload, int fd)
{
    struct message_rcpt ask;
    (void)fd;
    TRY(message_take(MESSAGE_RCPT, payload, &ask));
    enum status done = deliver_check(ctx, ask.address, ask.size);
    hold(role, MESSAGE_RCPT_ANSWER, ask.handle, done, code_of(ctx));
    return OK;
}

static enum status body_of(struct str inline_body, int fd, int64_t size, struct str *ret_body)
{
    if (!str_is_absent(inline_body)) {
        *ret_body = inline_body;
        return OK;
    }
    TRY(file_map(fd, DELIVER_SIZE_MAX, ret_body));
    return (int64_t)ret_body->len == size ? OK : INVALID;
}

static enum status do_deliver(struct ctx *ctx, struct town_role *role, struct str payload, int fd)
{
    struct message_deliver ask;
    struct str body;
    TRY(message_take(MESSAGE_DELIVER, payload, &ask));
    TRY(body_of(ask.body, fd, ask.size, &body));
    writer_job_begin(ctx->town->writer);
    enum status done = writer_job_end(ctx->town->writer, deliver(ctx, ask.sender, ask.recipients, body));
    if (str_is_absent(ask.body))
        file_unmap(body);
    if (done != OK)
        LOG(LOG_WARN_LEVEL, "town", "deliver_refused", LOG_TEXT("status", str_of(status_name(done))),
            LOG_TEXT("code", code_of(ctx)), LOG_TEXT("db", str_of(db_error(ctx->db))));
    hold(role, MESSAGE_DELIVERED, ask.handle, done, code_of(ctx));
    return OK;
}

static void on_front(void *with, uint16_t kind, struct str payload, int fd)
{
    struct town_role *role = with;
    struct ctx ctx = {
        .arena = role->job, .town = role->town, .db = role->town->db, .now = clock_now(), .language = LANGUAGE_FR};
    enum status done = INVALID;
    if (kind == MESSAGE_RCPT)
        done = do_rcpt(&ctx, role, payload, fd);
    else if (kind == MESSAGE_DELIVER)
        done = do_deliver(&ctx, role, payload, fd);
    arena_reset(role->job);
    file_close(&fd);
    if (done == OK)
        return;
    LOG(LOG_ERROR_LEVEL, "town", "front_not_believed", LOG_TEXT("kind", str_of(message_name(kind))));
    loop_stop(role->loop);
}

static void release(struct town_role *role, const struct held *held, enum status turn)
{
    int64_t status = turn == OK ? held->status : BUSY;
    struct message_rcpt_answer rcpt = {.handle = held->handle, .status = status, .code = held->code, .sentence = STR("")};
    struct message_delivered delivered = {
        .handle = held->handle, .status = status, .statuses = STR(""), .code = held->code};
    const void *message = held->kind == MESSAGE_RCPT_ANSWER ? (const void *)&rcpt : (const void *)&delivered;
    if (message_send(role->front, held->kind, message, -1) != OK)
        loop_stop(role->loop);
}

/* The end of a turn: one commit, then every answer. */
static bool before_wait(void *with)
{
    struct town_role *role = with;
    if (role->held.count == 0)
        return false;
    enum status done = writer_commit(role->town->writer);
    if (done != OK)
        LOG(LOG_ERROR_LEVEL, "town", "commit_failed", LOG_TEXT("status", str_of(status_name(done))));
    for (size_t i = 0; i < role->held.count; i++)
        release(role, &role->held.at[i], done);
    role->held = (struct held_list){0};
    arena_reset(role->turn);
    if (db_log_size(role->town->db) > CHECKPOINT_BYTES && db_checkpoint(role->town->db) != OK)
        LOG(LOG_ERROR_LEVEL, "town", "checkpoint_failed", LOG_TEXT("town", role->town->name));
    return false;
}

static void on_parent(void *with, uint16_t kind, struct str payload, int fd)
{
    struct town_role *role = with;
    (void)payload;
    file_close(&fd);
    if (kind == MESSAGE_STOP)
        loop_stop(role->loop);
}

static void on_closed(void *with)
{
    struct town_role *role = with;
    loop_stop(role->loop);
}

int town_run(const char *folder, const member_row *member, const struct str *domains, size_t domain_count,
             int parent_socket, int front_socket)
{
    struct town_role role = {.loop = loop_create(), .job = arena_create(JOB_ARENA), .turn = arena_create(HELD_ARENA)};
    struct message_handle ready = {member->id};
    int64_t replayed = 0;
    signal(SIGINT, SIG_IGN);
    enum status done = clock_zone_set("Europe/Paris");
    if (done == OK)
        done = house_open_town(folder, member, domains, domain_count, &role.town, &replayed);
    if (done == OK)
        done = channel_create(role.loop, parent_socket, on_parent, on_closed, &role, &role.parent);
    if (done == OK)
        done = channel_create(role.loop, front_socket, on_front, on_closed, &role, &role.front);
    if (done == OK)
        done = message_send(role.parent, MESSAGE_READY, &ready, -1);
    LOG(done == OK ? LOG_INFO_LEVEL : LOG_ERROR_LEVEL, "town", "open", LOG_TEXT("town", member->name),
        LOG_TEXT("status", str_of(status_name(done))), LOG_NUMBER("replayed", replayed));
    if (done == OK)
        loop_run(role.loop, before_wait, &role);
    channel_destroy(role.front);
    channel_destroy(role.parent);
    house_close_town(role.town);
    loop_destroy(role.loop);
    arena_destroy(&role.job);
    arena_destroy(&role.turn);
    return done != OK;
}
