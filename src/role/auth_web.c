/* The pages auth owns: signing in, one's own credentials. A handler that needs Argon2 work is called again with it. */
#include "core/page.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/log.h"
#include "role/auth_state.h"
#include "role/pages.h"

enum { REFUSAL_MAX = 1 << 20 };

static enum status body_of(const struct message_web *web, int fd, struct str *ret_body)
{
    *ret_body = web->body;
    if (!str_is_absent(web->body))
        return OK;
    if (fd < 0) {
        *ret_body = STR("");
        return OK;
    }
    if (web->size > WEB_FORM_MAX)
        return LIMIT;
    TRY(file_map(fd, WEB_FORM_MAX, ret_body));
    return (int64_t)ret_body->len == web->size ? OK : INVALID;
}

/* Front is not believed, and the rows are here: rights are read anew from the session, not from the ticket. */
static const struct ticket *ticket_of(struct ctx *ctx, const struct auth_house *house, struct str sealed,
                                      struct ticket *into)
{
    struct ticket told;
    if (sealed.len == 0 || !house->has_key ||
        ticket_open(sealed, house->ticket_key, house->place.member, ctx->now, &told) != OK)
        return NULL;
    return auth_ticket_renew(ctx, told.session, into) == OK ? into : NULL;
}

struct asked {
    const struct message_web *web;
    struct str body;
    const struct web_hash *hashes;
    size_t hash_count;
};

static enum status run(struct ctx *ctx, struct auth_house *house, const struct asked *asked,
                       struct web_response *response)
{
    struct ticket ticket;
    const struct ticket *held = ticket_of(ctx, house, asked->web->ticket, &ticket);
    struct pages_ask ask = {.web = asked->web,
                            .body = asked->body,
                            .ticket = held,
                            .name = STR(""),
                            .hashes = asked->hashes,
                            .hash_count = asked->hash_count};
    enum status done = pages_run(ctx, house->role->pages, &ask, response);
    if (done != OK)
        response->hash_count = asked->hash_count; /* refused: nothing is to be hashed for it */
    /* Wishes are left: what the handler wrote so far is undone, and comes again with the answers. */
    return response->hash_count > asked->hash_count ? BUSY : done;
}

/* BUSY: the member's database could not be opened, or there is too much work. LIMIT: the form is too large. */
static void answer_refusal(struct auth_house *house, const struct message_web *web, enum status status)
{
    struct web_request request = {.path = web->path, .form_token = STR("")};
    struct web_response response = {.body = BUF_INIT(REFUSAL_MAX)};
    struct ctx ctx = {.arena = house->role->job,
                      .place = &house->place,
                      .actor = {.address = STR(""), .name = STR("")},
                      .language = web_language(STR(""), web->accept_language, house->place.language),
                      .now = house->role->now,
                      .trace = web->trace};
    page_refusal(&ctx, &request, &response, status);
    auth_owe_response(auth_owe(house->role, house, MESSAGE_WEB_ANSWER, web->handle), &response, ctx.language);
}

/* Moves the wishes into the work: their texts lie in the job's memory. */
static void take_wishes(struct auth_work *work, const struct web_response *response)
{
    for (size_t i = work->hash_count; i < response->hash_count; i++) {
        work->hashes[i] = response->hashes[i];
        work->hashes[i].password = str_copy(work->arena, response->hashes[i].password);
        if (!str_is_absent(response->hashes[i].verifier))
            work->hashes[i].verifier = str_copy(work->arena, response->hashes[i].verifier);
    }
    work->hash_count = response->hash_count;
}

static enum status run_job(struct auth_house *house, const struct asked *asked, struct web_response *ret_response,
                           enum language *ret_language)
{
    struct ctx ctx;
    TRY(auth_house_begin(house, &ctx));
    /* One process for all members: times are shown in the zone of the one whose page it is. */
    char *zone = str_c(ctx.arena, house->place.zone);
    if (zone == NULL || clock_zone_set(zone) != OK)
        LOG(LOG_WARN_LEVEL, "auth", "zone_unknown", LOG_TEXT("zone", house->place.zone));
    enum status done = auth_house_end(house, run(&ctx, house, asked, ret_response));
    (void)done; /* the response says it */
    *ret_language = ctx.language;
    return OK;
}

static enum status first_run(struct auth_house *house, const struct asked *asked, struct str payload, int fd)
{
    struct web_response response = {0};
    enum language language;
    enum status done = run_job(house, asked, &response, &language);
    if (done != OK) {
        answer_refusal(house, asked->web, BUSY);
        return OK;
    }
    if (response.hash_count == 0) {
        auth_owe_response(auth_owe(house->role, house, MESSAGE_WEB_ANSWER, asked->web->handle), &response, language);
        return OK;
    }
    int kept = -1;
    buf_finish(&response.body);
    done = fd >= 0 ? file_duplicate(fd, &kept) : OK;
    struct auth_work *work =
        done == OK ? auth_work_create(house, MESSAGE_WEB, payload, asked->web->remote, kept) : NULL;
    if (work == NULL) {
        file_close(&kept);
        answer_refusal(house, asked->web, BUSY);
        return OK;
    }
    take_wishes(work, &response);
    auth_work_queue(work);
    return OK;
}

enum status auth_role_web(struct auth_role *role, struct str payload, int fd)
{
    struct message_web web;
    struct asked asked = {.web = &web};
    TRY(message_take(MESSAGE_WEB, payload, &web));
    struct auth_house *house = auth_house_find(role, web.member);
    if (house == NULL)
        return INVALID; /* front was told of every member by the parent */
    enum status done = body_of(&web, fd, &asked.body);
    if (done == LIMIT) {
        answer_refusal(house, &web, LIMIT);
        return OK;
    }
    TRY(done);
    done = first_run(house, &asked, payload, fd);
    if (str_is_absent(web.body) && fd >= 0)
        file_unmap(asked.body);
    return done;
}

void auth_role_web_again(struct auth_work *work)
{
    struct message_web web;
    struct web_response response = {0};
    struct asked asked = {.web = &web, .hashes = work->hashes, .hash_count = work->hash_done};
    enum language language;
    REQUIRE(message_take(MESSAGE_WEB, work->payload, &web) == OK); /* it was taken before */
    enum status done = body_of(&web, work->body_fd, &asked.body);
    if (done == OK)
        done = run_job(work->house, &asked, &response, &language);
    if (done == OK && str_is_absent(web.body) && work->body_fd >= 0)
        file_unmap(asked.body);
    if (done == OK && response.hash_count > work->hash_done) {
        take_wishes(work, &response);
        buf_finish(&response.body);
        auth_work_queue(work);
        return;
    }
    if (done == OK)
        auth_owe_response(auth_owe(work->house->role, work->house, MESSAGE_WEB_ANSWER, web.handle), &response,
                          language);
    else
        answer_refusal(work->house, &web, BUSY);
    auth_work_destroy(work);
}

void auth_role_work_failed(struct auth_work *work)
{
    struct message_web web;
    struct message_login login;
    struct auth_role *role = work->house->role;
    if (work->kind == MESSAGE_WEB && message_take(MESSAGE_WEB, work->payload, &web) == OK)
        answer_refusal(work->house, &web, BUSY);
    if (work->kind == MESSAGE_LOGIN && message_take(MESSAGE_LOGIN, work->payload, &login) == OK)
        auth_owe_login(auth_owe(role, NULL, MESSAGE_LOGIN_ANSWER, login.handle),
                       &(struct message_login_answer){
                           .status = BUSY, .ticket = STR(""), .token = STR(""), .code = STR("auth.busy")});
    auth_work_destroy(work);
}
