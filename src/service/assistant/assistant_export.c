/* The sources of an answer to take along: for a reference manager, and as a plain list. */
#include "core/csl.h"
#include "core/page.h"
#include "service/assistant/answer.h"
#include "service/assistant/assistant_service.h"

/* The documents of an answer, each once. */
static enum status documents_of(struct ctx *ctx, const struct web_request *request,
                                const struct document *ret_documents[ANSWER_PASSAGES_MAX], size_t *ret_count)
{
    struct answer_asked asked = answer_asked_of(request);
    struct answer *answer = arena_new(ctx->arena, struct answer);
    if (answer == NULL)
        return LIMIT;
    TRY(answer_find(ctx, &asked, answer));
    *ret_count = 0;
    for (size_t i = 0; i < answer->count; i++) /* passages of one document stand together */
        if (i == 0 || answer->passages[i].document.id != answer->passages[i - 1].document.id)
            ret_documents[(*ret_count)++] = &answer->passages[i].document;
    return OK;
}

static void add_work(struct ctx *ctx, const struct document *document, struct buf *out)
{
    struct csl_work work = {.id = str_format(ctx->arena, "%lld", (long long)document->id),
                            .type = "webpage",
                            .title = document->title,
                            .authors = document->authors,
                            .publisher = document->publisher,
                            .licence = document->licence,
                            .link = document->link,
                            .written = document->written,
                            .taken = date_of_instant(document->taken)};
    csl_add(out, &work);
}

enum status assistant_export(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    const struct document *documents[ANSWER_PASSAGES_MAX];
    size_t count;
    TRY(documents_of(ctx, request, documents, &count));
    for (size_t i = 0; i < count; i++)
        add_work(ctx, documents[i], &response->body);
    csl_end(&response->body);
    response->content_type = STR("application/vnd.citationstyles.csl+json");
    response->file_name = STR("sources.json");
    return buf_status(&response->body);
}

static void add_dated(struct ctx *ctx, enum text_key sentence, struct date date, struct buf *out)
{
    struct text_arg argument = TEXT_ARG("date", page_date(ctx, date));
    buf_add_byte(out, ' ');
    translate(out, ctx->language, sentence, &argument, 1);
}

/* As the page says it; a text without an original elsewhere is at the town's. */
static void add_line(struct ctx *ctx, const struct web_request *request, const struct document *document,
                     struct buf *out)
{
    struct str makers = document_makers(ctx->arena, document);
    struct str licence = text_of(ctx->language, licence_find(document->licence)->name);
    buf_add_format(out, "%.*s.", STR_ARG(document->title));
    if (makers.len > 0)
        buf_add_format(out, " %.*s.", STR_ARG(makers));
    buf_add_format(out, " %.*s.", STR_ARG(licence));
    if (document->written.days != 0)
        add_dated(ctx, T_source_written, document->written, out);
    add_dated(ctx, T_source_taken, date_of_instant(document->taken), out);
    if (document->link.len > 0)
        buf_add_format(out, " %.*s\n", STR_ARG(document->link));
    else
        buf_add_format(out, " %s://%.*s/sources/%lld\n", request->is_secure ? "https" : "http",
                       STR_ARG(request->host), (long long)document->id);
}

enum status assistant_export_list(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    const struct document *documents[ANSWER_PASSAGES_MAX];
    size_t count;
    TRY(documents_of(ctx, request, documents, &count));
    for (size_t i = 0; i < count; i++)
        add_line(ctx, request, documents[i], &response->body);
    response->content_type = STR("text/plain; charset=utf-8");
    response->file_name = STR("sources.txt");
    return buf_status(&response->body);
}
