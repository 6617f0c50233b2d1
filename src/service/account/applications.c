#include "service/account/account.h"
#include "core/place.h"
#include "service/account/applications_html.h"
#include "service/account/lang.h"

static enum status rows_of(struct ctx *ctx, struct applications_view *view)
{
    struct auth_session *sessions;
    size_t count;
    TRY(auth_session_list(ctx, ctx->actor.person, &sessions, &count));
    view->applications = arena_array(ctx->arena, struct applications_application, count + 1);
    if (view->applications == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        if (sessions[i].kind != SESSION_APPLICATION)
            continue;
        view->applications[view->application_count++] = (struct applications_application){
            .id = sessions[i].id, .label = sessions[i].label, .began = page_moment(ctx, sessions[i].created),
            .seen = page_moment(ctx, sessions[i].seen), .form_token = view->form_token};
    }
    view->has_any = view->application_count > 0;
    return OK;
}

/* What a mail program asks for: the host of this page, and the doors that speak TLS from the first byte. */
static void fill_doors(struct ctx *ctx, const struct web_request *request, struct applications_view *view)
{
    struct str rest = request->host;
    view->host = str_cut(&rest, ':');
    view->has_doors = ctx->place != NULL && ctx->place->imaps_port > 0 && ctx->place->submissions_port > 0;
    if (!view->has_doors)
        return;
    view->imaps = str_format(ctx->arena, "%lld", (long long)ctx->place->imaps_port);
    view->submissions = str_format(ctx->arena, "%lld", (long long)ctx->place->submissions_port);
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        struct str made, enum text_key error)
{
    struct page page;
    struct page_head head = {.title = text_of(ctx->language, T_account_tab_applications),
                             .is_error = error != T_none};
    struct applications_view view = {
        .tabs = {.on_applications = true}, .form_token = request->form_token, .address = ctx->actor.address,
        .is_made = made.len > 0, .made = made, .has_error = error != T_none,
        .error = text_of(ctx->language, error)};
    fill_doors(ctx, request, &view);
    TRY(rows_of(ctx, &view));
    page_begin(&page, ctx, request, response);
    applications_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status account_applications_show(struct ctx *ctx, const struct web_request *request,
                                      struct web_response *response)
{
    return show(ctx, request, response, STR(""), T_none);
}

enum status account_application_add(struct ctx *ctx, const struct web_request *request,
                                    struct web_response *response)
{
    struct str label = str_trim(web_value(request, "label")), made;
    enum status done = auth_application_add(ctx, ctx->actor.person, label, &made);
    if (done == OK)
        return show(ctx, request, response, made, T_none);
    if (done != INVALID && done != LIMIT)
        return done;
    response->code = 422;
    return show(ctx, request, response, STR(""),
                done == LIMIT ? T_account_application_many : T_account_application_name);
}

enum status account_application_end(struct ctx *ctx, const struct web_request *request,
                                    struct web_response *response)
{
    enum status done = auth_session_end(ctx, ctx->actor.person, web_int(request, "session", 0));
    if (done != OK && done != NOT_FOUND)
        return done;
    return web_redirect(ctx, response, "/account/applications");
}
