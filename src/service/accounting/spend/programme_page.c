/* One programme over its years: what is authorised, engaged, ordered, and what may be paid in each. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_programme_use.h"
#include "service/accounting/budget/budget_programme_use_sql.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/engagement.h"
#include "service/accounting/spend/spend_view.h"

static struct money less(struct money most, struct money used)
{
    return (struct money){most.cents - used.cents};
}

static enum status add_years(struct spend_view *view, const struct budget_programme *programme)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    TRY(spend_table(view, "years", T_accounting_programme_years_table, T_accounting_no_moves, programme->count,
                    &table));
    spend_head(view, table, T_accounting_programme_year, SPEND_TEXT);
    spend_head(view, table, T_accounting_programme_credit, SPEND_NUMBER);
    spend_head(view, table, T_accounting_programme_ordered, SPEND_NUMBER);
    spend_head(view, table, T_accounting_programme_left, SPEND_NUMBER);
    for (size_t i = 0; i < programme->count; i++) {
        const struct programme_year *year = &programme->years[i];
        struct spend_page_table_row *row =
            spend_row(view, table, str_format(ctx->arena, "%d", year->year), STR(""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, page_money(ctx, year->credit), SPEND_NUMBER);
        spend_cell(row, page_money(ctx, year->mandated), SPEND_NUMBER);
        spend_cell(row, page_money(ctx, less(year->credit, year->mandated)), SPEND_NUMBER);
    }
    return OK;
}

static enum status add_engagements(struct spend_view *view, int64_t programme)
{
    struct ctx *ctx = view->ctx;
    struct sql_budget_programme_use_engagements_row *rows;
    struct spend_page_table *table;
    size_t count;
    TRY(sql_budget_programme_use_engagements(
        ctx->db, ctx->arena, (struct sql_budget_programme_use_engagements){.programme = programme}, &rows, &count));
    TRY(spend_table(view, "engagements", T_accounting_programme_engagements, T_accounting_no_engagements, count,
                    &table));
    spend_head(view, table, T_accounting_number, SPEND_TEXT);
    spend_head(view, table, T_accounting_object, SPEND_TEXT);
    spend_head(view, table, T_accounting_amount, SPEND_NUMBER);
    spend_head(view, table, T_accounting_remains, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct engagement engagement;
        TRY(engagement_get(ctx, (uint64_t)rows[i].sequence, &engagement));
        struct spend_page_table_row *row =
            spend_row(view, table, str_format(ctx->arena, "%u (%d)", engagement.number, engagement.year),
                      str_format(ctx->arena, "/accounting/engagements/%llu",
                                 (unsigned long long)engagement.sequence));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, engagement.object, SPEND_TEXT);
        spend_cell(row, page_money(ctx, engagement.amount), SPEND_NUMBER);
        spend_cell(row, page_money(ctx, engagement.remains), SPEND_NUMBER);
    }
    return OK;
}

enum status programme_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_programme_use use;
    struct spend_view view;
    int64_t id;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_number(request, 0, &id));
    TRY(budget_programme_use(ctx, id, &use));
    const struct budget_programme *programme = &use.programme;
    bool is_investment = programme->section == CHART_INVESTMENT;
    TRY(spend_begin(&view, ctx, request, NULL, SPEND_TABS,
                    str_format(ctx->arena, "%.*s %.*s", STR_ARG(programme->number), STR_ARG(programme->title))));
    spend_crumb(&view, STR("/accounting/programmes"), text_of(ctx->language, T_accounting_programmes));
    spend_stand(&view, text_of(ctx->language, is_investment ? T_accounting_programme_investment
                                                            : T_accounting_programme_functioning));
    spend_fact(&view, T_accounting_budget, programme->label, STR(""));
    spend_fact(&view, T_accounting_decided, spend_day(ctx, programme->decided), STR(""));
    spend_fact(&view, T_accounting_programme_authorised, page_money(ctx, programme->authorised), STR(""));
    spend_fact(&view, T_accounting_programme_engaged, page_money(ctx, use.engaged), STR(""));
    spend_fact(&view, T_accounting_programme_ordered, page_money(ctx, use.ordered), STR(""));
    spend_fact(&view, T_accounting_programme_to_engage, page_money(ctx, less(programme->authorised, use.engaged)),
               STR(""));
    TRY(add_years(&view, programme));
    TRY(add_engagements(&view, id));
    return spend_end(&view, response);
}
