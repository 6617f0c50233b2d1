/* Loans of a budget: what the year costs, what is left, interest run at its end; a new one. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/debt/loan_view.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_form.h"

static const char profiles[] = "PCF"; /* as the annex has them, in the order of enum debt_profile */

static void add_sums(struct spend_page_table_row *row, struct ctx *ctx, const struct loan_year *sums)
{
    spend_cell(row, page_money(ctx, sums->capital), SPEND_NUMBER);
    spend_cell(row, page_money(ctx, sums->interest), SPEND_OPTIONAL_NUMBER);
    spend_cell(row, page_money(ctx, sums->accrued), SPEND_OPTIONAL_NUMBER);
    spend_cell(row, page_money(ctx, sums->left), SPEND_NUMBER);
}

static enum status add_all(struct loan_year *sum, const struct loan_year *one)
{
    TRY(money_add(&sum->capital, one->capital));
    TRY(money_add(&sum->interest, one->interest));
    TRY(money_add(&sum->accrued, one->accrued));
    return money_add(&sum->left, one->left);
}

static enum status add_loans(struct spend_view *view, const struct credit_year *year, struct faults *faults)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct loan *loans;
    struct loan_year sum = {{0}, {0}, {0}, {0}, {0}};
    size_t count;
    TRY(loan_list(ctx, year->budget, &loans, &count));
    TRY(spend_table(view, "loans", T_accounting_loans, T_accounting_loans_none, count + 1, &table));
    spend_head(view, table, T_accounting_loan_number, SPEND_TEXT);
    spend_head(view, table, T_accounting_loan_lender, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_loan_label, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_loan_year_capital, SPEND_NUMBER);
    spend_head(view, table, T_accounting_loan_year_interest, SPEND_OPTIONAL_NUMBER);
    spend_head(view, table, T_accounting_loan_accrued, SPEND_OPTIONAL_NUMBER);
    spend_head(view, table, T_accounting_loan_left_end, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct loan_schedule schedule;
        TRY(loan_schedule(ctx, &loans[i], faults, &schedule));
        struct loan_year sums = loan_year(&loans[i], &schedule, year->year);
        struct spend_page_table_row *row =
            spend_row(view, table, loans[i].number, loan_path(ctx, year, loans[i].id, ""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, loans[i].lender_name, SPEND_OPTIONAL);
        spend_cell(row, loans[i].label, SPEND_OPTIONAL);
        add_sums(row, ctx, &sums);
        TRY(add_all(&sum, &sums));
    }
    if (count < 2)
        return OK;
    struct spend_page_table_row *row =
        spend_row(view, table, text_of(ctx->language, T_accounting_loan_sum), STR(""));
    if (row == NULL)
        return LIMIT;
    row->is_sum = true;
    spend_cell(row, STR(""), SPEND_OPTIONAL);
    spend_cell(row, STR(""), SPEND_OPTIONAL);
    add_sums(row, ctx, &sum);
    return OK;
}

static enum status add_form(struct spend_view *view, const struct credit_year *year)
{
    struct spend_page_action *action;
    TRY(spend_action(view, "loan", T_accounting_loan_new, T_accounting_loan_go, spend_path(view->ctx, year, "/loans"),
                     &action));
    spend_field(view, action, "number", T_accounting_loan_number, SPEND_WORDS, STR(""), true);
    spend_field(view, action, "label", T_accounting_loan_label, SPEND_WIDE, STR(""), true);
    TRY(spend_field_party(view, action, STR(""), true));
    spend_hint(view, spend_field(view, action, "profile", T_accounting_loan_profile, SPEND_WORDS, STR("P"), true),
               T_accounting_loan_profile_hint);
    spend_field(view, action, "borrowed", T_accounting_loan_borrowed, SPEND_MONEY, STR(""), true);
    spend_field(view, action, "rate", T_accounting_loan_rate, SPEND_MONEY, STR(""), true);
    spend_field(view, action, "a_year", T_accounting_loan_a_year, SPEND_WORDS, STR("4"), true);
    spend_field(view, action, "count", T_accounting_loan_count, SPEND_WORDS, STR(""), true);
    spend_field(view, action, "first", T_accounting_loan_first, SPEND_DATE, STR(""), true);
    spend_field(view, action, "signed", T_accounting_loan_signed, SPEND_DATE, STR(""), true);
    return OK;
}

/* ---- interest run ---- */

static enum status add_accrue(struct spend_view *view, const struct credit_year *year)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    struct loan_accrued accrued;
    bool is_open;
    TRY(loan_accrued_of(ctx, year, &accrued));
    if (accrued.done > 0)
        spend_fact(view, T_accounting_loan_accrued_done, spend_number(ctx, accrued.done),
                   spend_path(ctx, year, "/attach"));
    if (accrued.to_do.cents == 0 || !right_may(ctx, RIGHT_ORDER))
        return OK;
    TRY(spend_is_open(view, year, &is_open));
    if (!is_open)
        return OK;
    const struct text_arg amount = TEXT_ARG("amount", page_money(ctx, accrued.to_do));
    TRY(spend_action(view, "accrue", T_accounting_loan_accrue, T_accounting_loan_accrue_go,
                     spend_path(ctx, year, "/loans/accrue"), &action));
    action->has_text = true;
    action->text = text_with(ctx->arena, ctx->language, T_accounting_loan_accrue_text, &amount, 1);
    action->is_main = false;
    return OK;
}

static enum status add_reverse(struct spend_view *view, const struct credit_year *year)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    struct money sum;
    TRY(loan_unreversed(ctx, year, &sum));
    if (sum.cents == 0 || !right_may(ctx, RIGHT_ORDER))
        return OK;
    const struct text_arg amount = TEXT_ARG("amount", page_money(ctx, sum));
    const struct text_arg before = TEXT_ARG("year", str_format(ctx->arena, "%d", year->year - 1));
    TRY(spend_action(view, "reverse", T_accounting_loan_reverse, T_accounting_loan_reverse_go,
                     spend_path(ctx, year, "/loans/reverse"), &action));
    action->title = text_with(ctx->arena, ctx->language, T_accounting_loan_reverse, &before, 1);
    action->has_text = true;
    action->text = text_with(ctx->arena, ctx->language, T_accounting_loan_reverse_text, &amount, 1);
    spend_field(view, action, "day", T_accounting_day, SPEND_DATE, spend_iso(ctx, ctx_today(ctx)), true);
    return OK;
}

static enum status show_list(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                             struct faults *faults)
{
    struct credit_year year;
    struct spend_view view;
    struct faults *looked = faults_new(ctx->arena);
    if (looked == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_year(ctx, request, &year));
    TRY(spend_begin(&view, ctx, request, &year, SPEND_NOWHERE, text_of(ctx->language, T_accounting_loans)));
    TRY(spend_trouble(&view, faults));
    spend_stand(&view, text_of(ctx->language, T_accounting_loans_text));
    spend_link(&view, spend_path(ctx, &year, "/loans.csv"), T_accounting_loan_annex);
    TRY(add_reverse(&view, &year));
    TRY(add_accrue(&view, &year));
    TRY(add_loans(&view, &year, looked));
    if (right_may(ctx, RIGHT_PREPARE))
        TRY(add_form(&view, &year));
    return spend_end(&view, response);
}

enum status loan_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show_list(ctx, request, response, NULL);
}

/* ---- a new one ---- */

static enum status read_terms(struct ctx *ctx, const struct web_request *request, struct debt *terms)
{
    struct str letter = str_trim(web_text(request, "profile"));
    size_t profile = letter.len == 1 ? str_find_byte(str_of(profiles), letter.at[0]) : SIZE_MAX;
    int64_t a_year, count;
    if (profile > DEBT_IN_FINE || loan_read_rate(web_text(request, "rate"), &terms->rate) != OK ||
        str_to_i64(str_trim(web_text(request, "a_year")), &a_year) != OK ||
        str_to_i64(str_trim(web_text(request, "count")), &count) != OK || a_year < 0 || a_year > INT16_MAX ||
        count < 0 || count > INT32_MAX)
        return loan_wrong(ctx);
    terms->profile = (enum debt_profile)profile;
    terms->a_year = (int32_t)a_year;
    terms->count = (int32_t)count;
    TRY(spend_read_money(ctx, request, "borrowed", &terms->borrowed));
    return spend_read_day(ctx, request, "first", &terms->first);
}

static enum status make(struct ctx *ctx, const struct web_request *request, const struct credit_year *year,
                        struct faults *faults, int64_t *ret_id)
{
    struct loan loan = {.budget = year->budget, .number = str_trim(web_text(request, "number")),
                        .label = str_trim(web_text(request, "label"))};
    TRY(spend_read_party(ctx, request, &loan.lender));
    TRY(read_terms(ctx, request, &loan.terms));
    TRY(spend_read_day(ctx, request, "signed", &loan.signed_on));
    return loan_add(ctx, &loan, faults, ret_id);
}

enum status loan_new_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    int64_t id = 0;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(spend_read_year(ctx, request, &year));
    enum status done = make(ctx, request, &year, faults, &id);
    if (done == INVALID)
        return show_list(ctx, request, response, faults);
    TRY(done);
    struct str path = loan_path(ctx, &year, id, "?saved=1");
    return web_redirect(ctx, response, "%.*s", STR_ARG(path));
}

/* ---- interest run: what was sent ---- */

typedef enum status accruing(struct ctx *ctx, const struct web_request *request, const struct credit_year *year,
                             struct faults *faults);

static enum status act(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                       accruing *how)
{
    struct credit_year year;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(spend_read_year(ctx, request, &year));
    enum status done = how(ctx, request, &year, faults);
    if (spend_is_refused(done, faults))
        return show_list(ctx, request, response, faults);
    TRY(done);
    struct str path = spend_path(ctx, &year, "/loans?saved=1");
    return web_redirect(ctx, response, "%.*s", STR_ARG(path));
}

static enum status accrue(struct ctx *ctx, const struct web_request *request, const struct credit_year *year,
                          struct faults *faults)
{
    (void)request;
    return loan_accrue(ctx, year, faults);
}

static enum status reverse(struct ctx *ctx, const struct web_request *request, const struct credit_year *year,
                           struct faults *faults)
{
    struct date day;
    TRY(spend_read_day(ctx, request, "day", &day));
    return loan_reverse(ctx, year, day, faults);
}

enum status loan_accrue_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return act(ctx, request, response, accrue);
}

enum status loan_reverse_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return act(ctx, request, response, reverse);
}
