/* The inventory of a budget in a year, what waits to be in it, and the year's depreciation; one asset with its plan. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/asset/item.h"
#include "service/accounting/asset/item_sql.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_form.h"
#include "service/accounting/story/story_view.h"

static struct str path_of(struct ctx *ctx, const struct credit_year *year, int64_t item, const char *rest)
{
    return str_format(ctx->arena, "/accounting/years/%lld/%d/assets/%lld%s", (long long)year->budget, year->year,
                      (long long)item, rest);
}

/* ---- the list ---- */

static enum status item_row(struct spend_view *view, struct spend_page_table *table, const struct credit_year *year,
                            const struct item *item, const struct item_year *sums)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table_row *row = spend_row(view, table, item->number, path_of(ctx, year, item->id, ""));
    if (row == NULL)
        return LIMIT;
    spend_cell(row, item->label, SPEND_TEXT);
    spend_cell(row, item->nature, SPEND_OPTIONAL);
    spend_cell(row, spend_day(ctx, item->commissioned), SPEND_OPTIONAL);
    spend_cell(row, page_money(ctx, item->cost), SPEND_NUMBER);
    spend_cell(row, page_money(ctx, sums->charge), SPEND_NUMBER);
    spend_cell(row, item->gone.days != 0 ? spend_day(ctx, item->gone) : page_money(ctx, sums->left),
               SPEND_NUMBER);
    return OK;
}

static enum status begin_items(struct spend_view *view, const struct credit_year *year, size_t count,
                               struct spend_page_table **ret_table)
{
    TRY(spend_table(view, "assets", T_accounting_assets, T_accounting_assets_none, count + 1, ret_table));
    spend_head(view, *ret_table, T_accounting_asset_number, SPEND_TEXT);
    spend_head(view, *ret_table, T_accounting_asset_label, SPEND_TEXT);
    spend_head(view, *ret_table, T_accounting_account, SPEND_OPTIONAL);
    spend_head(view, *ret_table, T_accounting_asset_commissioned, SPEND_OPTIONAL);
    spend_head(view, *ret_table, T_accounting_asset_cost, SPEND_NUMBER);
    spend_head(view, *ret_table, T_accounting_asset_charge, SPEND_NUMBER);
    spend_head(view, *ret_table, T_accounting_asset_left, SPEND_NUMBER);
    (void)year;
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
    TRY(begin_items(view, year, count, &table));
    for (size_t i = 0; i < count; i++) {
        TRY(item_year(&items[i], year->year, faults, &sums));
        TRY(item_row(view, table, year, &items[i], &sums));
        TRY(money_add(&charge, sums.charge));
        if (items[i].gone.days != 0)
            continue;
        TRY(money_add(&cost, items[i].cost));
        TRY(money_add(&left, sums.left));
    }
    if (count < 2)
        return OK;
    struct spend_page_table_row *row =
        spend_row(view, table, text_of(ctx->language, T_accounting_assets_sum), STR(""));
    if (row == NULL)
        return LIMIT;
    spend_cell(row, STR(""), SPEND_TEXT);
    spend_cell(row, STR(""), SPEND_OPTIONAL);
    spend_cell(row, STR(""), SPEND_OPTIONAL);
    spend_cell(row, page_money(ctx, cost), SPEND_NUMBER);
    spend_cell(row, page_money(ctx, charge), SPEND_NUMBER);
    spend_cell(row, page_money(ctx, left), SPEND_NUMBER);
    return OK;
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
    const struct text_arg number = TEXT_ARG("year", str_format(ctx->arena, "%d", year->year));
    TRY(item_charge_of(ctx, year, &sum, &piece));
    if (piece != 0)
        spend_fact(view, T_accounting_asset_charge, text_of(ctx->language, T_accounting_asset_run_done),
                   str_format(ctx->arena, "/accounting/pieces/%llu", (unsigned long long)piece));
    if (piece != 0 || sum.cents == 0 || !right_may(ctx, RIGHT_ORDER))
        return OK;
    const struct text_arg amount = TEXT_ARG("amount", page_money(ctx, sum));
    TRY(spend_action(view, "run", T_accounting_asset_charge, T_accounting_asset_run_go,
                     spend_path(ctx, year, "/assets/charge"), &action));
    action->title = text_with(ctx->arena, ctx->language, T_accounting_asset_run, &number, 1);
    action->has_text = true;
    action->text = text_with(ctx->arena, ctx->language, T_accounting_asset_run_text, &amount, 1);
    spend_field(view, action, "day", T_accounting_day, SPEND_DATE, spend_iso(ctx, ctx_today(ctx)), true);
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
    struct date day;
    unsigned char id[ENTRY_ID_BYTES];
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(spend_read_year(ctx, request, &year));
    TRY(spend_read_command(ctx, request, id));
    TRY(spend_read_day(ctx, request, "day", &day));
    return item_charge(ctx, &year, day, id, faults, ret_piece);
}

enum status item_charge_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    uint64_t piece = 0;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    enum status done = charge(ctx, request, faults, &piece);
    if (done == INVALID || (done == DENIED && faults->found > 0))
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

/* ---- one ---- */

static enum status add_plan(struct spend_view *view, const struct item *item, struct faults *faults)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct asset_plan *plan = arena_new(ctx->arena, struct asset_plan);
    struct sql_item_charges_row *charges;
    size_t count;
    if (plan == NULL)
        return LIMIT;
    TRY(item_plan(item, faults, plan));
    TRY(sql_item_charges(ctx->db, ctx->arena, (struct sql_item_charges){.asset = item->id}, &charges, &count));
    TRY(spend_table(view, "plan", T_accounting_asset_plan, T_accounting_asset_years_hint, plan->count, &table));
    spend_head(view, table, T_accounting_year, SPEND_TEXT);
    spend_head(view, table, T_accounting_asset_charge, SPEND_NUMBER);
    spend_head(view, table, T_accounting_asset_left, SPEND_NUMBER);
    spend_head(view, table, T_accounting_state, SPEND_TEXT);
    for (size_t i = 0; i < plan->count; i++) {
        uint64_t piece = 0;
        for (size_t c = 0; c < count; c++)
            if (charges[c].year == plan->years[i].year)
                piece = (uint64_t)charges[c].piece;
        struct str path = piece == 0 ? STR("") : str_format(ctx->arena, "/accounting/pieces/%llu",
                                                             (unsigned long long)piece);
        struct spend_page_table_row *row =
            spend_row(view, table, str_format(ctx->arena, "%d", plan->years[i].year), path);
        if (row == NULL)
            return LIMIT;
        spend_cell(row, page_money(ctx, plan->years[i].charge), SPEND_NUMBER);
        spend_cell(row, page_money(ctx, plan->years[i].left), SPEND_NUMBER);
        spend_cell_tag(row, piece == 0 ? STR("") : text_of(ctx->language, T_accounting_asset_recorded), SPEND_GOOD);
    }
    return OK;
}

static void add_facts(struct spend_view *view, const struct item *item)
{
    struct ctx *ctx = view->ctx;
    spend_fact(view, T_accounting_account, item->nature, STR(""));
    spend_fact(view, T_accounting_asset_commissioned, spend_day(ctx, item->commissioned), STR(""));
    spend_fact(view, T_accounting_asset_cost, page_money(ctx, item->cost), STR(""));
    spend_fact(view, T_accounting_asset_years, spend_number(ctx, (uint64_t)item->years), STR(""));
    spend_fact(view, T_accounting_asset_kind, item_kind_word(item->kind), STR(""));
    if (item->before_year != 0) {
        spend_fact(view, T_accounting_asset_before, page_money(ctx, item->before), STR(""));
        spend_fact(view, T_accounting_asset_before_year, str_format(ctx->arena, "%d", item->before_year), STR(""));
    }
    if (item->piece != 0)
        spend_fact(view, T_accounting_asset_piece, text_of(ctx->language, T_accounting_open),
                   str_format(ctx->arena, "/accounting/pieces/%llu", (unsigned long long)item->piece));
    spend_fact(view, T_accounting_asset_gone, spend_day(ctx, item->gone), STR(""));
    if (item->gone.days != 0)
        spend_fact(view, T_accounting_asset_price, page_money(ctx, item->price), STR(""));
}

static enum status add_leave(struct spend_view *view, const struct credit_year *year, const struct item *item)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    if (item->gone.days != 0 || !right_may(ctx, RIGHT_PREPARE))
        return OK;
    TRY(spend_action(view, "leave", T_accounting_asset_leave, T_accounting_asset_leave_go,
                     path_of(ctx, year, item->id, "/leave"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_asset_leave_text);
    action->is_main = false;
    spend_field(view, action, "day", T_accounting_asset_gone, SPEND_DATE, spend_iso(ctx, ctx_today(ctx)),
                true);
    spend_field(view, action, "price", T_accounting_asset_price, SPEND_MONEY, STR("0"), true);
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct credit_year *year, const struct item *item, const struct faults *faults)
{
    struct spend_view view;
    struct faults *looked = faults_new(ctx->arena);
    if (looked == NULL)
        return LIMIT;
    TRY(spend_begin(&view, ctx, request, year, SPEND_NOWHERE,
                    str_format(ctx->arena, "%.*s %.*s", STR_ARG(text_of(ctx->language, T_accounting_asset)),
                               STR_ARG(item->number))));
    spend_crumb(&view, spend_path(ctx, year, "/assets"), text_of(ctx->language, T_accounting_assets));
    TRY(spend_trouble(&view, faults));
    spend_stand(&view, item->label);
    add_facts(&view, item);
    TRY(add_plan(&view, item, looked));
    TRY(add_leave(&view, year, item));
    TRY(story_table(&view, STORY_ASSET, item->id, 0));
    return spend_end(&view, response);
}

static enum status asked(struct ctx *ctx, const struct web_request *request, struct credit_year *ret_year,
                         struct item *ret_item)
{
    int64_t id;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_year(ctx, request, ret_year));
    TRY(spend_read_number(request, 2, &id));
    TRY(item_get(ctx, id, ret_item));
    return ret_item->budget == ret_year->budget ? OK : NOT_FOUND;
}

enum status item_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct item item;
    TRY(asked(ctx, request, &year, &item));
    return show(ctx, request, response, &year, &item, NULL);
}

enum status item_leave_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct item item;
    struct date day;
    struct money price;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(asked(ctx, request, &year, &item));
    enum status done = spend_read_day(ctx, request, "day", &day);
    if (done == OK)
        done = spend_read_money(ctx, request, "price", &price);
    if (done == OK)
        done = item_leave(ctx, &item, day, price, faults);
    if (done == INVALID)
        return show(ctx, request, response, &year, &item, faults);
    TRY(done);
    struct str path = path_of(ctx, &year, item.id, "?saved=1");
    return web_redirect(ctx, response, "%.*s", STR_ARG(path));
}
