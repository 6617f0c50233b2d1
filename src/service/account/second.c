#include "base/base64.h"
#include "core/password.h"
#include "core/place.h"
#include "core/qr.h"
#include "core/totp.h"
#include "service/account/account.h"
#include "service/account/lang.h"
#include "service/account/second_html.h"

/* What the page shows beside the state of auth.db. */
struct shown {
    const struct str *codes; /* new recovery codes, AUTH_RECOVERY_CODES of them, or NULL */
    enum text_key error;
};

static struct str secret_words(struct ctx *ctx, struct str secret)
{
    struct buf plain BUF_SCOPE = BUF_INIT(100), text BUF_SCOPE = BUF_INIT(100);
    base32_encode(&plain, secret);
    for (size_t i = 0; i < plain.len; i++) {
        if (i > 0 && i % 4 == 0)
            buf_add_byte(&text, ' ');
        buf_add_byte(&text, plain.at[i]);
    }
    return str_copy(ctx->arena, buf_str(&text));
}

static struct str secret_uri(struct ctx *ctx, struct str secret)
{
    struct buf text BUF_SCOPE = BUF_INIT(1000);
    totp_uri(&text, secret, ctx->place->title, ctx->actor.address);
    return str_copy(ctx->arena, buf_str(&text));
}

/* The same as a picture, for the camera of a telephone. */
static enum status draw(struct ctx *ctx, struct second_view *view)
{
    struct buf path BUF_SCOPE = BUF_INIT(QR_PATH_MAX);
    TRY(qr_path(&path, view->uri, &view->side));
    view->squares = str_copy(ctx->arena, buf_str(&path));
    return str_is_absent(view->squares) ? LIMIT : OK;
}

static enum status fill(struct ctx *ctx, struct second_view *view, const struct shown *shown)
{
    struct auth_credential credential;
    struct str secret;
    TRY(auth_credential(ctx, ctx->actor.person, &credential));
    view->is_on = credential.is_second_on;
    if (view->is_on)
        TRY(auth_recovery_left(ctx, ctx->actor.person, &view->left));
    enum status pending = auth_second_pending(ctx, ctx->actor.person, &secret);
    if (pending != OK && pending != NOT_FOUND)
        return pending;
    view->is_pending = pending == OK;
    view->is_off = !view->is_on && !view->is_pending;
    view->secret = view->is_pending ? secret_words(ctx, secret) : STR("");
    view->uri = view->is_pending ? secret_uri(ctx, secret) : STR("");
    view->squares = STR("");
    if (view->is_pending)
        TRY(draw(ctx, view));
    if (shown->codes == NULL)
        return OK;
    view->has_codes = true;
    view->codes = arena_array(ctx->arena, struct second_code, AUTH_RECOVERY_CODES);
    if (view->codes == NULL)
        return LIMIT;
    for (; view->code_count < AUTH_RECOVERY_CODES; view->code_count++)
        view->codes[view->code_count].text = shown->codes[view->code_count];
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        struct shown shown)
{
    struct page page;
    struct page_head head = {.title = text_of(ctx->language, T_account_tab_second), .is_error = shown.error != T_none};
    struct second_view view = {.tabs = {.on_second = true},
                               .form_token = request->form_token,
                               .has_error = shown.error != T_none,
                               .error = text_of(ctx->language, shown.error)};
    TRY(fill(ctx, &view, &shown));
    if (shown.error != T_none)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    second_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status account_second_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, (struct shown){0});
}

enum status account_second_start(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct str secret;
    (void)request;
    enum status done = auth_second_start(ctx, ctx->actor.person, &secret);
    if (done != OK && done != CONFLICT)
        return done;
    return web_redirect(ctx, response, "/account/second");
}

enum status account_second_confirm(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct str codes[AUTH_RECOVERY_CODES], code = web_value(request, "code");
    if (str_is_absent(code))
        return INVALID;
    enum status done = auth_second_confirm(ctx, ctx->actor.person, code, codes);
    if (done == DENIED)
        return show(ctx, request, response, (struct shown){.error = T_account_code_wrong});
    TRY(done);
    return show(ctx, request, response, (struct shown){.codes = codes});
}

/* Both acts that weaken an account ask for its password again. True: it was right; else *ret_done is what the handler
 * returns, whose answer stands, or comes when the hasher has answered. */
static bool knows_password(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                           enum status *ret_done)
{
    struct auth_credential credential;
    struct str password = web_value(request, "password");
    bool may = false;
    enum status done = auth_credential(ctx, ctx->actor.person, &credential);
    if (done == OK)
        done = auth_again_allowed(ctx, ctx->actor.person, &may);
    if (done == OK && (str_is_absent(password) || password.len > PASSWORD_MAX))
        done = INVALID;
    *ret_done = done;
    if (done != OK)
        return false;
    if (!may) {
        *ret_done = show(ctx, request, response, (struct shown){.error = T_account_too_many});
        response->code = 429;
        return false;
    }
    struct web_hash wish = {.password = password, .verifier = credential.verifier};
    bool is_answered = web_hash_ask(request, response, 0, wish);
    if (!is_answered || request->hashes[0].is_right)
        return is_answered;
    *ret_done = auth_again_failed(ctx, ctx->actor.person, &response->delay_ms);
    if (*ret_done == OK)
        *ret_done = show(ctx, request, response, (struct shown){.error = T_account_password_old_wrong});
    return false;
}

enum status account_second_off(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    enum status done;
    if (!knows_password(ctx, request, response, &done))
        return done;
    TRY(auth_second_off(ctx, ctx->actor.person));
    return web_redirect(ctx, response, "/account/second");
}

enum status account_recovery_make(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct str codes[AUTH_RECOVERY_CODES];
    enum status done;
    if (!knows_password(ctx, request, response, &done))
        return done;
    TRY(auth_recovery_make(ctx, ctx->actor.person, codes));
    return show(ctx, request, response, (struct shown){.codes = codes});
}
