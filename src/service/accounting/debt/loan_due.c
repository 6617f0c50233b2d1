/* Instalments that are due, on the desk of the year. */
#include "service/accounting/debt/loan_view.h"
#include "service/accounting/lang.h"

enum { SHOWN_MAX = 12 };

static enum status add_due(struct spend_view *view, struct spend_page_table *table, const struct credit_year *year,
                           const struct loan *loan, const struct loan_due *due)
{
    struct ctx *ctx = view->ctx;
    struct str path = str_format(ctx->arena, "%.*s/%lld", STR_ARG(spend_path(ctx, year, "/loans")),
                                 (long long)loan->id);
    struct spend_page_table_row *row = spend_row(view, table, loan->number, path);
    if (row == NULL)
        return LIMIT;
    spend_cell(row, loan->lender_name, SPEND_OPTIONAL);
    spend_cell(row, spend_day(ctx, due->due), SPEND_TEXT);
    spend_cell(row, page_money(ctx, due->interest), SPEND_NUMBER);
    spend_cell(row, page_money(ctx, due->capital), SPEND_NUMBER);
    return OK;
}

static enum status add_loan(struct spend_view *view, struct spend_page_table *table, const struct credit_year *year,
                            const struct loan *loan, struct money *sum)
{
    struct ctx *ctx = view->ctx;
    struct loan_schedule schedule;
    struct date until = date_month_end(ctx_today(ctx));
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(loan_schedule(ctx, loan, faults, &schedule));
    for (size_t i = 0; i < schedule.count && schedule.dues[i].due.days <= until.days; i++) {
        const struct loan_due *due = &schedule.dues[i];
        if (!loan_is_due(due, year->year))
            continue;
        TRY(money_add(sum, due->capital));
        TRY(money_add(sum, due->interest));
        if (table->row_count < SHOWN_MAX)
            TRY(add_due(view, table, year, loan, due));
    }
    return OK;
}

enum status loan_due_table(struct spend_view *view, const struct credit_year *year)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct loan *loans;
    struct money sum = {0};
    size_t count;
    TRY(loan_list(ctx, year->budget, &loans, &count));
    if (count == 0)
        return OK;
    TRY(spend_table(view, "debt", T_accounting_desk_debt, T_accounting_nothing, SHOWN_MAX, &table));
    spend_head(view, table, T_accounting_loan, SPEND_TEXT);
    spend_head(view, table, T_accounting_loan_lender, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_loan_instalment, SPEND_TEXT);
    spend_head(view, table, T_accounting_loan_interest, SPEND_NUMBER);
    spend_head(view, table, T_accounting_loan_capital, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++)
        TRY(add_loan(view, table, year, &loans[i], &sum));
    spend_fact(view, T_accounting_desk_debt_due,
               sum.cents == 0 ? text_of(ctx->language, T_accounting_nothing) : page_money(ctx, sum),
               spend_path(ctx, year, "/loans"));
    if (table->row_count == 0)
        view->page.table_count--; /* nothing is due: the fact says so */
    return OK;
}
