/* The acts of a town. */
#include "core/page.h"
#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_list_html.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/credit.h"

enum { DIRECTIONS = 2, PARTS = BUDGET_SECTIONS * DIRECTIONS };

static struct str day_of(struct ctx *ctx, struct date day)
{
    return day.days == 0 ? STR("") : page_date(ctx, day);
}

static enum status list_act(struct ctx *ctx, const struct budget_act *act, struct budget_list_act *ret_act)
{
    struct budget_total totals[PARTS];
    size_t count;
    struct str sums[BUDGET_SECTIONS][DIRECTIONS];
    TRY(budget_totals(ctx, act->id, totals, &count));
    enum docbudg_amount amount = budget_credits(totals, count);
    for (int section = 0; section < BUDGET_SECTIONS; section++)
        for (int direction = 0; direction < DIRECTIONS; direction++)
            sums[section][direction] =
                page_money(ctx, budget_sum(totals, count, (enum chart_section)section,
                                       (enum chart_direction)direction, amount));
    *ret_act = (struct budget_list_act){
        .path = budget_act_path(ctx, act->id, ""),
        .label = act->label,
        .year = budget_year(ctx, act),
        .kind = budget_kind_name(ctx, act),
        .day = day_of(ctx, act->decided),
        .is_draft = act->is_draft,
        .is_annulled = act->annulled.ms != 0,
        .expense = sums[CHART_FUNCTIONING][CHART_EXPENSE],
        .receipt = sums[CHART_FUNCTIONING][CHART_RECEIPT],
        .investment_expense = sums[CHART_INVESTMENT][CHART_EXPENSE],
        .investment_receipt = sums[CHART_INVESTMENT][CHART_RECEIPT]};
    return OK;
}

/* Years whose credits were opened, for who may see them. */
static enum status list_years(struct ctx *ctx, unsigned held, struct budget_list_view *view)
{
    struct credit_year *years;
    size_t count;
    if ((held & RIGHT_READ) == 0)
        return OK;
    TRY(credit_years(ctx, &years, &count));
    view->years = arena_array(ctx->arena, struct budget_list_year, count + 1);
    if (view->years == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->years[view->year_count++] = (struct budget_list_year){
            .path = str_format(ctx->arena, "/accounting/years/%lld/%d", (long long)years[i].budget, years[i].year),
            .title = str_format(ctx->arena, "%d", years[i].year),
            .label = years[i].label};
    view->has_years = count > 0;
    return OK;
}

enum status budget_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct budget_act *acts;
    size_t count;
    unsigned held;
    TRY(budget_acts(ctx, &acts, &count));
    TRY(right_held(ctx, &held));
    bool is_administrator = permission_allows(ctx->actor.rights, PERMISSION_ADMINISTER);
    struct budget_list_view view = {.is_empty = count == 0,
                                    .may_read = is_administrator || (held & RIGHT_READ),
                                    .may_administer = is_administrator,
                                    .acts = arena_array(ctx->arena, struct budget_list_act, count + 1)};
    if (view.acts == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        TRY(list_act(ctx, &acts[i], &view.acts[view.act_count++]));
    TRY(list_years(ctx, held, &view));
    page_begin(&page, ctx, request, response);
    budget_list_html(&page.html, &view);
    struct page_head head = budget_head(text_of(ctx->language, T_accounting_menu));
    return page_end(&page, &head);
}
