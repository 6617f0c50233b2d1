/* Totals for elected members. */
#include "service/staff/page/staff_view.h"
#include "service/staff/right/staff_right.h"
#include "service/staff/staff_service.h"
#include "service/staff/total/staff_total.h"
#include "service/staff/total/staff_total_html.h"

static struct str number_of(struct ctx *ctx, const struct staff_total_cell *cell, int64_t number)
{
    return cell->is_hidden ? text_of(ctx->language, T_staff_total_hidden)
                           : str_format(ctx->arena, "%lld", (long long)number);
}

static struct staff_total_group group_of(struct ctx *ctx, struct str name, const struct staff_total_cell *cell)
{
    return (struct staff_total_group){.name = name, .agents = number_of(ctx, cell, cell->agents),
                                      .days = number_of(ctx, cell, cell->days)};
}

static struct staff_total_team team_of(struct ctx *ctx, const struct staff_total_cell *cell)
{
    return (struct staff_total_team){
        .name = cell->name.len > 0 ? cell->name : text_of(ctx->language, T_staff_total_no_team),
        .agents = number_of(ctx, cell, cell->agents), .days = number_of(ctx, cell, cell->days)};
}

enum status staff_total_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    static const enum text_key names[STAFF_TOTAL_GROUPS] = {T_staff_total_a, T_staff_total_b, T_staff_total_c,
                                                            T_staff_total_contract};
    struct page page;
    struct staff_total *total = arena_new(ctx->arena, struct staff_total);
    TRY(staff_right_need(ctx, STAFF_MAY_TOTAL | STAFF_MAY_READ));
    if (total == NULL)
        return LIMIT;
    TRY(staff_total_of(ctx, total));
    struct staff_total_view view = {.day = staff_day(ctx, total->day),
                                    .all = number_of(ctx, &total->all, total->all.agents),
                                    .all_days = number_of(ctx, &total->all, total->all.days),
                                    .groups = arena_array(ctx->arena, struct staff_total_group, STAFF_TOTAL_GROUPS),
                                    .teams = arena_array(ctx->arena, struct staff_total_team, total->team_count)};
    if (view.groups == NULL || view.teams == NULL)
        return LIMIT;
    for (size_t i = 0; i < STAFF_TOTAL_GROUPS; i++)
        view.groups[view.group_count++] = group_of(ctx, text_of(ctx->language, names[i]), &total->groups[i]);
    for (size_t i = 0; i < total->team_count; i++)
        view.teams[view.team_count++] = team_of(ctx, &total->teams[i]);
    page_begin(&page, ctx, request, response);
    staff_total_html(&page.html, &view);
    struct page_head head = {.title = text_of(ctx->language, T_staff_totals), .menu = "/staff"};
    return page_end(&page, &head);
}
