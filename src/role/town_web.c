#include "core/audit.h"
#include "core/mandate.h"
#include "core/page.h"
#include "core/person.h"
#include "os/file.h"
#include "role/pages.h"
#include "role/town_role.h"

enum { REFUSAL_MAX = 1 << 20 };

struct answer {
    int64_t handle;
    struct web_response response;
    struct ctx ctx; /* for the refusal's page, when the turn fails or the answer cannot be sent whole */
};

static void release(struct town_role *role, void *with, enum status turn)
{
    struct answer *answer = with;
    struct web_request request = {.path = STR("/"), .form_token = STR("")};
    answer->ctx.arena = role->turn;
    answer->ctx.failure = (struct failure){0};
    if (turn != OK)
        page_refusal(&answer->ctx, &request, &answer->response, BUSY);
    if (role->front != NULL && pages_answer(role->front, answer->handle, &answer->ctx, &answer->response) == LIMIT)
        town_front_full(role, MESSAGE_WEB_ANSWER);
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
    role->held_bytes += response.body.len;
    town_hold(role, release, answer);
}

/* Nobody when the ticket is not good: the page then asks to sign in. */
static const struct ticket *ticket_of(struct ctx *ctx, const struct message_web *ask, struct ticket *into)
{
    if (ask->ticket.len == 0 || town_ticket(ctx, ask->ticket, into) != OK)
        return NULL;
    return into->rights != 0 ? into : NULL;
}

struct asked {
    const struct message_web *web;
    struct str body;
    const struct web_house *house;
    /* Who asks, as far as this town believes it. */
    struct ticket ticket;
    bool is_somebody;
    struct mandate_running mandate;
};

/* The town says whether a mandate runs, at once: auth may not have heard yet that it was ended. */
static void find_out(struct ctx *ctx, struct asked *asked)
{
    struct ticket *ticket = &asked->ticket;
    asked->mandate = (struct mandate_running){.reason = STR("")};
    asked->is_somebody = ticket_of(ctx, asked->web, ticket) != NULL;
    if (asked->is_somebody && ticket->mandate != 0)
        asked->is_somebody = mandate_running(ctx, ticket->mandate, ticket->address, &asked->mandate) == OK;
}

/* Under a mandate every page asked for is noted before it is run, in a job of its own: what is refused is noted too.
 * Once: a page that asked the parent comes a second time. */
static enum status note_mandate(struct ctx *ctx, struct town_role *role, const struct asked *asked)
{
    if (!asked->is_somebody || asked->ticket.mandate == 0 || asked->house != NULL)
        return OK;
    ctx->actor = (struct actor){.address = asked->ticket.address, .name = STR(""), .mandate = asked->ticket.mandate};
    writer_job_begin(role->town->writer);
    const char *kind = asked->web->method == WEB_POST ? "mandate.act" : "mandate.see";
    return writer_job_end(role->town->writer, audit_add(ctx, kind, asked->web->path, STR("")));
}

static enum status run(struct ctx *ctx, struct town_role *role, const struct asked *asked,
                       struct web_response *response)
{
    struct pages_ask pages = {.web = asked->web, .body = asked->body, .name = STR(""), .house = asked->house,
                              .ticket = asked->is_somebody ? &asked->ticket : NULL,
                              .mandate_reason = asked->mandate.reason, .mandate_ends = asked->mandate.ends};
    person_row person;
    if (asked->is_somebody && person_get(ctx, asked->ticket.person, &person) == OK)
        pages.name = person.display_name;
    ctx->actor = (struct actor){.address = STR("")};
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

static void run_job(struct town_role *role, struct ctx *ctx, struct str payload, struct asked *asked)
{
    struct web_response response = {0};
    find_out(ctx, asked);
    enum status noted = note_mandate(ctx, role, asked);
    if (noted != OK) {
        answer_status(role, ctx, asked->web, BUSY);
        return;
    }
    writer_job_begin(role->town->writer);
    enum status done = writer_job_end(role->town->writer, run(ctx, role, asked, &response));
    if (done == OK && !str_is_absent(response.convert.document))
        town_convert_begin(role, &response.convert);
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
