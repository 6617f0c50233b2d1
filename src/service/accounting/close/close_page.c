/* The page that closes a year: what stands in the way, what the year comes to, and what goes on in the next one. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_result.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/close/closing.h"
#include "service/accounting/close/result.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/slice.h"
#include "service/accounting/spend/spend_view.h"

/* ---- what stands in the way ---- */

static struct str counted(struct ctx *ctx, int64_t count, struct money sum)
{
    if (count == 0)
        return text_of(ctx->language, T_accounting_nothing);
    return sum.cents == 0 ? str_format(ctx->arena, "%lld", (long long)count)
                          : str_format(ctx->arena, "%lld · %.*s", (long long)count, STR_ARG(page_money(ctx, sum)));
}

static struct str list_words(struct ctx *ctx, const struct closing *closing)
{
    const struct remain_list *list = &closing->list;
    if (list->is_signed && (closing->is_current || closing_is_going_on(closing)))
        return str_format(ctx->arena, "%.*s · %.*s", STR_ARG(spend_day(ctx, list->day)), STR_ARG(list->signed_by));
    if (closing->is_current)
        return text_of(ctx->language, T_accounting_nothing);
    return text_of(ctx->language, list->is_signed ? T_accounting_close_list_old : T_accounting_close_list_open);
}

static enum status add_steps(struct spend_view *view, const struct credit_year *year, const struct closing *closing)
{
    struct ctx *ctx = view->ctx;
    const struct money none = {0};
    struct date last;
    if (closing->is_closed)
        return OK;
    TRY(closing_last_day(ctx, year->year, &last));
    spend_fact(view, T_accounting_close_complementary, spend_day(ctx, last), STR(""));
    spend_fact(view, T_accounting_close_undone, counted(ctx, closing->undone, closing->undone_sum),
               spend_path(ctx, year, "/attach"));
    spend_fact(view, T_accounting_close_reserved, counted(ctx, closing->reserved, closing->reserved_sum),
               spend_path(ctx, year, "/engagements?open=1"));
    spend_fact(view, T_accounting_orders_waiting, counted(ctx, closing->orders, none),
               spend_path(ctx, year, "/orders"));
    spend_fact(view, T_accounting_titles_waiting, counted(ctx, closing->titles, none),
               spend_path(ctx, year, "/titles"));
    spend_fact(view, T_accounting_slips_waiting, counted(ctx, closing->slips, none), spend_path(ctx, year, "/slips"));
    spend_fact(view, T_accounting_bills_waiting, counted(ctx, closing->bills, none), spend_path(ctx, year, "/bills"));
    return OK;
}

/* The account counts them and the book does not: closing would leave it so. */
static void add_unopened(struct spend_view *view, const struct closing *closing)
{
    struct ctx *ctx = view->ctx;
    if (closing->unopened == 0)
        return;
    spend_stand(view, str_format(ctx->arena, "%.*s %.*s", STR_ARG(view->page.stand),
                                 STR_ARG(text_of(ctx->language, T_accounting_unopened_text))));
    spend_fact(view, T_accounting_unopened, spend_number(ctx, closing->unopened),
               budget_act_path(ctx, closing->first_unopened, ""));
}

static void add_carried(struct spend_view *view, const struct credit_year *year, const struct closing *closing)
{
    struct ctx *ctx = view->ctx;
    const struct carry_counts *carried = &closing->carried;
    spend_fact(view, T_accounting_cfu_book, text_of(ctx->language, T_accounting_open),
               spend_path(ctx, year, "/account"));
    spend_fact(view, T_accounting_remains_title, list_words(ctx, closing), spend_path(ctx, year, "/remains"));
    if (closing->is_closed)
        spend_fact(view, T_accounting_attach_title, text_of(ctx->language, T_accounting_open),
                   spend_path(ctx, year, "/attach"));
    if (closing->is_closed)
        spend_fact(view, T_accounting_close_carried, str_format(ctx->arena, "%lld", (long long)carried->carried),
                   STR(""));
    if (carried->waiting > 0)
        spend_fact(view, T_accounting_close_waiting, counted(ctx, carried->waiting, carried->amount), STR(""));
}

/* ---- results ---- */

static enum status add_row(struct spend_view *view, struct spend_page_table *table, enum text_key name,
                           struct money receipt, struct money expense, struct money apart)
{
    struct spend_page_table_row *row =
        spend_row(view, table, text_of(view->ctx->language, name), STR(""));
    if (row == NULL)
        return LIMIT;
    spend_cell(row, page_money(view->ctx, receipt), SPEND_OPTIONAL_NUMBER);
    spend_cell(row, page_money(view->ctx, expense), SPEND_OPTIONAL_NUMBER);
    spend_cell(row, page_money(view->ctx, apart), SPEND_NUMBER);
    return OK;
}

static enum status add_section(struct spend_view *view, struct spend_page_table *table, enum text_key name,
                               const struct budget_result *result, enum chart_section section)
{
    return add_row(view, table, name, result->done[section][CHART_RECEIPT], result->done[section][CHART_EXPENSE],
                   result->balance[section]);
}

static enum status add_next(struct spend_view *view, const struct budget_result *result)
{
    const struct {
        enum text_key name;
        int64_t cents;
    } rows[] = {{T_accounting_close_001, result->balance[CHART_INVESTMENT].cents},
                {T_accounting_close_1068, result->to_1068.cents},
                {T_accounting_close_002, result->to_002.cents}};
    struct spend_page_table *table;
    TRY(spend_table(view, "next", T_accounting_close_next_caption, T_accounting_no_moves, 3, &table));
    spend_head(view, table, T_accounting_account, SPEND_TEXT);
    spend_head(view, table, T_accounting_receipt, SPEND_NUMBER);
    spend_head(view, table, T_accounting_expense, SPEND_NUMBER);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool is_expense = rows[i].cents < 0;
        struct str amount = page_money(view->ctx, (struct money){is_expense ? -rows[i].cents : rows[i].cents});
        struct spend_page_table_row *row =
            spend_row(view, table, text_of(view->ctx->language, rows[i].name), STR(""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, is_expense ? STR("") : amount, SPEND_NUMBER);
        spend_cell(row, is_expense ? amount : STR(""), SPEND_NUMBER);
    }
    return OK;
}

static enum status add_results(struct spend_view *view, const struct credit_year *year)
{
    struct budget_total totals[RESULT_TOTALS];
    struct budget_result result;
    struct spend_page_table *table;
    TRY(result_totals(view->ctx, year->siret, year->year, totals));
    TRY(budget_result_of(totals, RESULT_TOTALS, &result));
    const struct money *left = result.remaining[CHART_INVESTMENT];
    struct money apart = {left[CHART_RECEIPT].cents - left[CHART_EXPENSE].cents};
    TRY(spend_table(view, "results", T_accounting_close_results, T_accounting_no_moves, 4, &table));
    spend_head(view, table, T_accounting_section, SPEND_TEXT);
    spend_head(view, table, T_accounting_receipt, SPEND_OPTIONAL_NUMBER);
    spend_head(view, table, T_accounting_expense, SPEND_OPTIONAL_NUMBER);
    spend_head(view, table, T_accounting_close_result, SPEND_NUMBER);
    TRY(add_section(view, table, T_accounting_results_functioning, &result, CHART_FUNCTIONING));
    TRY(add_section(view, table, T_accounting_results_investment, &result, CHART_INVESTMENT));
    TRY(add_row(view, table, T_accounting_results_remaining, left[CHART_RECEIPT], left[CHART_EXPENSE], apart));
    spend_fact(view, T_accounting_close_financing, page_money(view->ctx, result.financing), STR(""));
    return add_next(view, &result);
}

/* ---- the page ---- */

static enum status add_actions(struct spend_view *view, const struct credit_year *year, const struct closing *closing)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    struct credit_year next;
    struct slice_waiting *slices;
    size_t slice_count = 0;
    unsigned rights;
    TRY(right_held(ctx, &rights));
    bool is_going_on = closing_is_going_on(closing);
    if ((closing_is_ready(closing) || is_going_on) && !year->is_before && (rights & RIGHT_SIGN)) {
        TRY(spend_action(view, "close", T_accounting_close_go, T_accounting_close_go, spend_path(ctx, year, "/close"),
                         &action));
        action->has_text = true;
        action->text = text_of(ctx->language, is_going_on ? T_accounting_close_more : T_accounting_close_text);
    }
    enum status done = credit_year(ctx, year->budget, year->year + 1, &next);
    if (done == OK)
        TRY(slice_waits(ctx, year->budget, next.year, &slices, &slice_count));
    if (done == NOT_FOUND && closing->is_closed && closing->carried.waiting > 0)
        spend_stand(view, text_of(ctx->language, T_accounting_close_again_wait));
    bool has_more = closing->carried.waiting > 0 || slice_count > 0;
    if (done != OK || !has_more || !(rights & RIGHT_ENGAGE))
        return done == NOT_FOUND ? OK : done;
    TRY(spend_action(view, "again", T_accounting_close_again, T_accounting_close_again_go,
                     spend_path(ctx, year, "/close/again"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_close_again_text);
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct credit_year *year, const struct faults *faults)
{
    struct closing closing;
    struct spend_view view;
    TRY(closing_look(ctx, year, &closing));
    TRY(spend_begin(&view, ctx, request, year, SPEND_TABS, text_of(ctx->language, T_accounting_close_title)));
    TRY(spend_trouble(&view, faults));
    spend_stand(&view, text_of(ctx->language, closing.is_closed ? T_accounting_close_done : T_accounting_close_stand));
    if (closing.is_closed)
        spend_tag(&view, T_accounting_close_closed, SPEND_GOOD);
    add_unopened(&view, &closing);
    TRY(add_steps(&view, year, &closing));
    add_carried(&view, year, &closing);
    TRY(add_actions(&view, year, &closing));
    if (!year->is_before) /* no budget has said yet what it begins with */
        TRY(add_results(&view, year));
    return spend_end(&view, response);
}

enum status close_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_year(ctx, request, &year));
    return show(ctx, request, response, &year, NULL);
}

static enum status answer(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                          const struct credit_year *year, const struct faults *faults, enum status done)
{
    if (spend_is_refused(done, faults))
        return show(ctx, request, response, year, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/years/%lld/%d/close?saved=1", (long long)year->budget, year->year);
}

enum status close_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct faults *faults = faults_new(ctx->arena);
    bool has_more;
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_SIGN));
    TRY(spend_read_year(ctx, request, &year));
    return answer(ctx, request, response, &year, faults, closing_close(ctx, &year, faults, &has_more));
}

enum status close_again_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year, next;
    struct faults *faults = faults_new(ctx->arena);
    bool has_more;
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_ENGAGE));
    TRY(spend_read_year(ctx, request, &year));
    enum status done = credit_year(ctx, year.budget, year.year + 1, &next);
    if (done == NOT_FOUND)
        return refuse(ctx, CONFLICT, "accounting.not_open", T_accounting_close_again_wait);
    TRY(done);
    return answer(ctx, request, response, &year, faults, carry_again(ctx, &next, faults, &has_more));
}
