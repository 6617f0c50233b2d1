/* One loan: each instalment and its mandat, the bank's own schedule, a rate that is revised. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/debt/loan_view.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_form.h"
#include "service/accounting/spend/spend_lines.h"
#include "service/accounting/story/story_view.h"

static enum status due_row(struct spend_view *view, struct spend_page_table *table, const struct loan_due *due,
                           size_t place)
{
    struct ctx *ctx = view->ctx;
    struct str path = due->piece == 0 ? STR("") : spend_piece_path(ctx, due->piece, "");
    struct spend_page_table_row *row =
        spend_row(view, table, str_format(ctx->arena, "%zu – %.*s", place, STR_ARG(spend_day(ctx, due->due))), path);
    if (row == NULL)
        return LIMIT;
    const struct text_arg args[] = {TEXT_ARG("capital", page_money(ctx, due->own_capital)),
                                    TEXT_ARG("interest", page_money(ctx, due->own_interest))};
    spend_cell(row, page_money(ctx, due->interest), SPEND_OPTIONAL_NUMBER);
    spend_cell(row, page_money(ctx, due->capital), SPEND_NUMBER);
    spend_cell(row, page_money(ctx, due->left), SPEND_NUMBER);
    spend_cell_tag(row, due->piece == 0 ? STR("") : text_of(ctx->language, T_accounting_loan_repaid), SPEND_GOOD);
    spend_cell(row, due->differs ? text_with(ctx->arena, ctx->language, T_accounting_loan_differs, args, 2) : STR(""),
               SPEND_OPTIONAL);
    return OK;
}

static enum status add_schedule(struct spend_view *view, const struct loan_schedule *schedule)
{
    struct spend_page_table *table;
    TRY(spend_table(view, "schedule", T_accounting_loan_schedule, T_accounting_nothing, schedule->count, &table));
    spend_head(view, table, T_accounting_loan_instalment, SPEND_TEXT);
    spend_head(view, table, T_accounting_loan_interest, SPEND_OPTIONAL_NUMBER);
    spend_head(view, table, T_accounting_loan_capital, SPEND_NUMBER);
    spend_head(view, table, T_accounting_loan_left, SPEND_NUMBER);
    spend_head(view, table, T_accounting_state, SPEND_TEXT);
    spend_head(view, table, T_accounting_difference, SPEND_OPTIONAL);
    for (size_t i = 0; i < schedule->count; i++)
        TRY(due_row(view, table, &schedule->dues[i], i + 1));
    spend_note(table, text_of(view->ctx->language,
                              schedule->is_bank ? T_accounting_loan_from_bank : T_accounting_loan_computed));
    return OK;
}

/* The first that is to be ordered in the year. */
static size_t next_of(const struct loan_schedule *schedule, int32_t year)
{
    for (size_t i = 0; i < schedule->count; i++)
        if (loan_is_due(&schedule->dues[i], year))
            return i + 1;
    return 0;
}

static enum status add_actions(struct spend_view *view, const struct credit_year *year, const struct loan *loan,
                               const struct loan_schedule *schedule)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    size_t next = next_of(schedule, year->year);
    bool is_open = false;
    if (next > 0 && right_may(ctx, RIGHT_ORDER))
        TRY(spend_is_open(view, year, &is_open));
    if (is_open) {
        TRY(spend_action(view, "pay", T_accounting_loan_pay, T_accounting_loan_pay_go,
                         loan_path(ctx, year, loan->id, "/pay"), &action));
        action->has_text = true;
        action->text = text_of(ctx->language, T_accounting_loan_pay_text);
        spend_field(view, action, "place", T_accounting_loan_place, SPEND_WORDS, spend_number(ctx, next), true);
        spend_field(view, action, "day", T_accounting_day, SPEND_DATE, spend_iso(ctx, ctx_today(ctx)),
                    true);
    }
    if (!right_may(ctx, RIGHT_PREPARE))
        return OK;
    TRY(spend_action(view, "bank", T_accounting_loan_bank, T_accounting_loan_bank_go,
                     loan_path(ctx, year, loan->id, "/bank"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_loan_bank_text);
    action->is_main = false;
    spend_field(view, action, "file", T_accounting_loan_file, SPEND_FILE, STR(""), true);
    return OK;
}

static enum status add_rate(struct spend_view *view, const struct credit_year *year, const struct loan *loan,
                            const struct loan_schedule *schedule)
{
    struct spend_page_action *action;
    if (schedule->is_bank || !right_may(view->ctx, RIGHT_PREPARE))
        return OK;
    TRY(spend_action(view, "rate", T_accounting_loan_rate_new, T_accounting_loan_rate_go,
                     loan_path(view->ctx, year, loan->id, "/rate"), &action));
    action->has_text = true;
    action->text = text_of(view->ctx->language, T_accounting_loan_rate_text);
    action->is_main = false;
    spend_field(view, action, "since", T_accounting_loan_rate_since, SPEND_DATE, STR(""), true);
    spend_field(view, action, "rate", T_accounting_loan_rate, SPEND_MONEY, STR(""), true);
    return OK;
}

/* Those that were revised. */
static enum status add_rates(struct spend_view *view, const struct loan *loan)
{
    struct ctx *ctx = view->ctx;
    struct loan_rate *rates;
    size_t count;
    TRY(loan_rates(ctx, loan, &rates, &count));
    for (size_t i = 0; i < count; i++) {
        struct text_arg args[] = {TEXT_ARG("rate", loan_rate_words(ctx, rates[i].rate)),
                                  TEXT_ARG("day", spend_day(ctx, rates[i].since))};
        spend_fact(view, T_accounting_loan_rates,
                   text_with(ctx->arena, ctx->language, T_accounting_loan_rate_from, args, 2), STR(""));
    }
    return OK;
}

static void add_facts(struct spend_view *view, const struct loan *loan, const struct loan_year *sums)
{
    struct ctx *ctx = view->ctx;
    spend_fact(view, T_accounting_loan_lender, loan->lender_name,
               str_format(ctx->arena, "/accounting/parties/%lld", (long long)loan->lender));
    spend_fact(view, T_accounting_loan_borrowed, page_money(ctx, loan->terms.borrowed), STR(""));
    spend_fact(view, T_accounting_loan_rate, loan_rate_words(ctx, loan->terms.rate), STR(""));
    spend_fact(view, T_accounting_loan_signed, spend_day(ctx, loan->signed_on), STR(""));
    spend_fact(view, T_accounting_loan_year_capital, page_money(ctx, sums->capital), STR(""));
    spend_fact(view, T_accounting_loan_year_interest, page_money(ctx, sums->interest), STR(""));
    spend_fact(view, T_accounting_loan_accrued, page_money(ctx, sums->accrued), STR(""));
    spend_fact(view, T_accounting_loan_left_end, page_money(ctx, sums->left), STR(""));
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct credit_year *year, const struct loan *loan, const struct faults *faults)
{
    struct spend_view view;
    struct loan_schedule schedule;
    struct faults *looked = faults_new(ctx->arena);
    if (looked == NULL)
        return LIMIT;
    TRY(loan_schedule(ctx, loan, looked, &schedule));
    struct loan_year sums = loan_year(loan, &schedule, year->year);
    TRY(spend_begin(&view, ctx, request, year, SPEND_NOWHERE,
                    str_format(ctx->arena, "%.*s %.*s", STR_ARG(text_of(ctx->language, T_accounting_loan)),
                               STR_ARG(loan->number))));
    spend_crumb(&view, spend_path(ctx, year, "/loans"), text_of(ctx->language, T_accounting_loans));
    TRY(spend_trouble(&view, faults));
    spend_stand(&view, loan->label);
    add_facts(&view, loan, &sums);
    TRY(add_rates(&view, loan));
    TRY(add_actions(&view, year, loan, &schedule));
    TRY(add_rate(&view, year, loan, &schedule));
    TRY(add_schedule(&view, &schedule));
    TRY(story_table(&view, STORY_LOAN, loan->id, 0));
    return spend_end(&view, response);
}

static enum status asked(struct ctx *ctx, const struct web_request *request, struct credit_year *ret_year,
                         struct loan *ret_loan)
{
    int64_t id;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_year(ctx, request, ret_year));
    TRY(spend_read_number(request, 2, &id));
    TRY(loan_get(ctx, id, ret_loan));
    return ret_loan->budget == ret_year->budget ? OK : NOT_FOUND;
}

enum status loan_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct loan loan;
    TRY(asked(ctx, request, &year, &loan));
    return show(ctx, request, response, &year, &loan, NULL);
}

static enum status pay(struct ctx *ctx, const struct web_request *request, const struct credit_year *year,
                       const struct loan *loan, struct faults *faults, uint64_t *ret_piece)
{
    unsigned char id[ENTRY_ID_BYTES];
    struct date day;
    int64_t place;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(spend_read_command(ctx, request, id));
    TRY(spend_read_day(ctx, request, "day", &day));
    if (str_to_i64(str_trim(web_text(request, "place")), &place) != OK || place < 0)
        return loan_wrong(ctx);
    return loan_pay(ctx, year, loan, (size_t)place, day, id, faults, ret_piece);
}

enum status loan_pay_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct loan loan;
    uint64_t piece = 0;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(asked(ctx, request, &year, &loan));
    enum status done = pay(ctx, request, &year, &loan, faults, &piece);
    if (spend_is_refused(done, faults))
        return show(ctx, request, response, &year, &loan, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/pieces/%llu?saved=1", (unsigned long long)piece);
}

enum status loan_bank_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct loan loan;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(asked(ctx, request, &year, &loan));
    enum status done = loan_take_bank(ctx, &loan, web_text(request, "file"), faults);
    if (done == INVALID)
        return show(ctx, request, response, &year, &loan, faults);
    TRY(done);
    struct str path = loan_path(ctx, &year, loan.id, "?saved=1");
    return web_redirect(ctx, response, "%.*s", STR_ARG(path));
}

static enum status revise(struct ctx *ctx, const struct web_request *request, const struct loan *loan,
                          struct faults *faults)
{
    struct loan_rate rate;
    TRY(spend_read_day(ctx, request, "since", &rate.since));
    if (loan_read_rate(web_text(request, "rate"), &rate.rate) != OK)
        return loan_wrong(ctx);
    return loan_rate_add(ctx, loan, &rate, faults);
}

enum status loan_rate_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct loan loan;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(asked(ctx, request, &year, &loan));
    enum status done = revise(ctx, request, &loan, faults);
    if (done == INVALID)
        return show(ctx, request, response, &year, &loan, faults);
    TRY(done);
    struct str path = loan_path(ctx, &year, loan.id, "?saved=1");
    return web_redirect(ctx, response, "%.*s", STR_ARG(path));
}
