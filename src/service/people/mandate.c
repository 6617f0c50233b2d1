#include "core/mandate.h"

#include "service/people/lang.h"
#include "service/people/people.h"
#include "service/people/people_mandates_html.h"

static enum status fill(struct ctx *ctx, const struct web_request *request, struct people_mandates_view *view)
{
    mandate_row *rows;
    size_t count;
    TRY(mandate_list(ctx, &rows, &count));
    view->mandates = arena_array(ctx->arena, struct people_mandates_mandate, count + 1);
    if (view->mandates == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->mandates[view->mandate_count++] = (struct people_mandates_mandate){
            .operator_address = rows[i].operator, .reason = rows[i].reason,
            .ends = page_moment(ctx, (struct instant){rows[i].ends_ms}), .is_open = mandate_is_open(&rows[i], ctx->now),
            .form_token = request->form_token,
            .end_path = str_format(ctx->arena, "/people/mandates/%lld/end", (long long)rows[i].id)};
    view->has_any = count > 0;
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        enum text_key error)
{
    struct page page;
    struct people_mandates_view view = {
        .tabs = {.on_mandates = true}, .form_token = request->form_token, .has_error = error != T_none,
        .error = text_of(ctx->language, error), .operator_address = web_text(request, "operator"),
        .reason = web_text(request, "reason"), .hours = web_int(request, "hours", 4)};
    TRY(fill(ctx, request, &view));
    struct page_head head = people_head(ctx, T_people_tab_mandates);
    head.is_error = view.has_error;
    if (view.has_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    people_mandates_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status people_mandates_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, T_none);
}

enum status people_mandate_give_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t id;
    enum status done = mandate_give(ctx, str_trim(web_text(request, "operator")), str_trim(web_text(request, "reason")),
                                    web_int(request, "hours", 0), &id);
    if (done == INVALID)
        return show(ctx, request, response, ctx->failure.sentence);
    TRY(done);
    return web_redirect(ctx, response, "/people/mandates");
}

enum status people_mandate_end_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t id;
    if (str_to_i64(request->params[0], &id) != OK)
        return NOT_FOUND;
    TRY(mandate_end(ctx, id));
    return web_redirect(ctx, response, "/people/mandates");
}
