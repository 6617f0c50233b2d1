#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/budget/budget_programme.h"
#include "service/accounting/budget/budget_programme_sql.h"
#include "service/accounting/budget/budget_programmes_html.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/fault_say.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"

enum { YEARS_SHOWN = 40 };

/* The years of all programmes together, each once, in order. */
struct span {
    int32_t years[YEARS_SHOWN];
    size_t count;
};

static void add_year(struct span *span, int32_t year)
{
    size_t at = 0;
    while (at < span->count && span->years[at] < year)
        at++;
    if (span->count == YEARS_SHOWN || (at < span->count && span->years[at] == year))
        return;
    for (size_t i = span->count++; i > at; i--)
        span->years[i] = span->years[i - 1];
    span->years[at] = year;
}

static enum status add_cells(struct ctx *ctx, const struct span *span, const struct budget_programme *programme,
                             struct budget_programmes_programme *row)
{
    row->cells = arena_array(ctx->arena, struct budget_programmes_programme_cell, span->count + 1);
    if (row->cells == NULL)
        return LIMIT;
    for (size_t i = 0; i < span->count; i++) {
        struct str amount = STR("");
        for (size_t j = 0; j < programme->count; j++)
            if (programme->years[j].year == span->years[i])
                amount = page_money(ctx, programme->years[j].credit);
        row->cells[row->cell_count++] = (struct budget_programmes_programme_cell){.amount = amount};
    }
    return OK;
}

static enum status add_programmes(struct ctx *ctx, struct budget_programmes_view *view)
{
    struct budget_programme *programmes;
    struct span span = {.count = 0};
    size_t count;
    TRY(budget_programmes(ctx, &programmes, &count));
    view->is_empty = count == 0;
    view->programmes = arena_array(ctx->arena, struct budget_programmes_programme, count + 1);
    view->years = arena_array(ctx->arena, struct budget_programmes_year, YEARS_SHOWN);
    if (view->programmes == NULL || view->years == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < programmes[i].count; j++)
            add_year(&span, programmes[i].years[j].year);
    for (size_t i = 0; i < span.count; i++)
        view->years[view->year_count++] =
            (struct budget_programmes_year){.name = str_format(ctx->arena, "%d", span.years[i])};
    for (size_t i = 0; i < count; i++) {
        bool is_investment = programmes[i].section == CHART_INVESTMENT;
        struct budget_programmes_programme *row = &view->programmes[view->programme_count++];
        *row = (struct budget_programmes_programme){
            .path = str_format(ctx->arena, "/accounting/programmes/%lld", (long long)programmes[i].id),
            .number = programmes[i].number,
            .title = programmes[i].title,
            .budget = programmes[i].label,
            .kind = text_of(ctx->language, is_investment ? T_accounting_programme_investment
                                                         : T_accounting_programme_functioning),
            .day = page_date(ctx, programmes[i].decided),
            .authorised = page_money(ctx, programmes[i].authorised)};
        TRY(add_cells(ctx, &span, &programmes[i], row));
    }
    return OK;
}

static enum status add_budgets(struct ctx *ctx, const struct web_request *request, struct budget_programmes_view *view)
{
    struct sql_budget_programme_budgets_row *rows;
    size_t count;
    TRY(sql_budget_programme_budgets(ctx->db, ctx->arena, &rows, &count));
    view->budgets = arena_array(ctx->arena, struct budget_programmes_budget, count + 1);
    if (view->budgets == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->budgets[view->budget_count++] =
            (struct budget_programmes_budget){.siret = rows[i].siret,
                                              .label = rows[i].label,
                                              .is_chosen = str_eq(rows[i].siret, web_text(request, "budget"))};
    view->may_decide = view->may_decide && count > 0;
    return OK;
}

static enum status add_faults(struct ctx *ctx, const struct faults *faults, struct budget_programmes_view *view)
{
    if (faults == NULL || faults->found == 0)
        return OK;
    view->has_faults = true;
    view->faults = arena_array(ctx->arena, struct budget_programmes_fault, faults->count + 1);
    if (view->faults == NULL)
        return LIMIT;
    for (size_t i = 0; i < faults->count; i++)
        view->faults[view->fault_count++] = (struct budget_programmes_fault){.mend = fault_say(ctx, &faults->kept[i])};
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        enum text_key error, const struct faults *faults)
{
    struct page page;
    struct buf today BUF_SCOPE = BUF_INIT(16);
    date_write(&today, ctx_today(ctx));
    struct budget_programmes_view view = {
        .form_token = request->form_token,
        .home = STR("/accounting"),
        .record = STR("/accounting/programmes"),
        .has_error = error != T_none,
        .error = text_of(ctx->language, error),
        .may_decide = right_may(ctx, RIGHT_PREPARE),
        .number = web_text(request, "number"),
        .title = web_text(request, "title"),
        .amount = web_text(request, "amount"),
        .is_functioning = str_eq(web_text(request, "kind"), STR("0")),
        .years_text = web_text(request, "years"),
        .today = buf_str(&today)};
    TRY(add_programmes(ctx, &view));
    TRY(add_budgets(ctx, request, &view));
    TRY(add_faults(ctx, faults, &view));
    struct page_head head = budget_head(text_of(ctx->language, T_accounting_programmes));
    head.is_error = view.has_error || view.has_faults;
    if (head.is_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    budget_programmes_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status budget_programmes_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, T_none, NULL);
}

static enum status record(struct ctx *ctx, const struct web_request *request, struct faults *faults)
{
    bool is_functioning = str_eq(web_text(request, "kind"), STR("0"));
    struct budget_programme programme = {.siret = web_text(request, "budget"),
                                         .number = str_trim(web_text(request, "number")),
                                         .title = str_trim(web_text(request, "title")),
                                         .section = is_functioning ? CHART_FUNCTIONING : CHART_INVESTMENT};
    if (budget_amount_read(ctx->language, web_text(request, "amount"), &programme.authorised) != OK)
        return refuse(ctx, INVALID, "accounting.amount", T_accounting_amount_wrong);
    if (date_parse(web_text(request, "day"), &programme.decided) != OK)
        return refuse(ctx, INVALID, "accounting.day", T_accounting_day_wrong);
    enum status done = budget_programme_years_read(ctx->arena, ctx->language, web_text(request, "years"),
                                                   &programme.years, &programme.count);
    if (done != OK)
        return refuse(ctx, INVALID, "accounting.programme", T_accounting_programme_words);
    return budget_programme_record(ctx, &programme, faults);
}

enum status budget_programme_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    enum status done = record(ctx, request, faults);
    if (done == INVALID)
        return show(ctx, request, response, faults->found > 0 ? T_none : ctx->failure.sentence, faults);
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(done);
    return web_redirect(ctx, response, "/accounting/programmes");
}
