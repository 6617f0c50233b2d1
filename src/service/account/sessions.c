#include "service/account/account.h"
#include "service/account/lang.h"
#include "service/account/sessions_html.h"

/* "Mozilla/5.0 (X11; Linux…) … Firefox/140.0" says more than a person wants: the name of the browser and the system. */
static struct str device_words(struct ctx *ctx, struct str label)
{
    static const char *const browsers[] = {"Edg", "Firefox", "Chrom", "Safari"};
    static const char *const names[] = {"Edge", "Firefox", "Chrome", "Safari"};
    static const char *const systems[] = {"Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"};
    const char *browser = NULL, *system = NULL;
    for (size_t i = 0; browser == NULL && i < sizeof browsers / sizeof browsers[0]; i++)
        if (str_find(label, str_of(browsers[i])) != SIZE_MAX)
            browser = names[i];
    for (size_t i = 0; system == NULL && i < sizeof systems / sizeof systems[0]; i++)
        if (str_find(label, str_of(systems[i])) != SIZE_MAX)
            system = systems[i];
    if (browser == NULL || system == NULL)
        return label;
    return str_format(ctx->arena, "%s, %s", browser, system);
}

static enum status rows_of(struct ctx *ctx, struct sessions_view *view)
{
    struct auth_session *sessions;
    size_t count;
    TRY(auth_session_list(ctx, ctx->actor.person, &sessions, &count));
    view->sessions = arena_array(ctx->arena, struct sessions_session, count + 1);
    if (view->sessions == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        if (sessions[i].kind == SESSION_APPLICATION || sessions[i].kind == SESSION_PENDING)
            continue;
        view->sessions[view->session_count++] = (struct sessions_session){
            .id = sessions[i].id, .device = device_words(ctx, sessions[i].label), .remote = sessions[i].remote,
            .seen = page_moment(ctx, sessions[i].seen), .began = page_moment(ctx, sessions[i].created),
            .is_this = sessions[i].id == ctx->actor.session, .form_token = view->form_token};
    }
    return OK;
}

enum status account_sessions_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct page_head head = {.title = text_of(ctx->language, T_account_tab_sessions)};
    struct sessions_view view = {
        .tabs = {.on_sessions = true}, .form_token = request->form_token, .is_ended = web_has(request, "ended")};
    TRY(rows_of(ctx, &view));
    view.has_others = view.session_count > 1;
    page_begin(&page, ctx, request, response);
    sessions_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status account_session_end(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    enum status done = auth_session_end(ctx, ctx->actor.person, web_int(request, "session", 0));
    if (done != OK && done != NOT_FOUND)
        return done;
    return web_redirect(ctx, response, "/account/sessions?ended");
}

enum status account_sessions_end_others(struct ctx *ctx, const struct web_request *request,
                                        struct web_response *response)
{
    (void)request;
    TRY(auth_session_end_all(ctx, ctx->actor.person, ctx->actor.session));
    return web_redirect(ctx, response, "/account/sessions?ended");
}
