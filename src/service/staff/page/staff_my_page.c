/* One's own file: what is known, the leave that is left and why, requests, and who read it. */
#include "service/staff/absence/staff_request.h"
#include "service/staff/act/staff_act.h"
#include "service/staff/page/staff_counter.h"
#include "service/staff/page/staff_my_html.h"
#include "service/staff/page/staff_view.h"
#include "service/staff/record/staff_agent.h"
#include "service/staff/record/staff_fact.h"
#include "service/staff/record/staff_identity.h"
#include "service/staff/record/staff_log.h"
#include "service/staff/record/staff_post.h"
#include "service/staff/staff_service.h"

/* ---- leave ---- */

static enum status add_counters(struct ctx *ctx, const struct career *career, struct staff_my_view *view)
{
    struct str lines[STAFF_COUNTERS];
    size_t count;
    TRY(staff_counters(ctx, career, ctx_today(ctx), lines, &count));
    view->counters = arena_array(ctx->arena, struct staff_my_counter, STAFF_COUNTERS);
    if (view->counters == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->counters[view->counter_count++].line = lines[i];
    return OK;
}

static struct str says_request(struct ctx *ctx, int64_t kind, int64_t since, int64_t until)
{
    struct str name = text_of(ctx->language, staff_absence_name((enum staff_absence)kind));
    struct str days = staff_days(ctx, (struct date){(int32_t)since}, (struct date){(int32_t)until});
    return str_format(ctx->arena, "%.*s, %.*s", STR_ARG(name), STR_ARG(days));
}

static enum status add_requests(struct ctx *ctx, int64_t agent, struct staff_my_view *view)
{
    staff_request *rows;
    size_t count;
    TRY(staff_request_list(ctx, agent, &rows, &count));
    view->requests = arena_array(ctx->arena, struct staff_my_request, count + 1);
    if (view->requests == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->requests[view->request_count++] = (struct staff_my_request){
            .says = says_request(ctx, rows[i].kind, rows[i].since_day, rows[i].until_day),
            .is_asked = rows[i].state == STAFF_ASKED,
            .is_approved = rows[i].state == STAFF_APPROVED,
            .is_refused = rows[i].state == STAFF_REFUSED,
            .is_taken_back = rows[i].state == STAFF_TAKEN_BACK,
            .decider = rows[i].decider,
            .back = str_format(ctx->arena, "/staff/requests/%lld/back", (long long)rows[i].id)};
    view->has_requests = count > 0;
    return OK;
}

static enum status add_kinds(struct ctx *ctx, const struct web_request *request, struct staff_my_view *view)
{
    view->kinds = arena_array(ctx->arena, struct staff_my_kind, STAFF_ABSENCES);
    if (view->kinds == NULL)
        return LIMIT;
    for (int64_t i = 0; i < STAFF_ABSENCES; i++)
        if (staff_request_may_ask((enum staff_absence)i))
            view->kinds[view->kind_count++] =
                (struct staff_my_kind){.value = i, .is_chosen = web_int(request, "kind", 0) == i,
                                       .label = text_of(ctx->language, staff_absence_name((enum staff_absence)i))};
    return OK;
}

/* ---- what is known, and who looked ---- */

static enum status add_rows(struct ctx *ctx, const struct career *career, struct staff_my_view *view)
{
    view->rows = arena_array(ctx->arena, struct staff_my_row, career->count + 1);
    if (view->rows == NULL)
        return LIMIT;
    for (size_t i = career->count; i > 0; i--) {
        const struct career_fact *fact = &career->facts[i - 1];
        struct text_arg post[] = {TEXT_ARG("post", staff_post_words(ctx, fact->number))};
        view->rows[view->row_count++] = (struct staff_my_row){
            .says = fact->kind == CAREER_POST ? text_with(ctx->arena, ctx->language, T_staff_says_post, post, 1)
                                              : staff_says(ctx, career->grid, fact),
            .days = staff_days(ctx, fact->since, fact->until),
            .known = text_of(ctx->language, staff_kind_name(fact->kind))};
    }
    return OK;
}

static enum status add_reads(struct ctx *ctx, int64_t agent, struct staff_my_view *view)
{
    static const enum text_key whats[STAFF_READ_WHATS] = {T_staff_read_file, T_staff_read_identity,
                                                          T_staff_read_account, T_staff_read_act};
    staff_log *entries;
    size_t count;
    TRY(staff_log_list(ctx, agent, &entries, &count));
    view->reads = arena_array(ctx->arena, struct staff_my_read, count + 1);
    if (view->reads == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        struct str reason = text_of(ctx->language, staff_reason_name((enum staff_reason)entries[i].reason));
        struct text_arg args[] = {TEXT_ARG("who", entries[i].name),
                                  TEXT_ARG("when", page_moment(ctx, (struct instant){entries[i].at_ms})),
                                  TEXT_ARG("what", text_of(ctx->language, whats[entries[i].what])),
                                  TEXT_ARG("reason", reason)};
        view->reads[view->read_count++].line =
            text_with(ctx->arena, ctx->language, T_staff_my_read_line, args, sizeof args / sizeof *args);
    }
    view->has_reads = count > 0;
    return OK;
}

static enum status add_acts(struct ctx *ctx, int64_t agent, struct staff_my_view *view)
{
    staff_act_own *rows;
    size_t count;
    TRY(staff_act_of(ctx, agent, &rows, &count));
    view->acts = arena_array(ctx->arena, struct staff_my_act, count + 1);
    if (view->acts == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        enum text_key what = rows[i].reason.len > 0 ? T_staff_act_amends
                                                    : staff_kind_name((enum career_kind)rows[i].kind);
        view->acts[view->act_count++] = (struct staff_my_act){
            .path = str_format(ctx->arena, "/staff/acts/%lld", (long long)rows[i].id),
            .says = str_format(ctx->arena, "%lld-%lld · %.*s", (long long)rows[i].year, (long long)rows[i].number,
                               STR_ARG(text_of(ctx->language, what))),
            .day = staff_day(ctx, (struct date){(int32_t)rows[i].day})};
    }
    view->has_acts = count > 0;
    return OK;
}

static enum status fill(struct ctx *ctx, const struct web_request *request, int64_t agent, struct staff_my_view *view)
{
    struct grid grid;
    struct career career;
    struct staff_span state;
    staff_agent row;
    TRY(staff_agent_get(ctx, agent, &row));
    TRY(staff_fact_grid(ctx, &grid));
    TRY(staff_fact_career(ctx, agent, ctx->now, &grid, &career));
    view->has_agent = true;
    view->code = row.code;
    view->year = civil_of_date(ctx_today(ctx)).year;
    if (career_state(&career, ctx_today(ctx), &state) == OK) {
        view->has_state = true;
        view->status = text_of(ctx->language, staff_status_name(state.status));
        view->grade = str_format(ctx->arena, "%.*s, %d", STR_ARG(staff_grade_name(&grid, state.grade)), state.step);
        view->hours = staff_hours_words(ctx, &state);
        view->post = staff_post_words(ctx, state.post);
    }
    view->has_next = staff_next_words(ctx, &career, ctx_today(ctx), &view->next);
    TRY(add_counters(ctx, &career, view));
    TRY(add_kinds(ctx, request, view));
    TRY(add_requests(ctx, agent, view));
    TRY(add_rows(ctx, &career, view));
    TRY(add_acts(ctx, agent, view));
    return add_reads(ctx, agent, view);
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        struct str error)
{
    struct page page;
    int64_t agent;
    struct staff_my_view view = {.form_token = request->form_token,
                                 .is_saved = web_has(request, "saved") && error.len == 0,
                                 .has_error = error.len > 0,
                                 .error = error,
                                 .code = STR(""),
                                 .since = web_text(request, "since"),
                                 .until = web_text(request, "until")};
    enum status found = staff_agent_of_person(ctx, ctx->actor.person, &agent);
    if (found == OK && ctx->actor.mandate == 0)
        found = fill(ctx, request, agent, &view);
    if (found != OK && found != NOT_FOUND)
        return found;
    struct page_head head = {.title = text_of(ctx->language, T_staff_my_file), .menu = "/staff",
                             .is_error = view.has_error};
    if (head.is_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    staff_my_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status staff_my_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, STR(""));
}

enum status staff_my_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct career_fault fault = {.rule = CAREER_RIGHT};
    struct career_fact fact = {.kind = CAREER_ABSENCE, .words = STR("")};
    struct grid grid;
    int64_t id;
    int64_t kind = web_int(request, "kind", -1);
    bool is_read = staff_asked_day(request, "since", &fact.since) == OK &&
                   staff_asked_day(request, "until", &fact.until) == OK && kind >= 0 && kind < STAFF_ABSENCES;
    if (!is_read)
        return show(ctx, request, response, text_of(ctx->language, T_staff_request_wrong));
    fact.number = kind;
    enum status done = staff_request_ask(ctx, (enum staff_absence)kind, fact.since, fact.until, &fault, &id);
    if (done == INVALID && fault.rule == CAREER_RIGHT)
        return show(ctx, request, response, text_of(ctx->language, ctx->failure.sentence));
    if (done == INVALID) {
        TRY(staff_fact_grid(ctx, &grid));
        return show(ctx, request, response, staff_fault_words(ctx, &grid, &fact, &fault));
    }
    TRY(done);
    return web_redirect(ctx, response, "/staff/me?saved=1");
}

enum status staff_request_back_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t id;
    TRY(staff_asked_agent(request, 0, &id));
    TRY(staff_request_take_back(ctx, id));
    return web_redirect(ctx, response, "/staff/me?saved=1");
}
