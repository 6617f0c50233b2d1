/* Loans of a budget: what the year costs, what is left, each instalment and its mandat. */
#include "proto/csv/csv.h"
#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/debt/loan.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_form.h"
#include "service/accounting/story/story_view.h"

static const char profiles[] = "PCF"; /* as the annex has them, in the order of enum debt_profile */

static struct str path_of(struct ctx *ctx, const struct credit_year *year, int64_t loan, const char *rest)
{
    return str_format(ctx->arena, "/accounting/years/%lld/%d/loans/%lld%s", (long long)year->budget, year->year,
                      (long long)loan, rest);
}

/* "3,475" of millionths. */
static struct str rate_words(struct ctx *ctx, int64_t rate)
{
    enum { PERCENT = 10000 };
    char point = ctx->language == LANGUAGE_FR ? ',' : '.';
    return str_format(ctx->arena, "%lld%c%04lld", (long long)(rate / PERCENT), point, (long long)(rate % PERCENT));
}

/* ---- the list ---- */

static void add_sums(struct spend_page_table_row *row, struct ctx *ctx, const struct loan_year *sums)
{
    spend_cell(row, page_money(ctx, sums->capital), SPEND_NUMBER);
    spend_cell(row, page_money(ctx, sums->interest), SPEND_NUMBER);
    spend_cell(row, page_money(ctx, sums->accrued), SPEND_OPTIONAL);
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
    spend_head(view, table, T_accounting_loan_year_interest, SPEND_NUMBER);
    spend_head(view, table, T_accounting_loan_accrued, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_loan_left_end, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct loan_schedule schedule;
        TRY(loan_schedule(ctx, &loans[i], faults, &schedule));
        struct loan_year sums = loan_year(&loans[i], &schedule, year->year);
        struct spend_page_table_row *row =
            spend_row(view, table, loans[i].number, path_of(ctx, year, loans[i].id, ""));
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

static enum status wrong(struct ctx *ctx)
{
    return refuse(ctx, INVALID, "accounting.loan_wrong", T_accounting_loan_wrong);
}

/* "3,475": at most four decimals of a percent. */
static enum status read_rate(struct str text, int64_t *ret_rate)
{
    enum { DECIMALS = 4, WHOLE_MAX = 100 };
    uint64_t whole, part = 0;
    struct str rest = str_trim(text);
    size_t comma = str_find_byte(rest, ',') == SIZE_MAX ? str_find_byte(rest, '.') : str_find_byte(rest, ',');
    struct str digits = comma == SIZE_MAX ? STR("") : str_after(rest, comma + 1);
    struct str before = comma == SIZE_MAX ? rest : str_slice(rest, 0, comma);
    if (digits.len > DECIMALS || str_to_u64(before, WHOLE_MAX, &whole) != OK)
        return INVALID;
    if (digits.len > 0)
        TRY(str_to_u64(digits, UINT32_MAX, &part));
    for (size_t i = digits.len; i < DECIMALS; i++)
        part *= 10;
    *ret_rate = (int64_t)(whole * 10000 + part);
    return OK;
}

static enum status read_terms(struct ctx *ctx, const struct web_request *request, struct debt *terms)
{
    struct str letter = str_trim(web_text(request, "profile"));
    size_t profile = letter.len == 1 ? str_find_byte(str_of(profiles), letter.at[0]) : SIZE_MAX;
    int64_t a_year, count;
    if (profile > DEBT_IN_FINE || read_rate(web_text(request, "rate"), &terms->rate) != OK ||
        str_to_i64(str_trim(web_text(request, "a_year")), &a_year) != OK ||
        str_to_i64(str_trim(web_text(request, "count")), &count) != OK || a_year < 0 || a_year > INT16_MAX ||
        count < 0 || count > INT32_MAX)
        return wrong(ctx);
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
    struct str path = path_of(ctx, &year, id, "?saved=1");
    return web_redirect(ctx, response, "%.*s", STR_ARG(path));
}

/* ---- one ---- */

static enum status due_row(struct spend_view *view, struct spend_page_table *table, const struct loan_due *due,
                           size_t place)
{
    struct ctx *ctx = view->ctx;
    struct str path = due->piece == 0 ? STR("")
                                      : str_format(ctx->arena, "/accounting/pieces/%llu",
                                                   (unsigned long long)due->piece);
    struct spend_page_table_row *row =
        spend_row(view, table, str_format(ctx->arena, "%zu – %.*s", place, STR_ARG(spend_day(ctx, due->due))), path);
    if (row == NULL)
        return LIMIT;
    const struct text_arg args[] = {TEXT_ARG("capital", page_money(ctx, due->own_capital)),
                                    TEXT_ARG("interest", page_money(ctx, due->own_interest))};
    spend_cell(row, page_money(ctx, due->interest), SPEND_NUMBER);
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
    spend_head(view, table, T_accounting_loan_interest, SPEND_NUMBER);
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

/* The first of the year that was not ordered. */
static size_t next_of(const struct loan_schedule *schedule, int32_t year)
{
    for (size_t i = 0; i < schedule->count; i++)
        if (schedule->dues[i].piece == 0 && civil_of_date(schedule->dues[i].due).year == year)
            return i + 1;
    return 0;
}

static enum status add_actions(struct spend_view *view, const struct credit_year *year, const struct loan *loan,
                               const struct loan_schedule *schedule)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    size_t next = next_of(schedule, year->year);
    if (next > 0 && right_may(ctx, RIGHT_ORDER)) {
        TRY(spend_action(view, "pay", T_accounting_loan_pay, T_accounting_loan_pay_go,
                         path_of(ctx, year, loan->id, "/pay"), &action));
        action->has_text = true;
        action->text = text_of(ctx->language, T_accounting_loan_pay_text);
        spend_field(view, action, "place", T_accounting_loan_place, SPEND_WORDS, spend_number(ctx, next), true);
        spend_field(view, action, "day", T_accounting_day, SPEND_DATE, spend_iso(ctx, ctx_today(ctx)),
                    true);
    }
    if (!right_may(ctx, RIGHT_PREPARE))
        return OK;
    TRY(spend_action(view, "bank", T_accounting_loan_bank, T_accounting_loan_bank_go,
                     path_of(ctx, year, loan->id, "/bank"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_loan_bank_text);
    action->is_main = false;
    spend_field(view, action, "file", T_accounting_loan_file, SPEND_FILE, STR(""), true);
    return OK;
}

static void add_facts(struct spend_view *view, const struct loan *loan, const struct loan_year *sums)
{
    struct ctx *ctx = view->ctx;
    spend_fact(view, T_accounting_loan_lender, loan->lender_name,
               str_format(ctx->arena, "/accounting/parties/%lld", (long long)loan->lender));
    spend_fact(view, T_accounting_loan_borrowed, page_money(ctx, loan->terms.borrowed), STR(""));
    spend_fact(view, T_accounting_loan_rate, rate_words(ctx, loan->terms.rate), STR(""));
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
    TRY(add_actions(&view, year, loan, &schedule));
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
        return wrong(ctx);
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
    struct str path = path_of(ctx, &year, loan.id, "?saved=1");
    return web_redirect(ctx, response, "%.*s", STR_ARG(path));
}
