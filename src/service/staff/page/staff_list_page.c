/* The list of agents, by code, with what each is today. */
#include "service/staff/page/staff_list_html.h"
#include "service/staff/page/staff_view.h"
#include "service/staff/record/staff_agent.h"
#include "service/staff/record/staff_fact.h"
#include "service/staff/right/staff_right.h"
#include "service/staff/staff_service.h"

static struct str list_path(struct ctx *ctx, struct str query, int64_t from)
{
    return str_format(ctx->arena, "/staff/agents?q=%.*s&from=%lld", STR_ARG(query), (long long)from);
}

static enum status row_of(struct ctx *ctx, const struct grid *grid, const staff_agent_found *agent,
                          struct staff_list_agent *ret_row)
{
    struct career career;
    struct staff_span state;
    *ret_row = (struct staff_list_agent){.path = staff_path(ctx, agent->id, ""), .code = agent->code, .is_out = true,
                                         .status = STR(""), .grade = STR(""), .position = STR("")};
    TRY(staff_fact_career(ctx, agent->id, ctx->now, grid, &career));
    enum status found = career_state(&career, ctx_today(ctx), &state);
    if (found != OK)
        return found == NOT_FOUND ? OK : found;
    ret_row->is_out = false;
    ret_row->status = text_of(ctx->language, staff_status_name(state.status));
    ret_row->position = text_of(ctx->language, staff_position_name(state.position));
    ret_row->grade = staff_grade_name(grid, state.grade);
    if (state.step != 0)
        ret_row->grade = str_format(ctx->arena, "%.*s, %d", STR_ARG(ret_row->grade), (int)state.step);
    return OK;
}

enum status staff_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct grid grid;
    staff_agent_found *agents;
    size_t count;
    unsigned held;
    int64_t from = web_int(request, "from", 0);
    TRY(staff_right_need(ctx, STAFF_MAY_READ));
    TRY(staff_right_held(ctx, &held));
    struct staff_list_view view = {.query = str_trim(web_text(request, "q")),
                                   .may_edit = (held & STAFF_MAY_EDIT) != 0};
    from = from < 0 ? 0 : from;
    for (size_t i = 0; i < view.query.len; i++)
        if (!ascii_is_digit(view.query.at[i]) && !ascii_is_alpha(view.query.at[i]) && view.query.at[i] != '-')
            view.query = STR(""); /* no code has it */
    TRY(staff_fact_grid(ctx, &grid));
    TRY(staff_agent_find(ctx, view.query, from, &agents, &count, &view.total));
    view.agents = arena_array(ctx->arena, struct staff_list_agent, count + 1);
    if (view.agents == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        TRY(row_of(ctx, &grid, &agents[i], &view.agents[view.agent_count++]));
    view.is_empty = count == 0;
    view.has_before = from > 0;
    view.has_after = from + (int64_t)count < view.total && count > 0;
    view.before = list_path(ctx, view.query, from > STAFF_AGENT_PAGE ? from - STAFF_AGENT_PAGE : 0);
    view.after = list_path(ctx, view.query, from + STAFF_AGENT_PAGE);
    page_begin(&page, ctx, request, response);
    staff_list_html(&page.html, &view);
    struct page_head head = {.title = text_of(ctx->language, T_staff_menu), .menu = "/staff"};
    return page_end(&page, &head);
}
