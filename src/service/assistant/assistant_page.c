#include "base/utf8.h"
#include "core/page.h"
#include "core/place.h"
#include "service/assistant/answer.h"
#include "service/assistant/assistant_ask_html.h"
#include "service/assistant/assistant_service.h"
#include "service/assistant/desk.h"
#include "service/assistant/example.h"
#include "service/assistant/lang.h"
#include "service/assistant/refused.h"
#include "service/assistant/reword_view.h"

enum { OLD_DAYS = 366 };

struct asking {
    const struct web_request *request;
    struct web_response *response;
    struct assistant_ask_view *view;
};

/* The address of a question, with what was asked before where there is something: nothing else keeps it. */
static struct str question_path(struct ctx *ctx, const struct web_request *request, const char *path,
                                const struct answer_asked *asked, bool is_easy)
{
    struct buf out BUF_SCOPE = BUF_INIT(2 * 12 * ANSWER_QUESTION_MAX + 1024); /* each byte as %XX */
    buf_add_format(&out, "%s?q=", path);
    html_url_component_add(&out, asked->question);
    if (asked->about.len > 0) {
        buf_add_literal(&out, "&about=");
        html_url_component_add(&out, asked->about);
    }
    if (is_easy)
        buf_add_literal(&out, "&easy=1");
    return web_go_on(ctx, request, str_copy(ctx->arena, buf_str(&out)));
}

static struct assistant_ask_passage passage_view(struct ctx *ctx, const struct answer_passage *passage, size_t number)
{
    const struct document *document = &passage->document;
    const struct licence *licence = licence_find(document->licence);
    bool has_date = document->written.days != 0;
    return (struct assistant_ask_passage){
        .number = str_format(ctx->arena, "%zu", number),
        .words = passage->words,
        .title = document->title,
        .makers = document_makers(ctx->arena, document),
        .licence = text_of(ctx->language, licence->name),
        .has_date = has_date,
        .date = has_date ? page_date(ctx, document->written) : STR(""),
        .taken = page_date(ctx, date_of_instant(document->taken)),
        .path = str_format(ctx->arena, "/sources/%lld?line=%lld#l%lld", (long long)document->id,
                           (long long)passage->line, (long long)passage->line),
        .is_for_agents = document->readers == DOCUMENT_AGENTS,
        .is_old = has_date && date_of_instant(ctx->now).days - document->written.days > OLD_DAYS};
}

/* The town's own, until a service is found that knows more of the question. */
static void add_contact(struct ctx *ctx, struct assistant_ask_view *view)
{
    const struct place *place = ctx->place;
    view->desk = place->desk;
    view->phone = place->phone;
    view->has_phone = place->phone.len > 0;
    view->phone_digits = page_digits(ctx, place->phone);
    view->hours = place->hours;
}

/* No text answers: the service whose subjects are nearest. */
static enum status add_desk(struct ctx *ctx, struct str question, struct assistant_ask_view *view)
{
    struct desk desk;
    enum status done = desk_of_question(ctx, question, &desk);
    if (done != OK)
        return done == NOT_FOUND ? OK : done;
    view->desk = desk.place.len > 0 ? str_format(ctx->arena, "%.*s, %.*s", STR_ARG(desk.name), STR_ARG(desk.place))
                                    : desk.name;
    view->phone = desk.phone;
    view->has_phone = true;
    view->phone_digits = page_digits(ctx, desk.phone);
    view->hours = desk.hours;
    return OK;
}

/* Questions that the town's texts answer. */
static enum status add_examples(struct ctx *ctx, const struct web_request *request,
                                struct assistant_ask_view *view)
{
    struct str questions[EXAMPLES_MAX];
    size_t count;
    TRY(example_find(ctx, questions, &count));
    view->has_examples = count > 0;
    view->examples = arena_array(ctx->arena, struct assistant_ask_example, count + 1);
    if (view->examples == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        struct answer_asked asked = {.question = questions[i], .about = STR("")};
        view->examples[view->example_count++] = (struct assistant_ask_example){
            .path = question_path(ctx, request, "/assistant", &asked, view->is_easy), .text = questions[i]};
    }
    return OK;
}

static enum status add_answer(struct ctx *ctx, const struct answer *answer, struct assistant_ask_view *view)
{
    view->passages = arena_array(ctx->arena, struct assistant_ask_passage, ANSWER_PASSAGES_MAX);
    if (view->passages == NULL)
        return LIMIT;
    for (size_t i = 0; i < answer->count; i++)
        view->passages[view->passage_count++] = passage_view(ctx, &answer->passages[i], i + 1);
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

/* What the next question will be about: this one, behind what it was itself about. A question that no text answers is
 * no subject. */
static struct str next_about(struct ctx *ctx, const struct answer_asked *asked, const struct answer *answer)
{
    if (answer->count == 0)
        return answer_is_short(asked->about) ? asked->about : STR("");
    struct str both = str_format(ctx->arena, "%.*s %.*s", STR_ARG(asked->about), STR_ARG(asked->question));
    return answer->is_about && answer_is_short(both) ? both : asked->question;
}

static void add_about(struct ctx *ctx, const struct web_request *request, const struct answer_asked *asked,
                      const struct answer *answer, struct assistant_ask_view *view)
{
    struct answer_asked alone = {.question = asked->question, .about = STR("")};
    view->is_about = answer->is_about;
    view->about = asked->about;
    view->alone_path = question_path(ctx, request, "/assistant", &alone, view->is_easy);
    view->next_about = next_about(ctx, asked, answer);
    view->has_next_about = view->next_about.len > 0;
}

/* Under the quotations, where the town has decided about a model: nothing of it is there else. */
static enum status add_reword(struct ctx *ctx, const struct answer_asked *asked, const struct answer *answer,
                              struct asking *asking)
{
    struct reword reword;
    struct assistant_ask_view *view = asking->view;
    if (view->is_guest) /* what stands around it is not in the guests' languages */
        return OK;
    enum status done = reword_ask(ctx, asking->request, asking->response, answer, &reword);
    if (done == NOT_FOUND)
        return OK;
    TRY(done);
    view->has_reword = true;
    return reword_view(ctx, &reword, question_path(ctx, asking->request, "/assistant", asked, view->is_easy),
                       &view->reword);
}

/* The status of the question goes to the page: a refusal of it is a page too. */
static enum status ask(struct ctx *ctx, const struct answer_asked *asked, struct asking *asking)
{
    struct answer answer = {.count = 0};
    struct assistant_ask_view *view = asking->view;
    enum status done = answer_find(ctx, asked, &answer);
    add_about(ctx, asking->request, asked, &answer, view);
    view->is_waiting = done == BUSY;
    view->has_error = done == INVALID;
    if (done == INVALID)
        view->error = text_of(ctx->language, ctx->failure.sentence);
    if (done == BUSY || done == INVALID) {
        asking->response->code = done == BUSY ? 503 : 422;
        return OK;
    }
    TRY(done);
    TRY(answer.count == 0 ? refused_count(ctx, asked->question, asking->request->remote)
                          : add_reword(ctx, asked, &answer, asking));
    if (answer.count == 0)
        TRY(add_desk(ctx, asked->question, view));
    return add_answer(ctx, &answer, view);
}

/* The same page, read easily or not. */
static struct str other_reading(struct ctx *ctx, const struct web_request *request,
                                const struct answer_asked *asked, const struct assistant_ask_view *view)
{
    if (view->is_asked)
        return question_path(ctx, request, "/assistant", asked, !view->is_easy);
    return web_go_on(ctx, request, view->is_easy ? STR("/assistant") : STR("/assistant?easy=1"));
}

enum status assistant_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct answer_asked asked = answer_asked_of(request);
    struct assistant_ask_view view = {.is_asked = web_has(request, "q"),
                                      .is_easy = str_eq(web_text(request, "easy"), STR("1")),
                                      .is_guest = ctx->language >= LANGUAGE_WHOLE,
                                      .is_agent = document_reader(ctx) != DOCUMENT_PUBLIC,
                                      .language = web_asked_language(request->query),
                                      .trace_path = web_go_on(ctx, request, STR("/assistant/trace")),
                                      .next_about = STR(""),
                                      .about = STR(""),
                                      .may_edit = permission_allows(ctx->actor.rights, PERMISSION_ADMINISTER)};
    view.has_language = view.language.len > 0;
    add_contact(ctx, &view);
    view.other_reading = other_reading(ctx, request, &asked, &view);
    if (!view.is_asked)
        TRY(add_examples(ctx, request, &view));
    if (view.is_asked) {
        view.question = utf8_prefix(asked.question, 4 * ANSWER_QUESTION_MAX);
        view.list_path = question_path(ctx, request, "/assistant/sources.txt", &asked, false);
        view.export_path = question_path(ctx, request, "/assistant/sources", &asked, false);
        TRY(ask(ctx, &asked, &(struct asking){request, response, &view}));
    }
    page_begin(&page, ctx, request, response);
    assistant_ask_html(&page.html, &view);
    struct page_head head = {.title = view.is_asked ? view.question : text_of(ctx->language, T_assistant_menu),
                             .tone = view.is_easy ? PAGE_EASY : PAGE_RESIDENT,
                             .is_error = view.has_error,
                             .menu = "/assistant",
                             .search_path = STR_NONE,
                             /* Whose words a question is nobody knows: they are not the town's for search engines. */
                             .is_unlisted = view.is_asked};
    return page_end(&page, &head);
}
