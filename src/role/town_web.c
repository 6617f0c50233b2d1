#include "core/audit.h"
#include "core/page.h"
#include "core/person.h"
#include "os/file.h"
#include "role/pages.h"
#include "role/town_role.h"

struct answer {
    int64_t handle;
    struct web_response response;
    struct ctx ctx; /* for the refusal's page, when the turn fails */
};

static void release(struct town_role *role, void *with, enum status turn)
{
    struct answer *answer = with;
    struct web_request request = {.path = STR("/"), .form_token = STR("")};
    if (turn != OK) {
        answer->ctx.arena = role->turn;
        answer->ctx.failure = (struct failure){0};
        page_refusal(&answer->ctx, &request, &answer->response, BUSY);
    }
    if (role->front != NULL && pages_answer(role->front, answer->handle, &answer->response) == LIMIT)
        loop_stop(role->loop);
    buf_finish(&answer->response.body);
}

static void keep(struct arena *arena, struct str *text)
{
    if (!str_is_absent(*text))
        *text = str_copy(arena, *text);
}

/* The response outlives the frame: what it points to moves into the turn's memory. */
static void hold_answer(struct town_role *role, const struct ctx *ctx, int64_t handle, struct web_response response)
{
    struct answer *answer = arena_new(role->turn, struct answer);
    REQUIRE(answer != NULL);
    *answer = (struct answer){.handle = handle, .response = response, .ctx = *ctx};
    keep(role->turn, &answer->response.content_type);
    keep(role->turn, &answer->response.location);
    keep(role->turn, &answer->response.file_name);
    keep(role->turn, &answer->response.policy);
    answer->response.set_cookie = STR_NONE; /* cookies are auth's alone */
    answer->ctx.actor = (struct actor){.address = STR(""), .name = STR("")};
    keep(role->turn, &answer->ctx.trace);
    town_hold(role, release, answer);
}

/* Nobody when the ticket is not good: the page then asks to sign in. */
static const struct ticket *ticket_of(struct ctx *ctx, const struct message_web *ask, struct ticket *into)
{
    if (ask->ticket.len == 0 || town_ticket(ctx, ask->ticket, into) != OK)
        return NULL;
    return into->rights != 0 ? into : NULL;
}

/* Under a mandate every page asked for is noted, before it is shown. */
static enum status note_mandate(struct ctx *ctx, const struct message_web *ask, const struct ticket *ticket)
{
    ctx->actor.address = ticket->address;
    ctx->actor.mandate = ticket->mandate;
    return audit_add(ctx, ask->method == WEB_POST ? "mandate.act" : "mandate.see", ask->path, STR(""));
}

static enum status run(struct ctx *ctx, struct town_role *role, const struct message_web *ask, struct str body,
                       struct web_response *response)
{
    struct ticket ticket;
    struct pages_ask pages = {.web = ask, .body = body, .ticket = ticket_of(ctx, ask, &ticket), .name = STR("")};
    person_row person;
    if (pages.ticket != NULL && person_get(ctx, ticket.person, &person) == OK)
        pages.name = person.display_name;
    ctx->actor = (struct actor){.address = STR("")};
    if (pages.ticket != NULL && ticket.mandate != 0)
        TRY(note_mandate(ctx, ask, &ticket));
    return pages_run(ctx, role->pages, &pages, response);
}

enum status town_web(struct ctx *ctx, struct town_role *role, struct str payload, int fd)
{
    struct message_web ask;
    struct web_response response;
    struct str body;
    TRY(message_take(MESSAGE_WEB, payload, &ask));
    TRY(town_body(ask.body, fd, ask.size, &body));
    writer_job_begin(role->town->writer);
    enum status done = writer_job_end(role->town->writer, run(ctx, role, &ask, body, &response));
    (void)done; /* the response says it */
    hold_answer(role, ctx, ask.handle, response);
    if (str_is_absent(ask.body))
        file_unmap(body);
    return OK;
}
