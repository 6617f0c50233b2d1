#include "core/password.h"
#include "service/account/account.h"
#include "service/account/lang.h"
#include "service/account/settings_html.h"

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        enum text_key error)
{
    struct page page;
    struct auth_credential credential;
    struct page_head head = {.title = text_of(ctx->language, T_account_title), .is_error = error != T_none};
    TRY(auth_credential(ctx, ctx->actor.person, &credential));
    page_begin(&page, ctx, request, response);
    struct settings_view view = {
        .form_token = request->form_token, .address = credential.address,
        .is_french = str_eq(credential.language, STR("fr")), .is_english = str_eq(credential.language, STR("en")),
        .is_any = credential.language.len == 0, .is_saved = web_has(request, "saved"),
        .is_second_on = credential.is_second_on, .has_error = error != T_none,
        .error = text_of(ctx->language, error)};
    settings_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status account_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, T_none);
}

enum status account_language(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct str language = web_value(request, "language");
    if (!str_eq(language, STR("fr")) && !str_eq(language, STR("en")) && !str_eq(language, STR("")))
        return INVALID;
    TRY(auth_set_language(ctx, ctx->actor.person, language));
    return web_redirect(ctx, response, "%.*s",
                        STR_ARG(web_local_path(web_value(request, "back"), STR("/account?saved"))));
}

static enum status refuse_password(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                                   enum text_key error)
{
    response->code = 422;
    return show(ctx, request, response, error);
}

enum status account_password(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct auth_credential credential;
    struct str old = web_value(request, "old"), new = web_value(request, "new");
    bool may;
    TRY(auth_credential(ctx, ctx->actor.person, &credential));
    if (str_is_absent(old) || str_is_absent(new) || old.len > PASSWORD_MAX)
        return INVALID;
    if (!str_eq(new, web_value(request, "again")))
        return refuse_password(ctx, request, response, T_account_password_differs);
    if (password_acceptable(new, credential.address) != OK)
        return refuse_password(ctx, request, response, T_account_password_weak);
    TRY(auth_again_allowed(ctx, ctx->actor.person, &may));
    if (!may) {
        response->code = 429;
        return show(ctx, request, response, T_account_too_many);
    }
    struct web_hash check = {.password = old, .verifier = credential.verifier}, make = {.password = new};
    bool is_checked = web_hash_ask(request, response, 0, check);
    if (!web_hash_ask(request, response, 1, make) || !is_checked)
        return OK;
    if (!request->hashes[0].is_right) {
        TRY(auth_again_failed(ctx, ctx->actor.person, &response->delay_ms));
        return refuse_password(ctx, request, response, T_account_password_old_wrong);
    }
    if (request->hashes[1].made.len == 0)
        return BUSY;
    TRY(auth_set_password(ctx, ctx->actor.person, request->hashes[1].made, ctx->actor.session, false));
    return web_redirect(ctx, response, "/account?saved");
}
