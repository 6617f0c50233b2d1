#include "base/base64.h"
#include "core/audit.h"
#include "core/page.h"
#include "service/source/lang.h"
#include "service/source/lines.h"
#include "service/source/source.h"
#include "service/source/source_list_html.h"
#include "service/source/source_one_html.h"
#include "service/source/source_service.h"

enum { SKIP_MAX = 1000000 };

static struct page_head head_of(struct str title)
{
    return (struct page_head){.title = title, .tone = PAGE_RESIDENT, .menu = "/sources", .search_path = STR_NONE};
}

static bool may_edit(const struct ctx *ctx)
{
    return permission_allows(ctx->actor.rights, PERMISSION_ADMINISTER);
}

static struct str day_of(struct ctx *ctx, struct date date)
{
    return date.days == 0 ? STR("") : page_date(ctx, date);
}

static struct str licence_name(const struct ctx *ctx, struct str code)
{
    const struct licence *licence = licence_find(code);
    return licence != NULL ? text_of(ctx->language, licence->name) : code;
}

/* ---- the list ---- */

static struct source_list_source list_line(struct ctx *ctx, const struct document *document)
{
    enum text_key reason = str_eq(document->reason, DOCUMENT_OPT_OUT) ? T_source_reason_opt_out
                           : str_eq(document->reason, DOCUMENT_GONE)  ? T_source_reason_gone
                                                                      : T_source_reason_removed;
    return (struct source_list_source){
        .path = str_format(ctx->arena, "/sources/%lld", (long long)document->id),
        .title = document->title,
        .makers = document_makers(ctx->arena, document),
        .licence = licence_name(ctx, document->licence),
        .date = day_of(ctx, document->written),
        .has_date = document->written.days != 0,
        .is_withdrawn = document->withdrawn.ms != 0,
        .is_for_agents = document->readers == DOCUMENT_AGENTS,
        .reason = text_of(ctx->language, reason)};
}

enum status source_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct document *documents;
    size_t count;
    int64_t standing, withdrawn, skip = web_int(request, "skip", 0);
    if (skip < 0 || skip > SKIP_MAX)
        return NOT_FOUND;
    int64_t before = skip > DOCUMENT_PAGE ? skip - DOCUMENT_PAGE : 0, after = skip + DOCUMENT_PAGE;
    TRY(document_list(ctx, document_reader(ctx), skip, &documents, &count));
    TRY(document_count(ctx, document_reader(ctx), &standing, &withdrawn));
    struct source_list_view view = {
        .standing = standing,
        .is_empty = count == 0,
        .may_edit = may_edit(ctx),
        .has_before = skip > 0,
        .has_after = after < standing + withdrawn,
        .before = str_format(ctx->arena, "/sources?skip=%lld", (long long)before),
        .after = str_format(ctx->arena, "/sources?skip=%lld", (long long)after),
        .sources = arena_array(ctx->arena, struct source_list_source, count + 1)};
    if (view.sources == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view.sources[view.source_count++] = list_line(ctx, &documents[i]);
    page_begin(&page, ctx, request, response);
    source_list_html(&page.html, &view);
    struct page_head head = head_of(text_of(ctx->language, T_source_menu));
    return page_end(&page, &head);
}

/* ---- one text ---- */

static struct str hex_of(struct ctx *ctx, struct str bytes)
{
    struct buf hex BUF_SCOPE = BUF_INIT(200);
    hex_encode(&hex, bytes);
    return str_copy(ctx->arena, buf_str(&hex));
}

static struct str page_path(struct ctx *ctx, int64_t id, int64_t number)
{
    return str_format(ctx->arena, "/sources/%lld?page=%lld", (long long)id, (long long)number);
}

static struct source_one_line line_of(struct ctx *ctx, const struct lines_piece *piece, int64_t marked)
{
    bool is_item = piece->kind == SOURCE_ITEM, is_heading = piece->kind == SOURCE_HEADING;
    long long line = piece->line;
    return (struct source_one_line){.is_heading = is_heading,
                                    .is_item = is_item,
                                    .is_plain = !is_heading && !is_item,
                                    .id = piece->number == 0 ? str_format(ctx->arena, "l%lld", line)
                                                             : str_format(ctx->arena, "l%lld-%zu", line, piece->number),
                                    .text = piece->text,
                                    .is_marked = piece->line == marked};
}

/* Lines are numbered as an answer numbers them; the marked one is what it has quoted. */
static enum status lines_of(struct ctx *ctx, const struct web_request *request, const struct document_text *text,
                            struct source_one_view *view)
{
    struct lines_page page;
    int64_t marked = web_int(request, "line", -1), id = text->document.id;
    TRY(lines_page(ctx->arena, text->words, web_int(request, "page", 0), marked, &page));
    view->lines = arena_array(ctx->arena, struct source_one_line, page.piece_count + 1);
    if (view->lines == NULL)
        return LIMIT;
    for (size_t i = 0; i < page.piece_count; i++)
        view->lines[view->line_count++] = line_of(ctx, &page.pieces[i], marked);
    view->is_paged = page.count > 1;
    view->page = page.number;
    view->pages = page.count;
    view->has_before = page.number > 1;
    view->has_after = page.number < page.count;
    view->before = page_path(ctx, id, page.number - 1);
    view->after = page_path(ctx, id, page.number + 1);
    return OK;
}

static enum status view_of(struct ctx *ctx, const struct web_request *request, const struct document_text *text,
                           struct source_one_view *view)
{
    const struct document *document = &text->document;
    const struct licence *licence = licence_find(document->licence);
    *view = (struct source_one_view){.title = document->title,
                                     .makers = document_makers(ctx->arena, document),
                                     .licence = licence_name(ctx, document->licence),
                                     .has_licence_link = licence != NULL && licence->link[0] != '\0',
                                     .licence_link = str_of(licence != NULL ? licence->link : ""),
                                     .date = day_of(ctx, document->written),
                                     .has_date = document->written.days != 0,
                                     .taken = page_date(ctx, date_of_instant(document->taken)),
                                     .hash = hex_of(ctx, document->hash),
                                     .has_link = document->link.len > 0,
                                     .link = document->link,
                                     .is_for_agents = document->readers == DOCUMENT_AGENTS,
                                     .is_whole = !str_is_absent(text->words),
                                     .may_edit = may_edit(ctx),
                                     .form_token = request->form_token,
                                     .withdraw_path =
                                         str_format(ctx->arena, "/sources/%lld/withdraw", (long long)document->id)};
    if (!view->is_whole)
        return OK;
    return lines_of(ctx, request, text, view);
}

enum status source_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct document_text text;
    struct source_one_view view;
    int64_t id;
    if (str_to_i64(request->params[0], &id) != OK)
        return NOT_FOUND;
    TRY(document_get(ctx, id, document_reader(ctx), &text));
    if (text.document.withdrawn.ms != 0)
        return NOT_FOUND;
    TRY(view_of(ctx, request, &text, &view));
    page_begin(&page, ctx, request, response);
    source_one_html(&page.html, &view);
    struct page_head head = head_of(text.document.title);
    return page_end(&page, &head);
}

enum status source_withdraw_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct document_text text;
    int64_t id;
    struct str reason = web_value(request, "reason");
    if (str_to_i64(request->params[0], &id) != OK)
        return NOT_FOUND;
    if (!str_eq(reason, DOCUMENT_OPT_OUT) && !str_eq(reason, DOCUMENT_REMOVED))
        return INVALID;
    TRY(document_get(ctx, id, document_reader(ctx), &text));
    TRY(document_withdraw(ctx, id, reason));
    TRY(audit_add(ctx, "source.withdraw", text.document.title, reason));
    return web_redirect(ctx, response, "/sources");
}
