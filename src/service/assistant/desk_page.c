#include "core/page.h"
#include "service/assistant/assistant_desks_html.h"
#include "service/assistant/assistant_service.h"
#include "service/assistant/desk.h"
#include "service/assistant/lang.h"

static enum status add_desks(struct ctx *ctx, struct assistant_desks_view *view)
{
    struct desk *desks;
    size_t count;
    TRY(desk_list(ctx, &desks, &count));
    view->is_empty = count == 0;
    view->desks = arena_array(ctx->arena, struct assistant_desks_desk, count + 1);
    if (view->desks == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->desks[view->desk_count++] = (struct assistant_desks_desk){
            .name = desks[i].name,
            .subjects = desks[i].subjects,
            .place = desks[i].place,
            .phone = desks[i].phone,
            .hours = desks[i].hours,
            .remove = str_format(ctx->arena, "/assistant/desks/%lld/remove", (long long)desks[i].id)};
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        enum text_key error)
{
    struct page page;
    struct assistant_desks_view view = {.form_token = request->form_token,
                                        .has_error = error != T_none,
                                        .error = text_of(ctx->language, error),
                                        .name = web_text(request, "name"),
                                        .subjects = web_text(request, "subjects"),
                                        .place = web_text(request, "place"),
                                        .phone = web_text(request, "phone"),
                                        .hours = web_text(request, "hours")};
    TRY(add_desks(ctx, &view));
    if (error != T_none)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    assistant_desks_html(&page.html, &view);
    struct page_head head = {.title = text_of(ctx->language, T_assistant_desks_title),
                             .tone = PAGE_AGENT,
                             .is_error = view.has_error,
                             .menu = "/assistant",
                             .search_path = STR_NONE};
    return page_end(&page, &head);
}

enum status assistant_desks_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, T_none);
}

enum status assistant_desk_add_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct desk desk = {.name = str_trim(web_text(request, "name")),
                        .subjects = str_trim(web_text(request, "subjects")),
                        .place = str_trim(web_text(request, "place")),
                        .phone = str_trim(web_text(request, "phone")),
                        .hours = str_trim(web_text(request, "hours"))};
    enum status done = desk_add(ctx, &desk);
    if (done == INVALID)
        return show(ctx, request, response, ctx->failure.sentence);
    TRY(done);
    return web_redirect(ctx, response, "/assistant/desks");
}

enum status assistant_desk_remove_act(struct ctx *ctx, const struct web_request *request,
                                      struct web_response *response)
{
    int64_t id;
    if (str_to_i64(request->params[0], &id) != OK)
        return NOT_FOUND;
    TRY(desk_remove(ctx, id));
    return web_redirect(ctx, response, "/assistant/desks");
}
