#include "service/accounting/budget/budget_edit.h"
#include "service/accounting/budget/budget_result.h"
#include "service/accounting/lang.h"

static void add_row(struct ctx *ctx, struct budget_results_view *view, enum text_key name, struct money receipt,
                    struct money expense, struct money apart)
{
    view->rows[view->row_count++] = (struct budget_results_row){.name = text_of(ctx->language, name),
                                                                .receipt = page_money(ctx, receipt),
                                                                .expense = page_money(ctx, expense),
                                                                .apart = page_money(ctx, apart)};
}

/* An amount below 0 is an expense. */
static void propose(struct ctx *ctx, struct budget_results_view *view, struct str account, struct money amount)
{
    bool is_expense = amount.cents < 0;
    if (amount.cents == 0)
        return;
    view->amounts[view->amount_count++] = (struct budget_results_amount){
        .account = account,
        .direction = text_of(ctx->language, is_expense ? T_accounting_expense : T_accounting_receipt),
        .amount = page_money(ctx, (struct money){is_expense ? -amount.cents : amount.cents})};
}

static enum status add_amounts(struct ctx *ctx, const struct budget_result *result, struct budget_results_view *view)
{
    enum { ROWS = 3, AMOUNTS = 3 };
    const struct money *left = result->remaining[CHART_INVESTMENT];
    view->rows = arena_array(ctx->arena, struct budget_results_row, ROWS);
    view->amounts = arena_array(ctx->arena, struct budget_results_amount, AMOUNTS);
    if (view->rows == NULL || view->amounts == NULL)
        return LIMIT;
    add_row(ctx, view, T_accounting_results_functioning, result->done[CHART_FUNCTIONING][CHART_RECEIPT],
            result->done[CHART_FUNCTIONING][CHART_EXPENSE], result->balance[CHART_FUNCTIONING]);
    add_row(ctx, view, T_accounting_results_investment, result->done[CHART_INVESTMENT][CHART_RECEIPT],
            result->done[CHART_INVESTMENT][CHART_EXPENSE], result->balance[CHART_INVESTMENT]);
    add_row(ctx, view, T_accounting_results_remaining, left[CHART_RECEIPT], left[CHART_EXPENSE],
            (struct money){left[CHART_RECEIPT].cents - left[CHART_EXPENSE].cents});
    view->is_lacking = result->financing.cents < 0;
    view->financing = page_money(ctx, result->financing);
    propose(ctx, view, STR("001"), result->balance[CHART_INVESTMENT]);
    propose(ctx, view, STR("1068"), result->to_1068);
    propose(ctx, view, STR("002"), result->to_002);
    return OK;
}

enum status budget_results_part(struct ctx *ctx, const struct budget_act *act, const struct web_request *request,
                                struct budget_results_view *ret_view)
{
    struct budget_result_source source;
    struct budget_result result;
    bool is_asked = budget_takes_over(act);
    *ret_view = (struct budget_results_view){.is_asked = is_asked,
                                             .form_token = request->form_token,
                                             .take = budget_act_path(ctx, act->id, "/results"),
                                             .part = str_of(budget_part_asked(request)->word),
                                             .year = str_format(ctx->arena, "%d", act->year - 1)};
    if (!is_asked)
        return OK;
    enum status done = budget_result_source(ctx, act, &source);
    if (done == NOT_FOUND)
        return OK;
    TRY(done);
    TRY(budget_result_of(source.totals, source.count, &result));
    ret_view->is_known = true;
    ret_view->act = source.is_book ? text_of(ctx->language, T_accounting_results_book)
                                   : budget_act_name(ctx, &source.account);
    return add_amounts(ctx, &result, ret_view);
}
