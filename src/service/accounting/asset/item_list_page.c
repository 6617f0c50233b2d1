/* The inventory of a budget in a year, what waits to be in it, and the year's depreciation. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/asset/item_view.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_form.h"
#include "service/accounting/spend/spend_lines.h"

enum { SHOWN_MAX = 1000 };

/* With the day it left, where it did. */
static struct str label_words(struct ctx *ctx, const struct item *item)
{
    if (item->gone.days == 0)
        return item->label;
    return str_format(ctx->arena, "%.*s · %.*s %.*s", STR_ARG(item->label),
                      STR_ARG(text_of(ctx->language, T_accounting_asset_gone)), STR_ARG(spend_day(ctx, item->gone)));
}

static enum status item_row(struct spend_view *view, struct spend_page_table *table, const struct credit_year *year,
                            const struct item *item, const struct item_year *sums)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table_row *row = spend_row(view, table, item->number, item_path(ctx, year, item->id, ""));
    if (row == NULL)
        return LIMIT;
    spend_cell(row, label_words(ctx, item), SPEND_TEXT);
    spend_cell(row, item->nature, SPEND_OPTIONAL);
    spend_cell(row, spend_day(ctx, item->commissioned), SPEND_OPTIONAL);
    spend_cell(row, page_money(ctx, item->cost), SPEND_OPTIONAL_NUMBER);
    spend_cell(row, page_money(ctx, sums->charge), SPEND_OPTIONAL_NUMBER);
    spend_cell(row, page_money(ctx, item->gone.days != 0 ? (struct money){0} : sums->left), SPEND_NUMBER);
    return OK;
}

static enum status begin_items(struct spend_view *view, size_t count, struct spend_page_table **ret_table)
{
    const struct text_arg more = NUMBER_ARG("count", (int64_t)count - SHOWN_MAX);
    size_t shown = count < SHOWN_MAX ? count : SHOWN_MAX;
    TRY(spend_table(view, "assets", T_accounting_assets, T_accounting_assets_none, shown + 1, ret_table));
    if (count > SHOWN_MAX)
        spend_note(*ret_table, text_with(view->ctx->arena, view->ctx->language, T_accounting_assets_more, &more, 1));
    spend_head(view, *ret_table, T_accounting_asset_number, SPEND_TEXT);
    spend_head(view, *ret_table, T_accounting_asset_label, SPEND_TEXT);
    spend_head(view, *ret_table, T_accounting_account, SPEND_OPTIONAL);
    spend_head(view, *ret_table, T_accounting_asset_commissioned, SPEND_OPTIONAL);
    spend_head(view, *ret_table, T_accounting_asset_cost, SPEND_OPTIONAL_NUMBER);
    spend_head(view, *ret_table, T_accounting_asset_charge, SPEND_OPTIONAL_NUMBER);
    spend_head(view, *ret_table, T_accounting_asset_left, SPEND_NUMBER);
    return OK;
}

static enum status add_sums(struct spend_view *view, struct spend_page_table *table, struct money cost,
                            struct money charge, struct money left)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table_row *row =
        spend_row(view, table, text_of(ctx->language, T_accounting_assets_sum), STR(""));
    if (row == NULL)
        return LIMIT;
    row->is_sum = true;
    spend_cell(row, STR(""), SPEND_TEXT);
    spend_cell(row, STR(""), SPEND_OPTIONAL);
    spend_cell(row, STR(""), SPEND_OPTIONAL);
    spend_cell(row, page_money(ctx, cost), SPEND_OPTIONAL_NUMBER);
    spend_cell(row, page_money(ctx, charge), SPEND_OPTIONAL_NUMBER);
    spend_cell(row, page_money(ctx, left), SPEND_NUMBER);
    return OK;
}

static enum status add_items(struct spend_view *view, const struct credit_year *year, struct faults *faults)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct item *items;
    struct item_year sums;
    struct money cost = {0}, charge = {0}, left = {0};
    size_t count;
    TRY(item_list(ctx, year->budget, &items, &count));
    TRY(begin_items(view, count, &table));
    for (size_t i = 0; i < count; i++) {
        TRY(item_year(&items[i], year->year, faults, &sums));
        if (i < SHOWN_MAX)
            TRY(item_row(view, table, year, &items[i], &sums));
        TRY(money_add(&charge, sums.charge));
        if (items[i].gone.days != 0)
            continue;
        TRY(money_add(&cost, items[i].cost));
        TRY(money_add(&left, sums.left));
    }
    return count < 2 ? OK : add_sums(view, table, cost, charge, left);
}

/* Each leads to a form that is filled from its mandat. */
static enum status add_waiting(struct spend_view *view, const struct credit_year *year)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct item_waiting *all;
    size_t count;
    TRY(item_waiting(ctx, year->budget, year->year, &all, &count));
    if (count == 0)
        return OK;
    TRY(spend_table(view, "waiting", T_accounting_asset_waiting, T_accounting_nothing, count, &table));
    spend_head(view, table, T_accounting_kind_order, SPEND_TEXT);
    spend_head(view, table, T_accounting_object, SPEND_TEXT);
    spend_head(view, table, T_accounting_party, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_account, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_amount, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct str path = str_format(ctx->arena, "%.*s?piece=%llu", STR_ARG(spend_path(ctx, year, "/asset")),
                                     (unsigned long long)all[i].piece);
        struct spend_page_table_row *row = spend_row(view, table, spend_number(ctx, all[i].number), path);
        if (row == NULL)
            return LIMIT;
        spend_cell(row, all[i].object, SPEND_TEXT);
        spend_cell(row, all[i].party, SPEND_OPTIONAL);
        spend_cell(row, all[i].nature, SPEND_OPTIONAL);
        spend_cell(row, page_money(ctx, all[i].amount), SPEND_NUMBER);
    }
    return OK;
}

static enum status add_run(struct spend_view *view, const struct credit_year *year)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    struct money sum;
    uint64_t piece;
    bool is_open;
    const struct text_arg number = TEXT_ARG("year", str_format(ctx->arena, "%d", year->year));
    TRY(item_charge_of(ctx, year, &sum, &piece));
    if (piece != 0)
        spend_fact(view, T_accounting_asset_charge, text_of(ctx->language, T_accounting_asset_run_done),
                   spend_piece_path(ctx, piece, ""));
    if (piece != 0 || sum.cents == 0 || !right_may(ctx, RIGHT_ORDER))
        return OK;
    TRY(spend_is_open(view, year, &is_open));
    if (!is_open)
        return OK;
    const struct text_arg amount = TEXT_ARG("amount", page_money(ctx, sum));
    TRY(spend_action(view, "run", T_accounting_asset_charge, T_accounting_asset_run_go,
                     spend_path(ctx, year, "/assets/charge"), &action));
    action->title = text_with(ctx->arena, ctx->language, T_accounting_asset_run, &number, 1);
    action->has_text = true;
    action->text = text_with(ctx->arena, ctx->language, T_accounting_asset_run_text, &amount, 1);
    item_fields_order(view, action, ctx_today(ctx));
    return OK;
}

static enum status add_import(struct spend_view *view, const struct credit_year *year)
{
    struct spend_page_action *action;
    TRY(spend_action(view, "import", T_accounting_asset_import, T_accounting_asset_import_go,
                     spend_path(view->ctx, year, "/assets/import"), &action));
    action->has_text = true;
    action->text = text_of(view->ctx->language, T_accounting_asset_import_text);
    action->is_main = false;
    spend_field(view, action, "file", T_accounting_loan_file, SPEND_FILE, STR(""), true);
    spend_field(view, action, "count", T_accounting_asset_import_count, SPEND_WORDS, STR(""), true);
    spend_field(view, action, "sum", T_accounting_asset_import_sum, SPEND_MONEY, STR(""), true);
    return OK;
}

static enum status show_list(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                             const struct faults *faults)
{
    struct credit_year year;
    struct spend_view view;
    struct faults *looked = faults_new(ctx->arena);
    if (looked == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_year(ctx, request, &year));
    TRY(spend_begin(&view, ctx, request, &year, SPEND_NOWHERE, text_of(ctx->language, T_accounting_assets)));
    TRY(spend_trouble(&view, faults));
    spend_stand(&view, text_of(ctx->language, T_accounting_assets_text));
    if (right_may(ctx, RIGHT_PREPARE))
        spend_link(&view, spend_path(ctx, &year, "/asset"), T_accounting_asset_new);
    spend_link(&view, spend_path(ctx, &year, "/assets.csv"), T_accounting_asset_csv);
    spend_link(&view, spend_path(ctx, &year, "/patrimoine.csv"), T_accounting_asset_annex);
    TRY(add_run(&view, &year));
    TRY(add_waiting(&view, &year));
    TRY(add_items(&view, &year, looked));
    if (right_may(ctx, RIGHT_PREPARE))
        TRY(add_import(&view, &year));
    return spend_end(&view, response);
}

enum status item_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show_list(ctx, request, response, NULL);
}

/* ---- what the list does ---- */

static enum status charge(struct ctx *ctx, const struct web_request *request, struct faults *faults,
                          uint64_t *ret_piece)
{
    struct credit_year year;
    struct item_order order;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(spend_read_year(ctx, request, &year));
    TRY(item_read_order(ctx, request, &order));
    return item_charge(ctx, &year, &order, faults, ret_piece);
}

enum status item_charge_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    uint64_t piece = 0;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    enum status done = charge(ctx, request, faults, &piece);
    if (spend_is_refused(done, faults))
        return show_list(ctx, request, response, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/pieces/%llu?saved=1", (unsigned long long)piece);
}

static enum status import(struct ctx *ctx, const struct web_request *request, const struct credit_year *year,
                          struct faults *faults)
{
    struct money sum;
    int64_t count;
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(spend_read_money(ctx, request, "sum", &sum));
    if (str_to_i64(str_trim(web_text(request, "count")), &count) != OK)
        count = -1;
    return item_import(ctx, year, web_text(request, "file"), count, sum, faults);
}

enum status item_import_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(spend_read_year(ctx, request, &year));
    enum status done = import(ctx, request, &year, faults);
    if (done == INVALID)
        return show_list(ctx, request, response, faults);
    TRY(done);
    struct str path = spend_path(ctx, &year, "/assets?saved=1");
    return web_redirect(ctx, response, "%.*s", STR_ARG(path));
}
