/* The accountant's file beside the town's account, on a page: uploaded, compared line by line, not kept. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/cfu/cfu.h"
#include "service/accounting/cfu/cfu_book.h"
#include "service/accounting/fault_say.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_view.h"

/* A page has a turn of the town: a longer file is the command's (`accounting reconcile-with`). */
enum { FILE_MAX = 8 << 20, TREE_MAX = 48 << 20, ROWS_MAX = 32 << 20, SHOWN_MAX = 500, FAULTS_SHOWN = 50 };

struct comparing {
    struct arena *tree, *rows; /* the file; what is made of it */
    struct cfu cfu;
    struct faults *faults;
    enum cfu_town from;
    struct budget_act act; /* of the town's own account, where it has one */
    struct cfu_part town;
    struct cfu_difference *differences;
    size_t count;
};

/* ---- compared ---- */

static enum status read_file(struct ctx *ctx, struct str bytes, struct comparing *comparing)
{
    struct xml *root;
    struct xml_fault fault = {0};
    if (bytes.len > FILE_MAX)
        return refuse(ctx, INVALID, "accounting.file_long", T_accounting_file_long);
    enum status done = bytes.len == 0 ? INVALID : xml_read(comparing->tree, bytes, &root, &fault);
    if (done == LIMIT)
        return refuse(ctx, INVALID, "accounting.file_long", T_accounting_file_long);
    if (done != OK)
        return refuse(ctx, INVALID, "accounting.not_cfu", T_accounting_not_cfu);
    done = cfu_read(comparing->rows, root, &comparing->cfu, comparing->faults);
    if (done == INVALID)
        return refuse(ctx, INVALID, "accounting.not_cfu", T_accounting_not_cfu);
    TRY(done);
    cfu_check(&comparing->cfu, comparing->faults);
    return OK;
}

static enum status town_lines(struct ctx *ctx, struct comparing *comparing)
{
    struct budget_line *lines;
    size_t count;
    TRY(cfu_town_lines(ctx, cfu_siret(&comparing->cfu), comparing->cfu.document.budgets[0].year, &comparing->from,
                       &comparing->act, &lines, &count));
    if (comparing->from == CFU_TOWN_NONE) {
        comparing->town = comparing->cfu.town;
        return OK;
    }
    comparing->town.lines = arena_array(comparing->rows, struct cfu_line, count + 1);
    if (comparing->town.lines == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        struct cfu_line *line = &comparing->town.lines[comparing->town.count++];
        *line = (struct cfu_line){.section = lines[i].section, .direction = lines[i].direction,
                                  .is_order = lines[i].kind != CHART_REAL, .done = lines[i].amounts[DOCBUDG_DONE]};
        cfu_line_set(line, lines[i].nature, lines[i].operation, lines[i].group_chapter);
    }
    return OK;
}

static enum status compare(struct ctx *ctx, struct str bytes, struct comparing *comparing)
{
    TRY(read_file(ctx, bytes, comparing));
    TRY(town_lines(ctx, comparing));
    return cfu_reconcile(comparing->rows, comparing->town, comparing->cfu.accountant, &comparing->differences,
                         &comparing->count);
}

/* ---- shown ---- */

static enum status difference_row(struct spend_view *view, struct spend_page_table *table,
                                  const struct cfu_difference *difference)
{
    struct ctx *ctx = view->ctx;
    const struct cfu_line *line = &difference->line;
    struct str name = line->nature.len > 0 ? line->nature : line->chapter;
    struct spend_page_table_row *row = spend_row(view, table, str_copy(ctx->arena, name), STR(""));
    if (row == NULL)
        return LIMIT;
    spend_cell(row, line->section == CHART_NO_SECTION ? STR("")
                                                      : budget_part_title(ctx, line->section, line->direction),
               SPEND_TEXT);
    spend_cell(row, str_copy(ctx->arena, line->chapter.len > 0 ? line->chapter : line->operation), SPEND_OPTIONAL);
    spend_cell(row, page_money(ctx, line->done), SPEND_NUMBER);
    spend_cell(row, page_money(ctx, difference->accountant), SPEND_NUMBER);
    spend_cell(row, budget_difference(ctx, line->done, difference->accountant), SPEND_NUMBER);
    return OK;
}

static enum status add_differences(struct spend_view *view, const struct comparing *comparing)
{
    struct spend_page_table *table;
    size_t shown = comparing->count < SHOWN_MAX ? comparing->count : SHOWN_MAX;
    TRY(spend_table(view, "differences", T_accounting_cfu_differences, T_accounting_cfu_same, shown, &table));
    spend_head(view, table, T_accounting_account, SPEND_TEXT);
    spend_head(view, table, T_accounting_section, SPEND_TEXT);
    spend_head(view, table, T_accounting_chapter, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_cfu_town, SPEND_NUMBER);
    spend_head(view, table, T_accounting_cfu_accountant, SPEND_NUMBER);
    spend_head(view, table, T_accounting_difference, SPEND_NUMBER);
    for (size_t i = 0; i < shown; i++)
        TRY(difference_row(view, table, &comparing->differences[i]));
    return OK;
}

static enum status add_faults(struct spend_view *view, const struct faults *faults)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    size_t shown = faults->count < FAULTS_SHOWN ? faults->count : FAULTS_SHOWN;
    if (shown == 0)
        return OK;
    TRY(spend_table(view, "faults", T_accounting_cfu_faults, T_accounting_nothing, shown, &table));
    spend_head(view, table, T_accounting_number, SPEND_TEXT);
    spend_head(view, table, T_accounting_note, SPEND_TEXT);
    for (size_t i = 0; i < shown; i++) {
        struct spend_page_table_row *row = spend_row(view, table, spend_number(ctx, i + 1), STR(""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, str_copy(ctx->arena, fault_say(ctx, &faults->kept[i])), SPEND_TEXT);
    }
    return OK;
}

static enum status add_answer(struct spend_view *view, const struct comparing *comparing)
{
    struct ctx *ctx = view->ctx;
    if (comparing->from == CFU_TOWN_ACT)
        spend_fact(view, T_accounting_cfu_with, budget_act_name(ctx, &comparing->act),
                   budget_act_path(ctx, comparing->act.id, ""));
    else
        spend_fact(view, T_accounting_cfu_with,
                   text_of(ctx->language, comparing->from == CFU_TOWN_BOOK ? T_accounting_cfu_with_book
                                                                           : T_accounting_cfu_with_itself), STR(""));
    spend_fact(view, T_accounting_siret, str_copy(ctx->arena, cfu_siret(&comparing->cfu)), STR(""));
    spend_fact(view, T_accounting_year, str_format(ctx->arena, "%d", comparing->cfu.document.budgets[0].year),
               STR(""));
    TRY(add_differences(view, comparing));
    return add_faults(view, comparing->faults);
}

/* Years of the book, each with the account it makes. */
static enum status add_years(struct spend_view *view)
{
    enum { YEARS_SHOWN = 20 };
    struct ctx *ctx = view->ctx;
    struct credit_year *years;
    size_t count;
    TRY(credit_years(ctx, &years, &count));
    view->page.more_title = text_of(ctx->language, T_accounting_cfu_book);
    for (size_t i = 0; i < count && i < YEARS_SHOWN; i++)
        spend_more(view, spend_path(ctx, &years[i], "/account"),
                   str_format(ctx->arena, "%.*s %d", STR_ARG(years[i].label), years[i].year));
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct comparing *comparing, const struct faults *faults)
{
    struct spend_view view;
    struct spend_page_action *action;
    TRY(spend_begin(&view, ctx, request, NULL, SPEND_NOWHERE, text_of(ctx->language, T_accounting_cfu)));
    TRY(spend_trouble(&view, faults));
    TRY(spend_action(&view, "cfu", T_accounting_cfu_file, T_accounting_cfu_go, STR("/accounting/cfu"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_cfu_text);
    spend_field(&view, action, "file", T_accounting_cfu_file, SPEND_FILE, STR(""), true);
    if (comparing != NULL)
        TRY(add_answer(&view, comparing));
    TRY(add_years(&view));
    return spend_end(&view, response);
}

enum status cfu_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    TRY(right_need(ctx, RIGHT_READ));
    return show(ctx, request, response, NULL, NULL);
}

enum status cfu_compare_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX), *rows ARENA_SCOPE = arena_create(ROWS_MAX);
    struct comparing *comparing = arena_new(ctx->arena, struct comparing);
    if (comparing == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_READ));
    *comparing = (struct comparing){.tree = tree, .rows = rows, .faults = faults_new(rows)};
    if (comparing->faults == NULL)
        return LIMIT;
    enum status done = compare(ctx, web_text(request, "file"), comparing);
    if (done == INVALID)
        return show(ctx, request, response, NULL, comparing->faults);
    TRY(done);
    return show(ctx, request, response, comparing, NULL);
}
