/* One asset with its plan: it leaves, and its sale is written. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/asset/item_sql.h"
#include "service/accounting/asset/item_view.h"
#include "service/accounting/internal/pair_kind.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_form.h"
#include "service/accounting/spend/spend_lines.h"
#include "service/accounting/story/story_view.h"

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
                   spend_piece_path(ctx, item->piece, ""));
    spend_fact(view, T_accounting_asset_gone, spend_day(ctx, item->gone), STR(""));
    if (item->gone.days != 0)
        spend_fact(view, T_accounting_asset_price_paid, page_money(ctx, item->price), STR(""));
}

static enum status add_leave(struct spend_view *view, const struct credit_year *year, const struct item *item)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    if (item->gone.days != 0 || !right_may(ctx, RIGHT_PREPARE))
        return OK;
    TRY(spend_action(view, "leave", T_accounting_asset_leave, T_accounting_asset_leave_go,
                     item_path(ctx, year, item->id, "/leave"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_asset_leave_text);
    action->is_main = false;
    spend_field(view, action, "day", T_accounting_asset_gone, SPEND_DATE, spend_iso(ctx, ctx_today(ctx)),
                true);
    spend_field(view, action, "price", T_accounting_asset_price, SPEND_MONEY, STR("0"), true);
    return OK;
}

static struct str price_words(struct ctx *ctx, const struct credit_year *year)
{
    struct str account = pair_account(year, STR("775"), CHART_REAL, CHART_RECEIPT);
    const struct text_arg arg = TEXT_ARG("account", account.len > 0 ? account : STR("775"));
    return text_with(ctx->arena, ctx->language, T_accounting_asset_sell_title, &arg, 1);
}

static enum status add_dispose_form(struct spend_view *view, const struct credit_year *year, const struct item *item,
                                    const struct item_disposal *disposal)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    bool is_loss = disposal->gain.cents < 0;
    struct money gain = {is_loss ? -disposal->gain.cents : disposal->gain.cents};
    const struct text_arg args[] = {
        TEXT_ARG("net", page_money(ctx, disposal->net)),
        TEXT_ARG("kind", text_of(ctx->language, is_loss ? T_accounting_asset_loss : T_accounting_asset_gain)),
        TEXT_ARG("gain", page_money(ctx, gain))};
    TRY(spend_action(view, "dispose", T_accounting_asset_dispose, T_accounting_asset_dispose_go,
                     item_path(ctx, year, item->id, "/dispose"), &action));
    action->has_text = true;
    action->text = text_with(ctx->arena, ctx->language, T_accounting_asset_dispose_text, args, 3);
    item_fields_order(view, action, item->gone);
    return OK;
}

/* The first mandat of a sale that was written; 0: none was. */
static enum status add_written(struct spend_view *view, uint64_t id)
{
    struct piece piece;
    if (id == 0)
        return OK;
    TRY(piece_get(view->ctx, id, &piece));
    spend_fact(view, T_accounting_asset_written,
               str_format(view->ctx->arena, "%.*s %u",
                          STR_ARG(text_of(view->ctx->language, T_accounting_kind_order)), piece.number),
               spend_piece_path(view->ctx, id, ""));
    return OK;
}

/* What its sale comes to, and what is to be done of it. */
static enum status add_dispose(struct spend_view *view, const struct credit_year *year, const struct item *item,
                               struct faults *faults)
{
    struct ctx *ctx = view->ctx;
    struct item_disposal disposal;
    bool is_open;
    if (item->gone.days == 0)
        return OK;
    TRY(item_disposal_of(ctx, item, faults, &disposal));
    spend_fact(view, T_accounting_asset_net, page_money(ctx, disposal.net), STR(""));
    if (item->price.cents == 0) {
        spend_fact(view, T_accounting_asset_disposed, text_of(ctx->language, T_accounting_asset_scrapped), STR(""));
        return OK;
    }
    TRY(spend_is_open(view, year, &is_open));
    if (is_open)
        spend_fact(view, T_accounting_asset_disposed, price_words(ctx, year), spend_path(ctx, year, "/title"));
    TRY(add_written(view, disposal.piece));
    return is_open && disposal.piece == 0 && right_may(ctx, RIGHT_ORDER)
               ? add_dispose_form(view, year, item, &disposal)
               : OK;
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
    TRY(add_dispose(&view, year, item, looked));
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
    struct str path = item_path(ctx, &year, item.id, "?saved=1");
    return web_redirect(ctx, response, "%.*s", STR_ARG(path));
}

static enum status dispose(struct ctx *ctx, const struct web_request *request, const struct credit_year *year,
                           const struct item *item, struct faults *faults, uint64_t *ret_piece)
{
    struct item_order order;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(item_read_order(ctx, request, &order));
    return item_dispose(ctx, year, item, &order, faults, ret_piece);
}

enum status item_dispose_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct item item;
    uint64_t piece = 0;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(asked(ctx, request, &year, &item));
    enum status done = dispose(ctx, request, &year, &item, faults, &piece);
    if (spend_is_refused(done, faults))
        return show(ctx, request, response, &year, &item, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/pieces/%llu?saved=1", (unsigned long long)piece);
}
