/* The outbox at work: what is due leaves, by front, for the town that is to have it; its answer is written down. */
#include <stdlib.h>

#include "os/clock.h"
#include "os/file.h"
#include "os/log.h"
#include "role/count.h"
#include "role/town_role.h"
#include "service/mail/accept.h"
#include "service/mail/outbox.h"
#include "service/mail/store.h"

enum {
    FLIGHT_MAX = 8,       /* rows with front at once: a large body each */
    FLIGHT_OF_ONE_MAX = 6, /* of these, to one town: one that does not answer holds up no other */
    LOCAL_TURN_MAX = 20,  /* rows split or delivered here in one turn */
    ANSWER_MS = 60 * 1000, /* front answers sooner; else the row is put off */
    LATEST_MS = 60 * 1000, /* the outbox is looked at so often at least: clocks are set back */
    SWEEP_MS = 3600 * 1000,
    ROW_ARENA = 128 << 20,
};

/* A row on its way. Front answers by number: a row's id is given again once it is gone, and an answer that comes late
 * must not be taken for another row's. */
struct flight {
    int64_t row, number; /* 0: free */
    int64_t until_ms;
    uint64_t destination; /* its hash */
};

struct town_outbox {
    struct loop_timer *timer;
    struct flight flights[FLIGHT_MAX];
    int64_t number;   /* of the last flight */
    int64_t swept_ms; /* monotonic */
};

static struct flight *flight_of(struct town_outbox *outbox, int64_t row)
{
    for (size_t i = 0; i < FLIGHT_MAX; i++)
        if (outbox->flights[i].row == row)
            return &outbox->flights[i];
    return NULL;
}

static void nothing_owed(struct town_role *role, void *with, enum status turn)
{
    (void)role;
    (void)with;
    (void)turn; /* rows that did not come to stand are as they were, and due again */
}

/* ---- here ---- */

/* What cannot be done now is put off like a town that does not answer; in the end it is bounced. */
static void do_here(struct town_role *role, struct ctx *ctx, const struct sql_outbox_due_row *row)
{
    struct writer *writer = role->town->writer;
    writer_job_begin(writer);
    enum status done = writer_job_end(
        writer, row->destination.len == 0 ? outbox_split(ctx, row->id) : outbox_deliver_here(ctx, row->id));
    if (done != OK) {
        LOG(LOG_WARN_LEVEL, "town", "outbox_put_off", LOG_NUMBER("row", row->id),
            LOG_TEXT("status", str_of(status_name(done))), LOG_TEXT("db", str_of(db_error(ctx->db))));
        writer_job_begin(writer);
        done = writer_job_end(writer, outbox_answered(ctx, row->id, BUSY, STR("")));
    }
    if (done != OK)
        LOG(LOG_ERROR_LEVEL, "town", "outbox_stuck", LOG_NUMBER("row", row->id),
            LOG_TEXT("status", str_of(status_name(done))));
    town_hold(role, nothing_owed, NULL);
}

/* ---- elsewhere ---- */

static struct flight *flight_by_number(struct town_outbox *outbox, int64_t number)
{
    for (size_t i = 0; i < FLIGHT_MAX; i++)
        if (outbox->flights[i].row != 0 && outbox->flights[i].number == number)
            return &outbox->flights[i];
    return NULL;
}

static enum status send_row(struct town_role *role, struct ctx *ctx, int64_t id, int64_t number)
{
    outbox_row row;
    struct str message;
    int fd = -1;
    TRY(outbox_get(ctx, id, &row));
    TRY(store_message(ctx, row.body, &message));
    struct message_outbox send = {.row = number,
                                  .attempts = row.attempts,
                                  .key = outbox_key(ctx, &row),
                                  .destination = row.destination,
                                  .sender = row.sender,
                                  .recipients = row.recipients,
                                  .trace = STR(""),
                                  .size = (int64_t)message.len,
                                  .body = message};
    if (message.len > MESSAGE_INLINE_MAX) {
        send.body = STR_NONE;
        TRY(file_memory(message, &fd));
    }
    return message_send(role->front, MESSAGE_OUTBOX, &send, fd);
}

/* FNV-1a, in lower case: two domains that hash alike share what is one's, and nothing worse. */
static uint64_t hash_of(struct str domain)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < domain.len; i++)
        hash = (hash ^ (unsigned char)ascii_lower(domain.at[i])) * UINT64_C(0x100000001b3);
    return hash;
}

static bool has_room(const struct town_outbox *outbox, uint64_t destination)
{
    size_t count = 0;
    for (size_t i = 0; i < FLIGHT_MAX; i++)
        count += outbox->flights[i].row != 0 && outbox->flights[i].destination == destination;
    return count < FLIGHT_OF_ONE_MAX;
}

static void do_elsewhere(struct town_role *role, struct ctx *ctx, const struct sql_outbox_due_row *due)
{
    int64_t row = due->id;
    uint64_t destination = hash_of(due->destination);
    struct flight *flight = flight_of(role->outbox, 0);
    if (role->front == NULL || flight == NULL || flight_of(role->outbox, row) != NULL ||
        !has_room(role->outbox, destination))
        return;
    enum status done = send_row(role, ctx, row, ++role->outbox->number);
    if (done == OK) {
        *flight = (struct flight){row, role->outbox->number, loop_now_ms(role->loop) + ANSWER_MS, destination};
        return;
    }
    LOG(LOG_WARN_LEVEL, "town", "outbox_not_sent", LOG_NUMBER("row", row),
        LOG_TEXT("status", str_of(status_name(done))));
    if (done == GONE)
        return; /* front has died; another comes */
    writer_job_begin(role->town->writer);
    done = writer_job_end(role->town->writer, outbox_answered(ctx, row, BUSY, STR("")));
    if (done == OK)
        town_hold(role, nothing_owed, NULL);
}

enum status town_outbox_done(struct ctx *ctx, struct town_role *role, struct str payload)
{
    struct message_outbox_done answer;
    TRY(message_take(MESSAGE_OUTBOX_DONE, payload, &answer));
    struct flight *flight = role->outbox != NULL ? flight_by_number(role->outbox, answer.row) : NULL;
    if (flight == NULL)
        return OK; /* an answer that came too late: the row has been sent again */
    int64_t row = flight->row;
    *flight = (struct flight){0};
    writer_job_begin(role->town->writer);
    enum status status = answer.status >= OK && answer.status <= BUG ? (enum status)answer.status : BUSY;
    enum status done = writer_job_end(role->town->writer, outbox_answered(ctx, row, status, answer.statuses));
    count_add(done == OK && status == OK ? COUNT_SENT : COUNT_PUT_OFF);
    LOG(done == OK && status == OK ? LOG_INFO_LEVEL : LOG_WARN_LEVEL, "town", "outbox_answered",
        LOG_NUMBER("row", row), LOG_TEXT("status", str_of(status_name(status))),
        LOG_TEXT("written", str_of(status_name(done))));
    town_hold(role, nothing_owed, NULL);
    return OK;
}

/* ---- the loop ---- */

static void put_off_late(struct town_role *role, struct ctx *ctx)
{
    for (size_t i = 0; i < FLIGHT_MAX; i++) {
        int64_t row = role->outbox->flights[i].row;
        if (row == 0 || role->outbox->flights[i].until_ms > loop_now_ms(role->loop))
            continue;
        role->outbox->flights[i] = (struct flight){0};
        writer_job_begin(role->town->writer);
        enum status done = writer_job_end(role->town->writer, outbox_unanswered(ctx, row));
        LOG(LOG_WARN_LEVEL, "town", "outbox_unanswered", LOG_NUMBER("row", row),
            LOG_TEXT("written", str_of(status_name(done))));
        town_hold(role, nothing_owed, NULL);
    }
}

static void set_timer(struct town_role *role, struct ctx *ctx)
{
    int64_t next_ms;
    if (outbox_next(ctx, &next_ms) != OK || next_ms - ctx->now.ms > LATEST_MS)
        next_ms = ctx->now.ms + LATEST_MS;
    loop_timer_set(role->outbox->timer, next_ms > ctx->now.ms ? next_ms - ctx->now.ms : 1);
}

static void sweep(struct town_role *role, struct ctx *ctx)
{
    int64_t now_ms = loop_now_ms(role->loop);
    if (now_ms - role->outbox->swept_ms < SWEEP_MS)
        return;
    role->outbox->swept_ms = now_ms;
    writer_job_begin(role->town->writer);
    if (writer_job_end(role->town->writer, accept_sweep(ctx)) != OK)
        LOG(LOG_WARN_LEVEL, "town", "accepted_not_swept");
    town_hold(role, nothing_owed, NULL);
}

static void run_due(struct town_role *role, struct ctx *ctx)
{
    struct sql_outbox_due_row *rows;
    size_t count = 0, here = 0;
    if (outbox_due(ctx, &rows, &count) != OK)
        return;
    for (size_t i = 0; i < count && here < LOCAL_TURN_MAX; i++) {
        struct arena *arena ARENA_SCOPE = arena_create(ROW_ARENA); /* messages are large: one at a time */
        struct ctx one = *ctx;
        one.arena = arena;
        bool is_here = rows[i].destination.len == 0 ||
                       outbox_is_local(role->town, str_format(arena, "@%.*s", STR_ARG(rows[i].destination)));
        if (is_here) {
            do_here(role, &one, &rows[i]);
            here++;
        } else {
            do_elsewhere(role, &one, &rows[i]);
        }
    }
}

static void on_time(void *with)
{
    struct town_role *role = with;
    struct ctx ctx = town_ctx(role);
    sweep(role, &ctx);
    town_outbox_run(role);
}

void town_outbox_run(struct town_role *role)
{
    struct ctx ctx = town_ctx(role);
    if (role->outbox == NULL) {
        role->outbox = calloc(1, sizeof *role->outbox);
        REQUIRE(role->outbox != NULL);
        role->outbox->number = clock_now().ms; /* a town that starts anew gives others */
        role->outbox->timer = loop_timer_create(role->loop, on_time, role);
    }
    put_off_late(role, &ctx);
    run_due(role, &ctx);
    set_timer(role, &ctx);
    arena_reset(role->job);
}

void town_outbox_forget(struct town_role *role)
{
    if (role->outbox != NULL)
        memset(role->outbox->flights, 0, sizeof role->outbox->flights);
}

void town_outbox_close(struct town_role *role)
{
    if (role->outbox == NULL)
        return;
    loop_timer_destroy(role->outbox->timer);
    free(role->outbox);
}
