/* The account of a year on a page: what the book makes of it line by line, its document, its vote. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/budget/budget_result.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/cfu/cfu_book.h"
#include "service/accounting/fault_say.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_view.h"

enum { DIRECTIONS = 2, FAULTS_SHOWN = 50 };

/* ---- its lines ---- */

static enum status add_cells(struct spend_view *view, struct spend_page_table_row *row,
                             const struct cfu_book_line *line)
{
    struct ctx *ctx = view->ctx;
    struct money issued = line->issued, unused;
    TRY(money_take(&issued, line->cancelled));
    TRY(cfu_book_unused(&line->line, &unused));
    spend_cell(row, page_money(ctx, line->line.amounts[DOCBUDG_OPEN]), SPEND_OPTIONAL_NUMBER);
    spend_cell(row, page_money(ctx, issued), SPEND_NUMBER);
    spend_cell(row, page_money(ctx, line->attached), SPEND_OPTIONAL_NUMBER);
    spend_cell(row, page_money(ctx, line->line.amounts[DOCBUDG_LEFT]), SPEND_OPTIONAL_NUMBER);
    spend_cell(row, page_money(ctx, unused), SPEND_NUMBER);
    return OK;
}

static enum status add_line(struct spend_view *view, struct spend_page_table *table, const struct cfu_book_line *line)
{
    const struct budget_line *of = &line->line;
    struct str name = str_format(view->ctx->arena, "%.*s%s%.*s%s%.*s", STR_ARG(of->nature),
                                 of->function.len > 0 ? " · " : "", STR_ARG(of->function),
                                 of->operation.len > 0 ? " · " : "", STR_ARG(of->operation));
    struct spend_page_table_row *row = spend_row(view, table, name, STR(""));
    if (row == NULL)
        return LIMIT;
    spend_cell(row, of->group_chapter, SPEND_OPTIONAL);
    return add_cells(view, row, line);
}

static enum status add_sum(struct spend_view *view, struct spend_page_table *table, const struct cfu_book_line *sum)
{
    struct spend_page_table_row *row =
        spend_row(view, table, text_of(view->ctx->language, T_accounting_cfu_book_total), STR(""));
    if (row == NULL)
        return LIMIT;
    row->is_sum = true;
    spend_cell(row, STR(""), SPEND_OPTIONAL);
    return add_cells(view, row, sum);
}

static enum status sum_up(struct cfu_book_line *sum, const struct cfu_book_line *line)
{
    TRY(money_add(&sum->issued, line->issued));
    TRY(money_add(&sum->attached, line->attached));
    TRY(money_add(&sum->cancelled, line->cancelled));
    for (size_t i = 0; i < DOCBUDG_AMOUNTS; i++)
        TRY(money_add(&sum->line.amounts[i], line->line.amounts[i]));
    return OK;
}

static enum status add_part(struct spend_view *view, const struct cfu_book *book, const struct budget_total *total)
{
    static const char *const ids[CFU_BOOK_TOTALS] = {"df", "rf", "di", "ri"};
    struct spend_page_table *table;
    struct cfu_book_line sum = {.line = {.nature = STR("")}};
    TRY(spend_table(view, ids[total->section * DIRECTIONS + total->direction], T_accounting_account,
                    T_accounting_no_credits, (size_t)total->lines + 1, &table));
    table->caption = budget_part_title(view->ctx, total->section, total->direction);
    spend_head(view, table, T_accounting_account, SPEND_TEXT);
    spend_head(view, table, T_accounting_chapter, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_opened, SPEND_OPTIONAL_NUMBER);
    spend_head(view, table, T_accounting_cfu_book_issued, SPEND_NUMBER);
    spend_head(view, table, T_accounting_cfu_book_attached, SPEND_OPTIONAL_NUMBER);
    spend_head(view, table, T_accounting_cfu_book_left, SPEND_OPTIONAL_NUMBER);
    spend_head(view, table, T_accounting_cfu_book_unused, SPEND_NUMBER);
    for (size_t i = 0; i < book->count; i++) {
        const struct budget_line *line = &book->lines[i].line;
        if (line->section != total->section || line->direction != total->direction)
            continue;
        TRY(add_line(view, table, &book->lines[i]));
        TRY(sum_up(&sum, &book->lines[i]));
    }
    return total->lines > 0 ? add_sum(view, table, &sum) : OK;
}

/* ---- what it comes to ---- */

static enum status add_results(struct spend_view *view, const struct cfu_book *book)
{
    const enum text_key names[RESULT_SECTIONS] = {T_accounting_results_functioning, T_accounting_results_investment};
    struct ctx *ctx = view->ctx;
    struct budget_result result;
    struct spend_page_table *table;
    TRY(budget_result_of(book->totals, CFU_BOOK_TOTALS, &result));
    TRY(spend_table(view, "results", T_accounting_close_results, T_accounting_no_moves, RESULT_SECTIONS, &table));
    spend_head(view, table, T_accounting_section, SPEND_TEXT);
    spend_head(view, table, T_accounting_receipt, SPEND_OPTIONAL_NUMBER);
    spend_head(view, table, T_accounting_expense, SPEND_OPTIONAL_NUMBER);
    spend_head(view, table, T_accounting_close_result, SPEND_NUMBER);
    for (int i = 0; i < RESULT_SECTIONS; i++) {
        struct spend_page_table_row *row = spend_row(view, table, text_of(ctx->language, names[i]), STR(""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, page_money(ctx, result.done[i][CHART_RECEIPT]), SPEND_OPTIONAL_NUMBER);
        spend_cell(row, page_money(ctx, result.done[i][CHART_EXPENSE]), SPEND_OPTIONAL_NUMBER);
        spend_cell(row, page_money(ctx, result.balance[i]), SPEND_NUMBER);
    }
    return OK;
}

/* ---- its document ---- */

static enum status add_faults(struct spend_view *view, const struct budget_act *act)
{
    struct ctx *ctx = view->ctx;
    struct faults *faults = faults_new(ctx->arena);
    struct spend_page_table *table;
    if (faults == NULL)
        return LIMIT;
    enum status done = budget_draft_check(ctx, act, ctx_today(ctx), faults);
    if (done != OK && done != INVALID)
        return done;
    size_t shown = faults->count < FAULTS_SHOWN ? faults->count : FAULTS_SHOWN;
    if (shown == 0)
        return OK;
    TRY(spend_table(view, "faults", T_accounting_cfu_faults, T_accounting_nothing, shown, &table));
    spend_head(view, table, T_accounting_note, SPEND_TEXT);
    for (size_t i = 0; i < shown; i++)
        if (spend_row(view, table, fault_say(view->ctx, &faults->kept[i]), STR("")) == NULL)
            return LIMIT;
    return OK;
}

static enum status add_document(struct spend_view *view, const struct cfu_book *book, const struct budget_act *act)
{
    struct ctx *ctx = view->ctx;
    bool is_said;
    spend_fact(view, T_accounting_cfu_book_kept, budget_act_name(ctx, act), budget_act_path(ctx, act->id, ""));
    spend_link(view, budget_act_path(ctx, act->id, "/docbudg.xml"), T_accounting_cfu_book_xml);
    spend_link(view, budget_act_path(ctx, act->id, "/lines.ods"), T_accounting_cfu_book_sheet);
    spend_link(view, budget_act_path(ctx, act->id, "/budget.pdf"), T_accounting_cfu_book_print);
    TRY(cfu_book_is_said(ctx, book, act->id, &is_said));
    if (!is_said)
        spend_fact(view, T_accounting_note, text_of(ctx->language, T_accounting_cfu_book_changed), STR(""));
    return act->is_draft ? add_faults(view, act) : OK;
}

static enum status add_actions(struct spend_view *view, const struct credit_year *year, const struct cfu_book *book,
                               const struct budget_act *act)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    if (!right_may(ctx, RIGHT_PREPARE) || (act != NULL && !act->is_draft))
        return OK;
    TRY(spend_action(view, "make", T_accounting_cfu_book_make, T_accounting_cfu_book_make,
                     spend_path(ctx, year, "/account"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_cfu_book_make_text);
    if (act == NULL || !book->is_closed)
        return OK;
    TRY(spend_action(view, "vote", T_accounting_cfu_book_vote, T_accounting_cfu_book_vote_go,
                     spend_path(ctx, year, "/account/vote"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_cfu_book_vote_text);
    spend_field(view, action, "day", T_accounting_day, SPEND_DATE, STR(""), true);
    return OK;
}

/* ---- the page ---- */

static void add_head(struct spend_view *view, const struct credit_year *year, const struct cfu_book *book)
{
    struct ctx *ctx = view->ctx;
    spend_stand(view, text_of(ctx->language, book->is_closed ? T_accounting_cfu_book_closed
                                                             : T_accounting_cfu_book_provisional));
    if (!book->is_closed)
        spend_tag(view, T_accounting_cfu_book_draft, SPEND_PLAIN);
    spend_fact(view, T_accounting_siret, year->siret, STR(""));
    spend_fact(view, T_accounting_nomenclature, year->nomenclature, STR(""));
    if (!book->is_list_signed)
        spend_fact(view, T_accounting_remains_title, text_of(ctx->language, T_accounting_cfu_book_unsigned),
                   spend_path(ctx, year, "/remains"));
    spend_fact(view, T_accounting_cfu, text_of(ctx->language, T_accounting_cfu_go), STR("/accounting/cfu"));
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct credit_year *year, const struct faults *faults)
{
    struct spend_view view;
    struct cfu_book book;
    struct budget_act act;
    TRY(cfu_book_read(ctx, year, &book));
    TRY(spend_begin(&view, ctx, request, year, SPEND_NOWHERE, text_of(ctx->language, T_accounting_cfu_book)));
    TRY(spend_trouble(&view, faults));
    add_head(&view, year, &book);
    enum status done = cfu_book_act(ctx, year->siret, year->year, &act);
    if (done != OK && done != NOT_FOUND)
        return done;
    TRY(add_results(&view, &book));
    for (int i = 0; i < CFU_BOOK_TOTALS; i++)
        TRY(add_part(&view, &book, &book.totals[i]));
    if (done == OK)
        TRY(add_document(&view, &book, &act));
    TRY(add_actions(&view, year, &book, done == OK ? &act : NULL));
    return spend_end(&view, response);
}

enum status cfu_book_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_year(ctx, request, &year));
    return show(ctx, request, response, &year, NULL);
}

static enum status go_on(struct ctx *ctx, struct web_response *response, const struct credit_year *year)
{
    return web_redirect(ctx, response, "/accounting/years/%lld/%d/account?saved=1", (long long)year->budget,
                        year->year);
}

enum status cfu_book_make_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct cfu_book book;
    int64_t act;
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(spend_read_year(ctx, request, &year));
    TRY(cfu_book_read(ctx, &year, &book));
    TRY(cfu_book_keep(ctx, &year, &book, &act));
    return go_on(ctx, response, &year);
}

/* What is voted is what the book says now. */
enum status cfu_book_vote_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct cfu_book book;
    struct budget_act act;
    struct date day;
    bool is_said;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(spend_read_year(ctx, request, &year));
    TRY(cfu_book_act(ctx, year.siret, year.year, &act));
    TRY(cfu_book_read(ctx, &year, &book));
    TRY(cfu_book_is_said(ctx, &book, act.id, &is_said));
    enum status done = is_said ? spend_read_day(ctx, request, "day", &day)
                               : refuse(ctx, INVALID, "accounting.cfu_book_changed", T_accounting_cfu_book_changed);
    if (done == OK)
        done = budget_draft_vote(ctx, &act, day, faults);
    if (done == INVALID)
        return show(ctx, request, response, &year, faults);
    TRY(done);
    return go_on(ctx, response, &year);
}
