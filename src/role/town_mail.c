/* Mail in: from outside, from other towns, and handed in by people of this one. */
#include "os/file.h"
#include "os/log.h"
#include "role/count.h"
#include "role/town_role.h"
#include "service/mail/accept.h"
#include "service/mail/arrival.h"
#include "service/mail/deliver.h"
#include "service/mail/outbox.h"
#include "service/mail/submit.h"

enum { STATUSES_MAX = 32 << 10 };

/* An answer of RCPT or DELIVER. */
struct mail_answer {
    enum message_kind kind;
    int64_t handle, status;
    struct str code, statuses;
};

static struct str code_of(const struct ctx *ctx)
{
    return str_of(ctx->failure.code != NULL ? ctx->failure.code : "");
}

static void release(struct town_role *role, void *with, enum status turn)
{
    const struct mail_answer *held = with;
    int64_t status = turn == OK || held->status != OK ? held->status : BUSY; /* a refusal keeps its reason */
    struct message_rcpt_answer rcpt = {
        .handle = held->handle, .status = status, .code = held->code, .sentence = STR("")};
    struct message_delivered delivered = {.handle = held->handle,
                                          .status = status,
                                          .statuses = turn == OK ? held->statuses : STR(""),
                                          .code = held->code};
    const void *message = held->kind == MESSAGE_RCPT_ANSWER ? (const void *)&rcpt : (const void *)&delivered;
    town_send(role, held->kind, message, -1);
}

static void hold(struct town_role *role, struct mail_answer answer)
{
    struct mail_answer *held = arena_new(role->turn, struct mail_answer);
    REQUIRE(held != NULL);
    *held = answer;
    held->code = str_copy(role->turn, answer.code);
    held->statuses = str_copy(role->turn, answer.statuses);
    town_hold(role, release, held);
}

/* Who hands in mail is who the ticket says. */
static enum status admit(struct ctx *ctx, struct str sealed)
{
    struct ticket ticket;
    TRY(town_ticket(ctx, sealed, &ticket));
    ctx->actor = (struct actor){.person = ticket.person,
                                .session = ticket.session,
                                .rights = ticket.rights,
                                .address = ticket.address,
                                .name = STR("")};
    return permission_allows(ticket.rights, PERMISSION_SELF) ? OK : DENIED;
}

/* ---- RCPT ---- */

/* The submitter's own town is asked with the ticket, for any recipient; who is elsewhere is for that town to know. */
static enum status check(struct ctx *ctx, const struct message_rcpt *ask)
{
    bool is_submission = str_eq(ask->source, STR("submission")) && ask->ticket.len > 0;
    if (is_submission) {
        TRY(admit(ctx, ask->ticket));
        TRY(submit_check_sender(ctx, ask->sender));
    }
    if (is_submission && !outbox_is_local(ctx->town, ask->address))
        return OK;
    return deliver_check(ctx, ask->address, ask->size);
}

enum status town_rcpt(struct ctx *ctx, struct town_role *role, struct str payload)
{
    struct message_rcpt ask;
    TRY(message_take(MESSAGE_RCPT, payload, &ask));
    enum status done = check(ctx, &ask);
    hold(role, (struct mail_answer){MESSAGE_RCPT_ANSWER, ask.handle, done, code_of(ctx), STR("")});
    return OK;
}

/* ---- DELIVER ---- */

/* Front is not believed: a line that is none is left out, and the message taken. */
static struct str line_of(const struct message_deliver *ask)
{
    return arrival_is_line(ask->received) ? ask->received : STR("");
}

static enum status take(struct ctx *ctx, const struct message_deliver *ask, struct str body, struct buf *statuses)
{
    if (str_eq(ask->source, STR("submission"))) {
        TRY(admit(ctx, ask->ticket));
        return submit_mail(
            ctx, &(struct submit){.sender = ask->sender, .recipients = ask->recipients, .message = body,
                                  .received = line_of(ask)});
    }
    struct arrival arrival = {.sender = ask->sender, .received = line_of(ask), .host = ask->host};
    if (!str_eq(ask->source, STR("town")))
        return deliver_arrived(ctx, &arrival, ask->recipients, body);
    return accept_mail(
        ctx,
        &(struct accept){
            .key = ask->outbox_key, .sender = ask->sender, .recipients = ask->recipients, .message = body},
        statuses);
}

enum status town_deliver(struct ctx *ctx, struct town_role *role, struct str payload, int fd)
{
    struct message_deliver ask;
    struct str body;
    struct buf statuses BUF_SCOPE = BUF_INIT(STATUSES_MAX);
    TRY(message_take(MESSAGE_DELIVER, payload, &ask));
    TRY(town_body(ask.body, fd, ask.size, &body));
    writer_job_begin(ctx->town->writer);
    enum status done = writer_job_end(ctx->town->writer, take(ctx, &ask, body, &statuses));
    if (str_is_absent(ask.body))
        file_unmap(body);
    count_add(done == OK ? COUNT_ACCEPTED : COUNT_REFUSED);
    if (done != OK)
        LOG(LOG_WARN_LEVEL, "town", "deliver_refused", LOG_TEXT("source", ask.source),
            LOG_TEXT("status", str_of(status_name(done))), LOG_TEXT("code", code_of(ctx)),
            LOG_TEXT("db", str_of(db_error(ctx->db))));
    hold(role, (struct mail_answer){MESSAGE_DELIVERED, ask.handle, done, code_of(ctx),
                                    done == OK ? buf_str(&statuses) : STR("")});
    return OK;
}
