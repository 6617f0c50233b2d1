#include "core/page.h"
#include "service/assistant/assistant_service.h"
#include "service/assistant/assistant_trace_html.h"
#include "service/assistant/lang.h"
#include "service/assistant/origin_view.h"

/* A form ends lines with CR LF (HTML, section 4.10.22.8), a document with LF. */
static struct str text_of_form(struct ctx *ctx, struct str given)
{
    struct buf text BUF_SCOPE = BUF_INIT(given.len + 1);
    for (size_t i = 0; i < given.len; i++)
        if (given.at[i] != '\r')
            buf_add_byte(&text, given.at[i]);
    return str_copy(ctx->arena, buf_str(&text));
}

static struct str path_of(struct ctx *ctx, const struct origin_part *part)
{
    return str_format(ctx->arena, "/sources/%lld?line=%lld#l%lld", (long long)part->document.id, (long long)part->line,
                      (long long)part->line);
}

/* One line for each passage, however often it is met. Returns its number, from 1. */
static size_t add_source(struct ctx *ctx, const struct origin_part *part, struct assistant_trace_view *view)
{
    struct str path = path_of(ctx, part);
    for (size_t i = 0; i < view->source_count; i++)
        if (str_eq(view->sources[i].path, path))
            return i + 1;
    size_t number = view->source_count + 1;
    view->sources[view->source_count++] =
        (struct assistant_trace_source){.id = str_format(ctx->arena, "s%zu", number),
                                        .number = str_format(ctx->arena, "%zu", number),
                                        .title = part->document.title,
                                        .makers = document_makers(ctx->arena, &part->document),
                                        .path = path};
    return number;
}

static enum status add_parts(struct ctx *ctx, const struct origin *origin, struct assistant_trace_view *view)
{
    view->parts = arena_array(ctx->arena, struct assistant_part_view, origin->count + 1);
    view->sources = arena_array(ctx->arena, struct assistant_trace_source, origin->count + 1);
    if (view->parts == NULL || view->sources == NULL)
        return LIMIT;
    for (size_t i = 0; i < origin->count; i++) {
        const struct origin_part *part = &origin->parts[i];
        size_t number = origin_has_place(part) ? add_source(ctx, part, view) : 0;
        view->parts[view->part_count++] = origin_part_view(ctx, part, "s", number);
    }
    view->is_traced = true;
    view->has_sources = view->source_count > 0;
    view->shares = origin_shares_view(ctx, origin->characters);
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        struct assistant_trace_view *view)
{
    struct page page;
    view->form_token = request->form_token;
    view->self = web_go_on(ctx, request, STR("/assistant/trace"));
    view->home = web_go_on(ctx, request, STR("/assistant"));
    page_begin(&page, ctx, request, response);
    assistant_trace_html(&page.html, view);
    struct page_head head = {.title = text_of(ctx->language, T_assistant_cover),
                             .tone = PAGE_RESIDENT,
                             .is_error = view->has_error,
                             .menu = "/assistant",
                             .search_path = STR_NONE};
    return page_end(&page, &head);
}

enum status assistant_trace_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct assistant_trace_view view = {.text = STR("")};
    return show(ctx, request, response, &view);
}

/* A form that changes nothing: it is posted so that the text stands in no address and no log. So its answer is a page
 * and no redirect, which would have to carry the text. */
enum status assistant_trace_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct origin origin;
    struct assistant_trace_view view = {.text = text_of_form(ctx, web_text(request, "text"))};
    if (str_is_absent(view.text))
        return LIMIT;
    enum status done = origin_find(ctx, view.text, &origin);
    view.is_waiting = done == BUSY;
    view.has_error = done == INVALID;
    if (done == INVALID)
        view.error = text_of(ctx->language, ctx->failure.sentence);
    if (done == BUSY || done == INVALID)
        response->code = done == BUSY ? 503 : 422;
    else
        TRY(done);
    if (done == OK)
        TRY(add_parts(ctx, &origin, &view));
    return show(ctx, request, response, &view);
}
