/* The register of arrêtés, and one of them: to read, to print, to note that it was signed. */
#include "service/staff/act/staff_act_sheet_html.h"
#include "service/staff/act/staff_act_text.h"
#include "service/staff/act/staff_acts_html.h"
#include "service/staff/page/staff_view.h"
#include "service/staff/record/staff_log.h"
#include "service/staff/right/staff_right.h"
#include "service/staff/staff_service.h"

/* ---- the register ---- */

static enum status add_acts(struct ctx *ctx, struct staff_acts_view *view)
{
    staff_act_row *rows;
    size_t count;
    TRY(staff_act_list(ctx, (int32_t)view->year, &rows, &count));
    view->acts = arena_array(ctx->arena, struct staff_acts_act, count + 1);
    if (view->acts == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->acts[view->act_count++] = (struct staff_acts_act){
            .path = str_format(ctx->arena, "/staff/acts/%lld", (long long)rows[i].id),
            .number = str_format(ctx->arena, "%lld-%lld", (long long)view->year, (long long)rows[i].number),
            .what = text_of(ctx->language, rows[i].reason.len > 0 ? T_staff_act_amends
                                                                  : staff_kind_name((enum career_kind)rows[i].kind)),
            .code = rows[i].code,
            .day = staff_day(ctx, (struct date){(int32_t)rows[i].day}),
            .is_draft = rows[i].state == STAFF_ACT_DRAFT,
            .is_signed = rows[i].state == STAFF_ACT_SIGNED,
            .is_void = rows[i].state == STAFF_ACT_VOID};
    view->has_acts = count > 0;
    return OK;
}

enum status staff_acts_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    enum { YEAR_MIN = 1900, YEAR_MAX = 2999 };
    struct page page;
    int64_t year = web_int(request, "year", civil_of_date(ctx_today(ctx)).year);
    TRY(staff_right_need(ctx, STAFF_MAY_READ));
    if (year < YEAR_MIN || year > YEAR_MAX)
        return NOT_FOUND;
    struct staff_acts_view view = {.year = year,
                                   .before = str_format(ctx->arena, "/staff/acts?year=%lld", (long long)year - 1),
                                   .after = str_format(ctx->arena, "/staff/acts?year=%lld", (long long)year + 1)};
    TRY(add_acts(ctx, &view));
    page_begin(&page, ctx, request, response);
    staff_acts_html(&page.html, &view);
    struct page_head head = {.title = text_of(ctx->language, T_staff_acts), .menu = "/staff"};
    return page_end(&page, &head);
}

/* ---- one ---- */

/* Who may read files, or the agent it is about once it is signed. The reading is noted. */
static enum status open_act(struct ctx *ctx, const struct web_request *request, staff_act *ret_act, bool *is_own)
{
    unsigned held;
    int64_t id, own = 0;
    TRY(staff_asked_agent(request, 0, &id));
    TRY(staff_right_held(ctx, &held));
    TRY(staff_act_get(ctx, id, ret_act));
    enum status found = ctx->actor.mandate != 0 ? NOT_FOUND : staff_agent_of_person(ctx, ctx->actor.person, &own);
    *is_own = found == OK && own == ret_act->agent && ret_act->state == STAFF_ACT_SIGNED;
    if (!*is_own)
        TRY(staff_right_need(ctx, STAFF_MAY_READ));
    return staff_log_add(ctx, ret_act->agent, STAFF_READ_ACT, STAFF_FOR_ACT);
}

static enum status add_lines(struct ctx *ctx, const struct staff_act_text *text, struct staff_act_sheet_view *view)
{
    int article = 0;
    view->lines = arena_array(ctx->arena, struct staff_act_sheet_line, STAFF_ACT_LINES_MAX);
    if (view->lines == NULL)
        return LIMIT;
    for (size_t i = 0; i < text->count; i++) {
        const struct staff_act_line *line = &text->lines[i];
        struct staff_act_sheet_line *into = &view->lines[view->line_count];
        bool is_head = line->part == STAFF_ACT_SEEN || line->part == STAFF_ACT_WHY;
        enum text_key key = line->part == STAFF_ACT_SEEN ? T_staff_act_seen : T_staff_act_why;
        struct text_arg said[] = {TEXT_ARG("text", line->text)};
        if (line->part == STAFF_ACT_TITLE) {
            view->title = line->text;
            continue;
        }
        into->text = is_head ? text_with(ctx->arena, LANGUAGE_FR, key, said, 1) : line->text;
        into->is_article = line->part == STAFF_ACT_ARTICLE;
        struct text_arg number[] = {NUMBER_ARG("number", into->is_article ? ++article : 0)};
        into->article = text_with(ctx->arena, LANGUAGE_FR, T_staff_act_article, number, 1);
        view->line_count++;
    }
    return OK;
}

static struct str signed_words(struct ctx *ctx, const staff_act *act)
{
    struct text_arg args[] = {TEXT_ARG("who", act->signatory), TEXT_ARG("by", act->signer),
                              TEXT_ARG("when", page_moment(ctx, (struct instant){act->signed_ms}))};
    return text_with(ctx->arena, ctx->language, T_staff_act_signed_by, args, 3);
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        struct str error)
{
    struct page page;
    staff_act act;
    struct staff_act_text *text = arena_new(ctx->arena, struct staff_act_text);
    bool is_own, is_named = true;
    int64_t after;
    unsigned held;
    if (text == NULL)
        return LIMIT;
    TRY(open_act(ctx, request, &act, &is_own));
    TRY(staff_right_held(ctx, &held));
    TRY(staff_act_text_of(ctx, &act, staff_act_signatory(ctx), text, &is_named));
    TRY(staff_act_after(ctx, act.id, &after));
    struct str path = str_format(ctx->arena, "/staff/acts/%lld", (long long)act.id);
    bool may = (held & STAFF_MAY_CONFIRM) != 0 && act.state == STAFF_ACT_DRAFT;
    struct staff_act_sheet_view view = {.form_token = request->form_token,
                                  .file = staff_path(ctx, act.agent, ""),
                                  .is_own = is_own,
                                  .is_saved = web_has(request, "saved") && error.len == 0,
                                  .has_error = error.len > 0,
                                  .error = error,
                                  .is_draft = act.state == STAFF_ACT_DRAFT,
                                  .is_void = act.state == STAFF_ACT_VOID,
                                  .is_signed = act.state == STAFF_ACT_SIGNED,
                                  .said = act.state == STAFF_ACT_SIGNED ? signed_words(ctx, &act) : STR(""),
                                  .is_unnamed = !is_named && act.state == STAFF_ACT_DRAFT,
                                  .identity = staff_path(ctx, act.agent, "/identity"),
                                  .has_after = after != 0,
                                  .after = str_format(ctx->arena, "/staff/acts/%lld", (long long)after),
                                  .pdf = str_format(ctx->arena, "%.*s/act.pdf", STR_ARG(path)),
                                  .may_sign = may && act.made_by != ctx->actor.person,
                                  .is_same = may && act.made_by == ctx->actor.person,
                                  .sign = str_format(ctx->arena, "%.*s/sign", STR_ARG(path)),
                                  .signatory = staff_act_signatory(ctx)};
    TRY(add_lines(ctx, text, &view));
    struct page_head head = {.title = view.title, .menu = "/staff", .is_error = view.has_error};
    if (head.is_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    staff_act_sheet_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status staff_act_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, STR(""));
}

enum status staff_act_pdf_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    staff_act act;
    struct staff_act_text *text = arena_new(ctx->arena, struct staff_act_text);
    bool is_own;
    if (text == NULL)
        return LIMIT;
    TRY(open_act(ctx, request, &act, &is_own));
    TRY(staff_act_text_of(ctx, &act, staff_act_signatory(ctx), text, NULL));
    response->content_type = STR("application/pdf");
    return staff_act_pdf(ctx, &act, text, &response->body);
}

enum status staff_act_sign_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t id;
    TRY(staff_asked_agent(request, 0, &id));
    enum status done = staff_act_sign(ctx, id, web_text(request, "signatory"));
    if (done == INVALID)
        return show(ctx, request, response, text_of(ctx->language, ctx->failure.sentence));
    TRY(done);
    return web_redirect(ctx, response, "/staff/acts/%lld?saved=1", (long long)id);
}
