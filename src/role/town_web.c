#include "core/audit.h"
#include "core/page.h"
#include "core/person.h"
#include "os/file.h"
#include "role/pages.h"
#include "role/town_role.h"

enum { REFUSAL_MAX = 1 << 20 };

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

struct asked {
    const struct message_web *web;
    struct str body;
    const struct web_house *house;
};

static enum status run(struct ctx *ctx, struct town_role *role, const struct asked *asked,
                       struct web_response *response)
{
    struct ticket ticket;
    const struct message_web *ask = asked->web;
    struct pages_ask pages = {.web = ask, .body = asked->body, .ticket = ticket_of(ctx, ask, &ticket),
                              .name = STR(""), .house = asked->house};
    person_row person;
    if (pages.ticket != NULL && person_get(ctx, ticket.person, &person) == OK)
        pages.name = person.display_name;
    ctx->actor = (struct actor){.address = STR("")};
    if (pages.ticket != NULL && ticket.mandate != 0)
        TRY(note_mandate(ctx, ask, &ticket));
    return pages_run(ctx, role->pages, &pages, response);
}

/* A refusal in place of what the handler left. */
static void answer_status(struct town_role *role, struct ctx *ctx, const struct message_web *ask, enum status status)
{
    struct web_request request = {.path = ask->path, .form_token = STR("")};
    struct web_response response = {.body = BUF_INIT(REFUSAL_MAX)};
    ctx->failure = (struct failure){0};
    ctx->actor = (struct actor){.address = STR(""), .name = STR("")};
    page_refusal(ctx, &request, &response, status);
    hold_answer(role, ctx, ask->handle, response);
}

/* One question a request: a handler that asks again after its answer is wrong. */
static void ask_parent(struct town_role *role, struct ctx *ctx, struct str payload, const struct asked *asked,
                       struct web_response *response)
{
    enum status sent = asked->house != NULL ? BUG : town_house_ask(role, payload, &response->house);
    buf_finish(&response->body);
    if (sent != OK)
        answer_status(role, ctx, asked->web, sent);
}

static void run_job(struct town_role *role, struct ctx *ctx, struct str payload, const struct asked *asked)
{
    struct web_response response = {0};
    writer_job_begin(role->town->writer);
    enum status done = writer_job_end(role->town->writer, run(ctx, role, asked, &response));
    (void)done; /* the response says it */
    if (response.asks_house)
        ask_parent(role, ctx, payload, asked, &response);
    else
        hold_answer(role, ctx, asked->web->handle, response);
}

enum status town_web(struct ctx *ctx, struct town_role *role, struct str payload, int fd)
{
    struct message_web ask;
    struct asked asked = {.web = &ask};
    TRY(message_take(MESSAGE_WEB, payload, &ask));
    TRY(town_body(ask.body, fd, ask.size, &asked.body));
    run_job(role, ctx, payload, &asked);
    if (str_is_absent(ask.body))
        file_unmap(asked.body);
    return OK;
}

void town_web_again(struct town_role *role, struct str payload, const struct web_house *house)
{
    struct message_web ask;
    struct ctx ctx = town_ctx(role);
    struct asked asked = {.web = &ask, .house = house};
    REQUIRE(message_take(MESSAGE_WEB, payload, &ask) == OK && !str_is_absent(ask.body)); /* it was taken before */
    asked.body = ask.body;
    run_job(role, &ctx, payload, &asked);
    arena_reset(role->job);
}
