/* A recruitment: the agent, and the facts that begin with it. */
#include "service/staff/page/staff_recruit_html.h"
#include "service/staff/page/staff_view.h"
#include "service/staff/record/staff_fact.h"
#include "service/staff/record/staff_post.h"
#include "service/staff/right/staff_right.h"
#include "service/staff/staff_service.h"

static enum status add_choices(struct ctx *ctx, const struct web_request *request, struct staff_recruit_view *view)
{
    struct grid grid;
    staff_post_row *posts;
    size_t count;
    struct str grade = web_text(request, "grade");
    TRY(staff_fact_grid(ctx, &grid));
    TRY(staff_post_list(ctx, &posts, &count));
    view->statuses = arena_array(ctx->arena, struct staff_recruit_status, STAFF_STATUSES);
    view->grades = arena_array(ctx->arena, struct staff_recruit_grade, grid.grade_count + 1);
    view->posts = arena_array(ctx->arena, struct staff_recruit_post, count + 1);
    if (view->statuses == NULL || view->grades == NULL || view->posts == NULL)
        return LIMIT;
    for (int64_t i = 0; i < STAFF_STATUSES; i++)
        view->statuses[view->status_count++] =
            (struct staff_recruit_status){.value = i, .is_chosen = web_int(request, "status", 0) == i,
                                          .label = text_of(ctx->language, staff_status_name((enum staff_status)i))};
    for (size_t i = 0; i < grid.grade_count; i++)
        view->grades[view->grade_count++] =
            (struct staff_recruit_grade){.code = grid.grades[i].code, .label = grid.grades[i].name,
                                         .is_chosen = str_eq(grid.grades[i].code, grade)};
    for (size_t i = 0; i < count; i++)
        view->posts[view->post_count++] = (struct staff_recruit_post){
            .id = posts[i].id, .is_chosen = web_int(request, "post", 0) == posts[i].id,
            .label = str_format(ctx->arena, "%.*s %.*s", STR_ARG(posts[i].code), STR_ARG(posts[i].title))};
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        struct str error)
{
    struct page page;
    struct staff_recruit_view view = {.form_token = request->form_token,
                                      .has_error = error.len > 0,
                                      .error = error,
                                      .code = web_text(request, "code"),
                                      .since = web_text(request, "since"),
                                      .until = web_text(request, "until"),
                                      .trial_until = web_text(request, "trial_until"),
                                      .step = web_text(request, "step"),
                                      .index = web_text(request, "index"),
                                      .article = web_text(request, "article"),
                                      .part_time = web_text(request, "part_time"),
                                      .week = web_text(request, "week")};
    TRY(add_choices(ctx, request, &view));
    struct page_head head = {.title = text_of(ctx->language, T_staff_recruit), .menu = "/staff"};
    head.is_error = view.has_error;
    if (head.is_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    staff_recruit_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status staff_recruit_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    TRY(staff_right_need(ctx, STAFF_MAY_EDIT));
    return show(ctx, request, response, STR(""));
}

/* *ret_label: the field that cannot be read, where one cannot. */
static enum status asked(const struct web_request *request, struct staff_recruit *recruit, enum text_key *ret_label)
{
    int64_t status;
    *recruit = (struct staff_recruit){.code = str_trim(web_text(request, "code")),
                                      .grade = str_trim(web_text(request, "grade")),
                                      .article = str_trim(web_text(request, "article"))};
    const struct {
        enum status done;
        enum text_key label;
    } fields[] = {
        {staff_asked_day(request, "since", &recruit->since), T_staff_since},
        {staff_asked_day(request, "until", &recruit->until), T_staff_contract_until},
        {staff_asked_day(request, "trial_until", &recruit->trial_until), T_staff_trial_until},
        {staff_asked_number(request, "status", &status), T_staff_status},
        {staff_asked_number(request, "step", &recruit->step), T_staff_step},
        {staff_asked_number(request, "index", &recruit->index), T_staff_index_contract},
        {staff_asked_number(request, "post", &recruit->post), T_staff_post},
        {staff_asked_number(request, "part_time", &recruit->part_time), T_staff_part_time},
        {staff_asked_hours(request, "week", &recruit->week_tenths), T_staff_week},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (fields[i].done != OK) {
            *ret_label = fields[i].label;
            return INVALID;
        }
    *ret_label = recruit->since.days == 0 ? T_staff_since : T_staff_status;
    recruit->status = (enum staff_status)status;
    return recruit->since.days != 0 && status < STAFF_STATUSES ? OK : INVALID;
}

static struct str unreadable(struct ctx *ctx, enum text_key label)
{
    struct text_arg args[] = {TEXT_ARG("field", text_of(ctx->language, label)), TEXT_ARG("value", STR("?"))};
    return text_with(ctx->arena, ctx->language, T_staff_fault_field, args, 2);
}

enum status staff_recruit_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct staff_recruit recruit;
    struct career_fault fault = {.rule = CAREER_RIGHT};
    struct career_fact fact = {.kind = CAREER_ENTRY, .words = STR("")};
    struct grid grid;
    enum text_key label;
    int64_t agent;
    TRY(staff_right_need(ctx, STAFF_MAY_EDIT));
    if (asked(request, &recruit, &label) != OK)
        return show(ctx, request, response, unreadable(ctx, label));
    enum status done = staff_fact_recruit(ctx, &recruit, &fault, &agent);
    if (done != INVALID && done != CONFLICT) {
        TRY(done);
        return web_redirect(ctx, response, "/staff/agents/%lld?saved=1", (long long)agent);
    }
    if (fault.rule == CAREER_RIGHT)
        return show(ctx, request, response, text_of(ctx->language, ctx->failure.sentence));
    TRY(staff_fact_grid(ctx, &grid));
    fact.since = recruit.since;
    return show(ctx, request, response, staff_fault_words(ctx, &grid, &fact, &fault));
}
