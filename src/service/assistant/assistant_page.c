#include "core/page.h"
#include "core/place.h"
#include "service/assistant/answer.h"
#include "service/assistant/assistant_ask_html.h"
#include "service/assistant/assistant_service.h"
#include "service/assistant/csl.h"

enum { OLD_DAYS = 366 };

static struct str question_path(struct ctx *ctx, const char *path, struct str question)
{
    struct buf out BUF_SCOPE = BUF_INIT(8192);
    buf_add(&out, str_of(path));
    html_url_component_add(&out, question);
    return str_copy(ctx->arena, buf_str(&out));
}

static struct assistant_ask_passage passage_view(struct ctx *ctx, const struct answer_passage *passage)
{
    const struct document *document = &passage->document;
    const struct licence *licence = licence_find(document->licence);
    bool has_date = document->written.days != 0;
    return (struct assistant_ask_passage){
        .words = passage->words,
        .title = document->title,
        .authors = document->authors,
        .publisher = document->publisher,
        .licence = text_of(ctx->language, licence->name),
        .has_date = has_date,
        .date = has_date ? page_date(ctx, document->written) : STR(""),
        .taken = page_date(ctx, date_of_instant(document->taken)),
        .path = str_format(ctx->arena, "/sources/%lld?line=%lld#l%lld", (long long)document->id,
                           (long long)passage->line, (long long)passage->line),
        .is_old = has_date && date_of_instant(ctx->now).days - document->written.days > OLD_DAYS};
}

static void add_contact(struct ctx *ctx, struct assistant_ask_view *view)
{
    const struct place *place = ctx->place;
    view->desk = place->desk;
    view->phone = place->phone;
    view->has_phone = place->phone.len > 0;
    view->phone_digits = page_digits(ctx, place->phone);
    view->hours = place->hours;
}

static enum status add_examples(struct ctx *ctx, struct assistant_ask_view *view)
{
    static const enum text_key keys[] = {T_assistant_example1, T_assistant_example2, T_assistant_example3};
    size_t count = sizeof keys / sizeof keys[0];
    view->examples = arena_array(ctx->arena, struct assistant_ask_example, count);
    if (view->examples == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        struct str asked = text_of(LANGUAGE_FR, keys[i]); /* the texts are French, whatever the page speaks */
        view->examples[view->example_count++] = (struct assistant_ask_example){
            .path = question_path(ctx, "/assistant?q=", asked), .text = text_of(ctx->language, keys[i])};
    }
    return OK;
}

static enum status add_answer(struct ctx *ctx, const struct answer *answer, struct assistant_ask_view *view)
{
    view->passages = arena_array(ctx->arena, struct assistant_ask_passage, ANSWER_PASSAGES_MAX);
    if (view->passages == NULL)
        return LIMIT;
    for (size_t i = 0; i < answer->count; i++)
        view->passages[view->passage_count++] = passage_view(ctx, &answer->passages[i]);
    view->is_answered = answer->count > 0;
    view->is_one = answer->count == 1;
    view->count = (int64_t)answer->count;
    view->is_refused = answer->count == 0;
    view->searched = answer->searched;
    view->has_near = answer->near.id != 0;
    view->near_title = answer->near.title;
    view->near_path = str_format(ctx->arena, "/sources/%lld", (long long)answer->near.id);
    return OK;
}

/* The status of the question goes to the page: a refusal of it is a page too. */
static enum status ask(struct ctx *ctx, struct str question, struct web_response *response,
                       struct assistant_ask_view *view)
{
    struct answer answer;
    enum status done = answer_find(ctx, question, &answer);
    view->is_waiting = done == BUSY;
    view->has_error = done == INVALID;
    if (done == INVALID)
        view->error = text_of(ctx->language, ctx->failure.sentence);
    if (done == BUSY || done == INVALID) {
        response->code = done == BUSY ? 503 : 422;
        return OK;
    }
    TRY(done);
    return add_answer(ctx, &answer, view);
}

enum status assistant_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct str question = web_value(request, "q");
    struct assistant_ask_view view = {.is_asked = !str_is_absent(question)};
    add_contact(ctx, &view);
    TRY(add_examples(ctx, &view));
    if (view.is_asked) {
        view.question = str_slice(question, 0, ANSWER_QUESTION_MAX);
        view.export_path = question_path(ctx, "/assistant/sources?q=", view.question);
        TRY(ask(ctx, question, response, &view));
    }
    page_begin(&page, ctx, request, response);
    assistant_ask_html(&page.html, &view);
    struct page_head head = {.title = view.is_asked ? view.question : text_of(ctx->language, T_assistant_menu),
                             .tone = PAGE_RESIDENT,
                             .is_error = view.has_error,
                             .menu = "/assistant",
                             .search_path = STR_NONE};
    return page_end(&page, &head);
}

enum status assistant_export(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct answer answer;
    TRY(answer_find(ctx, web_value(request, "q"), &answer));
    for (size_t i = 0; i < answer.count; i++)
        csl_add(&response->body, &answer.passages[i].document, i == 0);
    csl_end(&response->body, answer.count == 0);
    response->content_type = STR("application/vnd.citationstyles.csl+json");
    response->file_name = STR("sources.json");
    return buf_status(&response->body);
}
