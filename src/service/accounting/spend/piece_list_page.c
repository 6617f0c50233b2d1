/* Mandats and titres of a year: those in no bordereau to tick, all of them, and new ones without an engagement. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/listing/listing.h"
#include "service/accounting/spend/slip.h"
#include "service/accounting/spend/spend_lines.h"
#include "service/accounting/spend/spend_nature.h"
#include "service/accounting/spend/spend_parts.h"
#include "service/accounting/spend/title_least.h"
#include "service/accounting/spend/voucher.h"

/* ---- lists: those in no bordereau to tick, and all ---- */

/* Before they go into a bordereau. */
static enum status say_missing(struct spend_view *view, const struct piece *pieces, size_t count)
{
    struct str kinds[VOUCHER_WANTED_MAX];
    size_t missing, lacking = 0;
    for (size_t i = 0; i < count; i++) {
        TRY(voucher_missing(view->ctx, &pieces[i], kinds, &missing));
        lacking += missing > 0;
    }
    struct text_arg number = NUMBER_ARG("count", (int64_t)lacking);
    if (lacking > 0)
        spend_stand(view, text_with(view->ctx->arena, view->ctx->language, T_accounting_documents_short_text, &number,
                                    1));
    return OK;
}

static enum status add_desk(struct spend_view *view, const struct credit_year *year, bool is_receipt, unsigned rights)
{
    struct spend_page_table *table;
    struct piece *pieces;
    size_t count;
    TRY(piece_list(view->ctx, year->budget, year->year, is_receipt, PIECES_WITHOUT_SLIP, &pieces, &count));
    TRY(spend_table(view, "desk", T_accounting_loose, T_accounting_no_loose, count, &table));
    table->has_ticks = count > 0 && (rights & RIGHT_ORDER) != 0;
    table->act = spend_path(view->ctx, year, is_receipt ? "/slip?receipt=1" : "/slip");
    table->button = text_of(view->ctx->language, T_accounting_slip_go);
    TRY(say_missing(view, pieces, count));
    return spend_pieces(view, table, pieces, count, SPEND_TICKS);
}

static enum status list(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        bool is_receipt, const struct faults *faults)
{
    struct credit_year year;
    struct spend_view view;
    struct spend_page_table *table;
    struct piece *pieces;
    size_t count;
    unsigned rights;
    bool is_open;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(right_held(ctx, &rights));
    TRY(spend_read_year(ctx, request, &year));
    TRY(spend_begin(&view, ctx, request, &year, is_receipt ? SPEND_TITLES : SPEND_ORDERS,
                    text_of(ctx->language, is_receipt ? T_accounting_tab_titles : T_accounting_tab_orders)));
    if (faults != NULL)
        TRY(spend_trouble(&view, faults));
    TRY(spend_is_open(&view, &year, &is_open));
    if (is_open && (rights & RIGHT_ORDER))
        spend_link(&view, spend_path(ctx, &year, is_receipt ? "/title" : "/order"),
                   is_receipt ? T_accounting_title_new : T_accounting_order_new);
    spend_link(&view, spend_path(ctx, &year, is_receipt ? "/suspense/received" : "/suspense/paid"),
               is_receipt ? T_accounting_suspense_received : T_accounting_suspense_paid);
    if (is_receipt) {
        spend_link(&view, spend_path(ctx, &year, "/batches"), T_accounting_batches);
        spend_link(&view, spend_path(ctx, &year, "/regies"), T_accounting_regies);
    }
    TRY(listing_links(&view, &year, is_receipt ? LISTING_TITLES : LISTING_ORDERS));
    TRY(add_desk(&view, &year, is_receipt, rights));
    TRY(piece_list(ctx, year.budget, year.year, is_receipt, PIECES_ALL, &pieces, &count));
    TRY(spend_table(&view, "all", is_receipt ? T_accounting_tab_titles : T_accounting_tab_orders,
                    T_accounting_no_pieces, count, &table));
    TRY(spend_pieces(&view, table, pieces, count, SPEND_NO_TICKS));
    return spend_end(&view, response);
}

enum status order_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return list(ctx, request, response, false, NULL);
}

enum status title_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return list(ctx, request, response, true, NULL);
}

/* ---- a bordereau of those that are ticked ---- */

enum status slip_make_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    size_t count;
    int64_t id = 0;
    uint64_t *pieces = arena_array(ctx->arena, uint64_t, SLIP_PIECES_MAX);
    struct faults *faults = faults_new(ctx->arena);
    if (pieces == NULL || faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(spend_read_year(ctx, request, &year));
    TRY(spend_read_ticks(request, pieces, SLIP_PIECES_MAX, &count));
    struct piece first = {.is_receipt = false};
    if (count > 0)
        TRY(piece_get(ctx, pieces[0], &first));
    enum status done = slip_make(ctx, &year, first.is_receipt, pieces, count, ctx_today(ctx), faults, &id);
    if (done == INVALID)
        return list(ctx, request, response, first.is_receipt, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/slips/%lld?saved=1", (long long)id);
}

/* ---- forms: a mandat without an engagement, a titre ---- */

static enum status show_form(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                             bool is_receipt, const struct faults *faults)
{
    struct credit_year year;
    struct spend_view view;
    struct spend_page_action *action;
    bool is_open;
    enum text_key title = is_receipt ? T_accounting_title_new : T_accounting_order_new;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(spend_read_year(ctx, request, &year));
    TRY(spend_begin(&view, ctx, request, &year, is_receipt ? SPEND_TITLES : SPEND_ORDERS,
                    text_of(ctx->language, title)));
    TRY(spend_trouble(&view, faults));
    TRY(spend_is_open(&view, &year, &is_open));
    if (!is_open)
        return spend_end(&view, response);
    TRY(spend_action(&view, "piece", title, is_receipt ? T_accounting_title_go : T_accounting_order_go,
                     spend_path(ctx, &year, is_receipt ? "/title" : "/order"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, is_receipt ? T_accounting_title_text : T_accounting_direct_text);
    spend_field(&view, action, "object", T_accounting_object, SPEND_WIDE, STR(""), true);
    TRY(spend_field_party(&view, action, STR(""), true));
    TRY(spend_fields_lines(&view, action, &year, is_receipt ? CHART_RECEIPT : CHART_EXPENSE,
                           year.recovers_tax ? T_accounting_amount_net : T_accounting_amount));
    if (year.recovers_tax)
        spend_field(&view, action, "tax", T_accounting_amount_tax, SPEND_MONEY, STR("0"), false);
    spend_field(&view, action, "day", T_accounting_day, SPEND_DATE, spend_iso(ctx, ctx_today(ctx)), true);
    TRY(spend_field_unit(&view, action, STR("")));
    if (!is_receipt)
        TRY(spend_field_nature(&view, action));
    if (is_receipt)
        spend_hint(&view,
                   spend_field(&view, action, "product", T_accounting_product, SPEND_WORDS, STR(""), true),
                   T_accounting_product_hint);
    return spend_end(&view, response);
}

/* Of all the lines together. */
static enum status read_tax(struct ctx *ctx, const struct web_request *request, struct imputation *lines, size_t count)
{
    struct money tax;
    if (str_trim(web_text(request, "tax")).len == 0)
        return OK;
    TRY(spend_read_money(ctx, request, "tax", &tax));
    return credit_share_tax(lines, count, tax);
}

static enum status make(struct ctx *ctx, const struct web_request *request, bool is_receipt, struct faults *faults,
                        uint64_t *ret_sequence)
{
    struct credit_year year;
    struct imputation lines[SPEND_LINES_MAX];
    unsigned char id[ENTRY_ID_BYTES];
    struct piece_order order = {.year = &year, .lines = lines, .kind = CHART_REAL,
                                .object = str_trim(web_text(request, "object")), .nature = STR(""), .type = STR("")};
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(spend_read_year(ctx, request, &year));
    TRY(spend_read_command(ctx, request, id));
    TRY(spend_read_lines(ctx, request, lines, &order.line_count));
    if (year.recovers_tax)
        TRY(read_tax(ctx, request, lines, order.line_count));
    TRY(spend_read_day(ctx, request, "day", &order.day));
    TRY(spend_read_party(ctx, request, &order.party));
    TRY(spend_read_unit(ctx, request, &order.unit));
    TRY(credit_functions(ctx, &year, lines, order.line_count, is_receipt ? CHART_RECEIPT : CHART_EXPENSE, faults));
    order.product = str_trim(web_text(request, "product"));
    if (is_receipt)
        TRY(title_is_enough(ctx, lines, order.line_count, order.day, faults));
    else
        TRY(spend_read_nature(request, faults, &order.nature));
    return is_receipt ? piece_title(ctx, &order, id, faults, ret_sequence)
                      : piece_order_direct(ctx, &order, id, faults, ret_sequence);
}

static enum status form_act(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                            bool is_receipt)
{
    uint64_t sequence = 0;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    if (spend_wants_line(request))
        return show_form(ctx, request, response, is_receipt, NULL);
    enum status done = make(ctx, request, is_receipt, faults, &sequence);
    if (spend_is_refused(done, faults))
        return show_form(ctx, request, response, is_receipt, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/pieces/%llu?saved=1", (unsigned long long)sequence);
}

enum status order_new_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show_form(ctx, request, response, false, NULL);
}

enum status title_new_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show_form(ctx, request, response, true, NULL);
}

enum status order_new_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return form_act(ctx, request, response, false);
}

enum status title_new_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return form_act(ctx, request, response, true);
}
