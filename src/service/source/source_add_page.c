#include "core/page.h"
#include "service/source/lang.h"
#include "service/source/reading.h"
#include "service/source/source_add_html.h"
#include "service/source/source_reading_html.h"
#include "service/source/source_service.h"

enum { SHOWN_AGAIN_MAX = 64 << 10 /* bytes of a file's text that the form shows again */ };

static struct page_head head_of(struct str title)
{
    return (struct page_head){.title = title, .tone = PAGE_RESIDENT, .menu = "/sources", .search_path = STR_NONE};
}

/* What the form says when it is shown again. */
struct again {
    enum text_key error;    /* T_none: it is shown for the first time */
    const char *code;       /* of the failure, where it was a conflict; else NULL */
    struct str words;       /* of the file that was given, where they are shown; else what was typed */
    bool has_lost_file;
};

static bool is_for_agents(const struct web_request *request)
{
    return str_eq(web_text(request, "readers"), STR("agents"));
}

static enum own_replace replace_of(const struct web_request *request)
{
    struct str said = web_text(request, "replace");
    return str_eq(said, STR("open")) ? OWN_OPEN : str_eq(said, STR("yes")) ? OWN_REPLACE : OWN_KEEP;
}

static bool is_code(const struct again *again, const char *code)
{
    return again->code != NULL && strcmp(again->code, code) == 0;
}

static enum status add_licences(struct ctx *ctx, const struct web_request *request, struct source_add_view *view)
{
    size_t count;
    const struct licence *licences = licence_list(&count);
    view->licences = arena_array(ctx->arena, struct source_add_licence, count);
    if (view->licences == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->licences[view->licence_count++] =
            (struct source_add_licence){.code = str_of(licences[i].code),
                                        .name = text_of(ctx->language, licences[i].name),
                                        .is_chosen = str_eq(web_text(request, "licence"), str_of(licences[i].code))};
    return OK;
}

static enum status show_form(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                             const struct again *again)
{
    struct page page;
    bool has_error = again->error != T_none;
    struct source_add_view view = {.form_token = request->form_token,
                                   .has_error = has_error,
                                   .error = text_of(ctx->language, again->error),
                                   .may_replace = is_code(again, "source.title_taken"),
                                   .may_open = is_code(again, "source.title_agents"),
                                   .has_lost_file = again->has_lost_file,
                                   .title = web_text(request, "title"),
                                   .authors = web_text(request, "authors"),
                                   .publisher = web_text(request, "publisher"),
                                   .date = web_text(request, "date"),
                                   .link = web_text(request, "link"),
                                   .words = again->words.len > 0 ? again->words : web_text(request, "words"),
                                   .is_for_agents = is_for_agents(request)};
    view.has_choice = view.may_replace || view.may_open;
    TRY(add_licences(ctx, request, &view));
    struct page_head head = head_of(text_of(ctx->language, T_source_add));
    head.is_error = has_error;
    if (has_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    source_add_html(&page.html, &view);
    return page_end(&page, &head);
}

/* After a refusal: ctx->failure says which. */
static enum status show_refused(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                                const struct document_text *text, bool has_file)
{
    bool is_shown = has_file && !str_is_absent(text->words) && text->words.len <= SHOWN_AGAIN_MAX;
    struct again again = {.error = ctx->failure.sentence,
                          .code = ctx->failure.code,
                          .words = is_shown ? text->words : STR(""),
                          .has_lost_file = has_file && !is_shown};
    return show_form(ctx, request, response, &again);
}

enum status source_add_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct again none = {.error = T_none, .words = STR("")};
    return show_form(ctx, request, response, &none);
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
                                                              : reading_begin(ctx, document, file->file_name,
                                                                              replace_of(request), &id);
    if (done == INVALID || done == LIMIT || done == CONFLICT)
        return show_refused(ctx, request, response, &(struct document_text){.words = STR_NONE}, true);
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
    struct document_text text = {.document = {.title = str_trim(web_text(request, "title")),
                                              .authors = str_trim(web_text(request, "authors")),
                                              .publisher = str_trim(web_text(request, "publisher")),
                                              .licence = web_text(request, "licence"),
                                              .link = str_trim(web_text(request, "link")),
                                              .readers = is_for_agents(request) ? DOCUMENT_AGENTS
                                                                                : DOCUMENT_PUBLIC}};
    struct str date = web_text(request, "date");
    if (date.len > 0 && date_parse(date, &text.document.written) != OK)
        return show_form(ctx, request, response, &(struct again){.error = T_source_date_wrong, .words = STR("")});
    const struct http_field *file = file_of(request);
    if (file != NULL && wording_is_document(file->value))
        return begin_reading(ctx, request, response, &text.document, file);
    enum status read = words_of(ctx, request, file, &text.words);
    if (read == INVALID)
        return show_refused(ctx, request, response, &text, false);
    if (read != OK)
        return show_form(ctx, request, response, &(struct again){.error = T_source_words_wrong, .words = STR("")});
    enum status done = own_put(ctx, &text, replace_of(request), &change, &id);
    if (done == INVALID || done == CONFLICT)
        return show_refused(ctx, request, response, &text, file != NULL);
    TRY(done);
    TRY(own_audit(ctx, &text.document, change));
    return web_redirect(ctx, response, "/sources/%lld", (long long)id);
}
