#include "core/place.h"
#include "service/account/account.h"
#include "service/account/lang.h"
#include "service/account/second_ask_html.h"
#include "service/account/sign_in_html.h"

static struct auth_try try_of(const struct web_request *request)
{
    struct str password = web_value(request, "password");
    return (struct auth_try){.door = AUTH_WEB,
                             .address = str_trim(web_value(request, "login")),
                             .password = str_is_absent(password) ? STR("") : password,
                             .remote = request->remote,
                             .device = request->device};
}

static struct str next_of(const struct web_request *request)
{
    return web_local_path(web_value(request, "next"), STR("/"));
}

/* ---- first step ---- */

static enum status show_sign_in(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                                enum text_key error)
{
    struct page page;
    struct page_head head = {
        .title = text_of(ctx->language, T_account_sign_in), .tone = PAGE_RESIDENT, .is_error = error != T_none};
    page_begin(&page, ctx, request, response);
    struct str login = web_value(request, "login");
    struct sign_in_view view = {
        .town = ctx->place->title, .next = next_of(request), .login = str_is_absent(login) ? STR("") : login,
        .form_token = request->form_token, .has_error = error != T_none,
        .error = text_of(ctx->language, error)};
    sign_in_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status account_sign_in_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    if (ctx->actor.person != 0)
        return web_redirect(ctx, response, "%.*s", STR_ARG(next_of(request)));
    return show_sign_in(ctx, request, response, T_none);
}

/* A refusal is an answer like another: its rows (the failures counted) must stand. */
static enum status refuse_sign_in(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                                  const struct auth_answer *answer)
{
    response->delay_ms = answer->delay_ms;
    response->code = answer->outcome == AUTH_TOO_MANY ? 429 : 422;
    return show_sign_in(ctx, request, response,
                        answer->outcome == AUTH_TOO_MANY ? T_account_too_many : T_account_refused);
}

static enum status after_password(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                                  const struct auth_answer *answer)
{
    struct buf next BUF_SCOPE = BUF_INIT(8000);
    html_url_component_add(&next, next_of(request));
    response->set_cookie = answer->token;
    if (answer->outcome == AUTH_SECOND)
        return web_redirect(ctx, response, "/sign-in/second?next=%.*s", STR_ARG(buf_str(&next)));
    return web_redirect(ctx, response, "%.*s", STR_ARG(next_of(request)));
}

enum status account_sign_in(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct auth_try try = try_of(request);
    struct auth_answer answer;
    if (str_is_absent(try.address) || try.address.len == 0 || try.address.len > 254 ||
        try.password.len > PASSWORD_MAX) {
        response->code = 422;
        return show_sign_in(ctx, request, response, T_account_refused);
    }
    TRY(auth_login_begin(ctx, &try, &answer));
    if (answer.outcome == AUTH_CHECK) {
        struct web_hash wish = {.password = try.password, .verifier = answer.verifier};
        if (!web_hash_ask(request, response, 0, wish))
            return OK;
        /* The verifier may have changed while the hasher worked: then what it compared with counts no more. */
        bool is_right = request->hashes[0].is_right && str_eq(request->hashes[0].verifier, answer.verifier);
        TRY(auth_login_end(ctx, &try, is_right, &answer));
    }
    if (answer.outcome == AUTH_REFUSED || answer.outcome == AUTH_TOO_MANY)
        return refuse_sign_in(ctx, request, response, &answer);
    return after_password(ctx, request, response, &answer);
}

/* ---- second step ---- */

static enum status show_second(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                               enum text_key error)
{
    struct page page;
    struct page_head head = {
        .title = text_of(ctx->language, T_account_second_title), .tone = PAGE_RESIDENT, .is_error = error != T_none};
    page_begin(&page, ctx, request, response);
    struct second_ask_view view = {.next = next_of(request),
                                   .form_token = request->form_token,
                                   .has_error = error != T_none,
                                   .error = text_of(ctx->language, error)};
    second_ask_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status account_second_ask(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    if (ctx->actor.session == 0 || ctx->actor.person != 0)
        return web_redirect(ctx, response, "/sign-in");
    return show_second(ctx, request, response, T_none);
}

enum status account_second_answer(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct auth_try try = try_of(request);
    struct auth_answer answer;
    struct str code = web_value(request, "code");
    if (ctx->actor.session == 0 || str_is_absent(code) || code.len > 100)
        return web_redirect(ctx, response, "/sign-in");
    enum status done = auth_login_second(ctx, ctx->actor.session, &try, code, &answer);
    if (done == GONE)
        return web_redirect(ctx, response, "/sign-in");
    TRY(done);
    if (answer.outcome == AUTH_ALLOWED)
        return after_password(ctx, request, response, &answer);
    response->delay_ms = answer.delay_ms;
    response->code = answer.outcome == AUTH_TOO_MANY ? 429 : 422;
    return show_second(ctx, request, response,
                       answer.outcome == AUTH_TOO_MANY ? T_account_too_many : T_account_code_wrong);
}

enum status account_sign_out(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    (void)request;
    if (ctx->actor.session != 0) { /* also of an operator under a mandate, who is no person here */
        enum status done = auth_session_end(ctx, ctx->actor.person, ctx->actor.session);
        if (done != OK && done != NOT_FOUND)
            return done;
    }
    response->set_cookie = STR("");
    return web_redirect(ctx, response, "/sign-in");
}
