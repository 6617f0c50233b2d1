#include "core/password.h"
#include "service/account/account.h"
#include "service/account/invitation_html.h"
#include "service/account/lang.h"

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        enum text_key error)
{
    struct page page;
    struct page_head head = {
        .title = text_of(ctx->language, T_account_invitation), .tone = PAGE_RESIDENT, .is_error = error != T_none};
    struct str code = web_value(request, "code");
    if (error != T_none)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    struct invitation_view view = {.code = str_is_absent(code) ? STR("") : code,
                                   .form_token = request->form_token,
                                   .has_error = error != T_none,
                                   .error = text_of(ctx->language, error)};
    invitation_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status account_invitation_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, T_none);
}

static bool is_useless(enum status done)
{
    return done == NOT_FOUND || done == GONE || done == INVALID || done == CONFLICT;
}

enum status account_invitation_accept(struct ctx *ctx, const struct web_request *request,
                                      struct web_response *response)
{
    struct auth_credential credential;
    struct str code = web_value(request, "code"), new = web_value(request, "new");
    int64_t person;
    if (str_is_absent(code) || str_is_absent(new) || code.len > 200)
        return INVALID;
    enum status done = auth_invitation(ctx, code, &person);
    if (is_useless(done))
        return show(ctx, request, response, T_account_invitation_wrong);
    TRY(done);
    TRY(auth_credential(ctx, person, &credential));
    if (!str_eq(new, web_value(request, "again")))
        return show(ctx, request, response, T_account_password_differs);
    if (password_acceptable(new, credential.address) != OK)
        return show(ctx, request, response, T_account_password_weak);
    if (!web_hash_ask(request, response, 0, (struct web_hash){.password = new}))
        return OK;
    if (request->hashes[0].made.len == 0)
        return BUSY;
    done = auth_accept(ctx, code, request->hashes[0].made, &person);
    if (is_useless(done))
        return show(ctx, request, response, T_account_invitation_wrong);
    TRY(done);
    return web_redirect(ctx, response, "/sign-in");
}
