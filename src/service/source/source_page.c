#include "base/base64.h"
#include "core/audit.h"
#include "core/page.h"
#include "service/source/reading.h"
#include "service/source/source_add_html.h"
#include "service/source/source_list_html.h"
#include "service/source/source_one_html.h"
#include "service/source/source_reading_html.h"
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
    enum text_key reason = str_eq(document->reason, STR("opt-out"))  ? T_source_reason_opt_out
                           : str_eq(document->reason, DOCUMENT_GONE) ? T_source_reason_gone
                                                                     : T_source_reason_removed;
    return (struct source_list_source){
        .path = str_format(ctx->arena, "/sources/%lld", (long long)document->id),
        .title = document->title,
        .authors = document->authors,
        .publisher = document->publisher,
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

/* Lines are numbered from 0, empty ones not counted; the `marked` one is what an answer has quoted. */
static enum status lines_of(struct ctx *ctx, struct str words, int64_t marked, struct source_one_view *view)
{
    view->lines = arena_array(ctx->arena, struct source_one_line, str_count_byte(words, '\n') + 1);
    if (view->lines == NULL)
        return LIMIT;
    for (struct str rest = words; !str_is_absent(rest) && rest.len > 0;) {
        struct str text = str_trim(str_cut(&rest, '\n'));
        size_t heading = document_heading(text);
        bool is_heading = heading > 0;
        bool is_item = str_starts(text, STR("- "));
        if (text.len == 0)
            continue;
        view->lines[view->line_count] =
            (struct source_one_line){.is_heading = is_heading,
                                     .is_item = is_item,
                                     .is_plain = !is_heading && !is_item,
                                     .id = str_format(ctx->arena, "l%zu", view->line_count),
                                     .text = is_heading ? str_trim(str_after(text, heading)) : text,
                                     .is_marked = (int64_t)view->line_count == marked};
        view->line_count++;
    }
    return OK;
}

static enum status view_of(struct ctx *ctx, const struct web_request *request, const struct document_text *text,
                           struct source_one_view *view)
{
    const struct document *document = &text->document;
    const struct licence *licence = licence_find(document->licence);
    *view = (struct source_one_view){.title = document->title,
                                     .authors = document->authors,
                                     .publisher = document->publisher,
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
    return lines_of(ctx, text->words, web_int(request, "line", -1), view);
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
    if (!str_eq(reason, STR("opt-out")) && !str_eq(reason, STR("removed")))
        return INVALID;
    TRY(document_get(ctx, id, document_reader(ctx), &text));
    TRY(document_withdraw(ctx, id, reason));
    TRY(audit_add(ctx, "source.withdraw", text.document.title, reason));
    return web_redirect(ctx, response, "/sources");
}

/* ---- adding one ---- */

static bool is_for_agents(const struct web_request *request)
{
    return str_eq(web_text(request, "readers"), STR("agents"));
}

static enum status show_form(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                             enum text_key error)
{
    struct page page;
    size_t count;
    const struct licence *licences = licence_list(&count);
    struct source_add_view view = {.form_token = request->form_token,
                                   .has_error = error != T_none,
                                   .error = text_of(ctx->language, error),
                                   .title = web_text(request, "title"),
                                   .authors = web_text(request, "authors"),
                                   .publisher = web_text(request, "publisher"),
                                   .date = web_text(request, "date"),
                                   .link = web_text(request, "link"),
                                   .words = web_text(request, "words"),
                                   .is_for_agents = is_for_agents(request),
                                   .licences = arena_array(ctx->arena, struct source_add_licence, count)};
    if (view.licences == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view.licences[view.licence_count++] =
            (struct source_add_licence){.code = str_of(licences[i].code),
                                        .name = text_of(ctx->language, licences[i].name),
                                        .is_chosen = str_eq(web_text(request, "licence"), str_of(licences[i].code))};
    struct page_head head = head_of(text_of(ctx->language, T_source_add));
    head.is_error = error != T_none;
    if (error != T_none)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    source_add_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status source_add_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show_form(ctx, request, response, T_none);
}

/* NULL: none was given. */
static const struct http_field *file_of(const struct web_request *request)
{
    for (size_t i = 0; i < request->fields->count; i++) {
        const struct http_field *field = &request->fields->at[i];
        if (str_eq(field->name, STR("file")) && !str_is_absent(field->file_name) && field->value.len > 0)
            return field;
    }
    return NULL;
}

/* A document is read elsewhere: its page says how far it is. */
static enum status begin_reading(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                                 const struct document *document, const struct http_field *file)
{
    int64_t id = 0;
    enum status done = file->value.len > WORDING_DOCUMENT_MAX ? reading_refuse(ctx, WORDING_TOO_LARGE)
                                                              : reading_begin(ctx, document, file->file_name, &id);
    if (done == INVALID || done == LIMIT)
        return show_form(ctx, request, response, ctx->failure.sentence);
    TRY(done);
    web_convert_ask(response, file->value, id, reading_take);
    return web_redirect(ctx, response, "/sources/reading/%lld", (long long)id);
}

enum status source_reading_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct reading reading;
    int64_t id;
    if (str_to_i64(request->params[0], &id) != OK)
        return NOT_FOUND;
    TRY(reading_get(ctx, id, &reading));
    if (reading.source != 0)
        return web_redirect(ctx, response, "/sources/%lld", (long long)reading.source);
    struct source_reading_view view = {.file_name = reading.file_name,
                                       .is_refused = reading.refusal != T_none,
                                       .refusal = text_of(ctx->language, reading.refusal),
                                       .path = request->path};
    page_begin(&page, ctx, request, response);
    source_reading_html(&page.html, &view);
    struct page_head head = head_of(text_of(ctx->language, T_source_reading));
    return page_end(&page, &head);
}

/* The file where there is one, else what was typed. */
static enum status words_of(struct ctx *ctx, const struct web_request *request, const struct http_field *file,
                            struct str *ret_words)
{
    *ret_words = web_text(request, "words");
    return file != NULL ? document_words(ctx, file->file_name, file->value, ret_words) : OK;
}

enum status source_add_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    enum document_change change;
    int64_t id;
    struct str title = str_trim(web_text(request, "title"));
    struct document_text text = {.document = {.collection = DOCUMENT_OWN,
                                              .key = title,
                                              .title = title,
                                              .authors = str_trim(web_text(request, "authors")),
                                              .publisher = str_trim(web_text(request, "publisher")),
                                              .licence = web_text(request, "licence"),
                                              .link = str_trim(web_text(request, "link")),
                                              .readers = is_for_agents(request) ? DOCUMENT_AGENTS
                                                                                : DOCUMENT_PUBLIC}};
    struct str date = web_text(request, "date");
    if (date.len > 0 && date_parse(date, &text.document.written) != OK)
        return show_form(ctx, request, response, T_source_date_wrong);
    const struct http_field *file = file_of(request);
    if (file != NULL && wording_is_document(file->value))
        return begin_reading(ctx, request, response, &text.document, file);
    enum status read = words_of(ctx, request, file, &text.words);
    if (read != OK)
        return show_form(ctx, request, response, read == INVALID ? ctx->failure.sentence : T_source_words_wrong);
    enum status done = document_put(ctx, &text, &change, &id);
    if (done == INVALID)
        return show_form(ctx, request, response, ctx->failure.sentence);
    TRY(done);
    if (change == DOCUMENT_WITHDRAWN)
        return show_form(ctx, request, response, T_source_taken_back);
    TRY(audit_add(ctx, "source.add", title, text.document.licence));
    return web_redirect(ctx, response, "/sources/%lld", (long long)id);
}
