/* What is attached to a year, and what of the year before is reversed in it. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/close/attach.h"
#include "service/accounting/close/closing.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_form.h"
#include "service/accounting/figures/figure_kept.h"

static enum status add_facts(struct spend_view *view, const struct credit_year *year)
{
    struct ctx *ctx = view->ctx;
    struct figure people;
    struct date last;
    enum status done = figure_of(ctx, STR("attach.people"), date_of(year->year, 12, 31), &people);
    if (done != OK && done != NOT_FOUND)
        return done;
    if (done == OK) {
        const struct text_arg count = NUMBER_ARG("count", people.value);
        spend_fact(view, T_accounting_attach_threshold,
                   text_with(ctx->arena, ctx->language, T_accounting_attach_people, &count, 1), STR(""));
    }
    TRY(closing_last_day(ctx, year->year, &last));
    spend_fact(view, T_accounting_close_complementary, spend_day(ctx, last), STR(""));
    return OK;
}

/* ---- tables ---- */

static enum status add_undone(struct spend_view *view, const struct credit_year *year, bool may_order)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct attachable *list;
    size_t count;
    TRY(attach_list(ctx, year, &list, &count));
    TRY(spend_table(view, "undone", T_accounting_attach_list, T_accounting_attach_none, count, &table));
    table->has_ticks = may_order && count > 0;
    table->act = spend_path(ctx, year, "/attach");
    table->button = text_of(ctx->language, T_accounting_attach_go);
    spend_head(view, table, T_accounting_number, SPEND_TEXT);
    spend_head(view, table, T_accounting_object, SPEND_TEXT);
    spend_head(view, table, T_accounting_party, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_attach_to_do, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++) {
        const struct engagement *engagement = &list[i].engagement;
        struct spend_page_table_row *row =
            spend_row(view, table, spend_number(ctx, engagement->number),
                      str_format(ctx->arena, "/accounting/engagements/%llu",
                                 (unsigned long long)engagement->sequence));
        if (row == NULL)
            return LIMIT;
        if (may_order)
            spend_tick(view, row, engagement->sequence);
        spend_cell(row, engagement->object, SPEND_TEXT);
        spend_cell(row, engagement->party_name, SPEND_OPTIONAL);
        spend_cell(row, page_money(ctx, list[i].amount), SPEND_NUMBER);
    }
    return OK;
}

static struct str name_of(struct ctx *ctx, const struct piece *piece)
{
    enum text_key key = piece->is_receipt ? T_accounting_kind_title : T_accounting_kind_order;
    return str_format(ctx->arena, "%.*s %u", STR_ARG(text_of(ctx->language, key)), piece->number);
}

static enum status add_pieces(struct spend_view *view, struct spend_page_table *table, const struct piece *pieces,
                              size_t count)
{
    struct ctx *ctx = view->ctx;
    spend_head(view, table, T_accounting_number, SPEND_TEXT);
    spend_head(view, table, T_accounting_object, SPEND_TEXT);
    spend_head(view, table, T_accounting_party, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_amount, SPEND_NUMBER);
    spend_head(view, table, T_accounting_state, SPEND_TEXT);
    for (size_t i = 0; i < count; i++) {
        bool is_reversed = pieces[i].remains.cents == 0;
        struct spend_page_table_row *row =
            spend_row(view, table, name_of(ctx, &pieces[i]),
                      str_format(ctx->arena, "/accounting/pieces/%llu", (unsigned long long)pieces[i].sequence));
        if (row == NULL)
            return LIMIT;
        if (table->has_ticks)
            spend_tick(view, row, pieces[i].sequence);
        spend_cell(row, pieces[i].object, SPEND_TEXT);
        spend_cell(row, pieces[i].party_name, SPEND_OPTIONAL);
        spend_cell(row, page_money(ctx, pieces[i].amount), SPEND_NUMBER);
        spend_cell_tag(row, is_reversed ? text_of(ctx->language, T_accounting_attach_reversed) : STR(""), SPEND_GOOD);
    }
    return OK;
}

static enum status add_done(struct spend_view *view, const struct credit_year *year, bool may_order)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct piece *pieces;
    size_t count;
    TRY(attach_pieces(ctx, year->budget, year->year - 1, true, &pieces, &count));
    if (count > 0) {
        TRY(spend_table(view, "reverse", T_accounting_attach_to_reverse, T_accounting_no_pieces, count, &table));
        table->has_ticks = may_order;
        table->act = spend_path(ctx, year, "/attach/reverse");
        table->button = text_of(ctx->language, T_accounting_attach_reverse_go);
        TRY(add_pieces(view, table, pieces, count));
    }
    TRY(attach_pieces(ctx, year->budget, year->year, false, &pieces, &count));
    TRY(spend_table(view, "done", T_accounting_attach_done, T_accounting_no_pieces, count, &table));
    return add_pieces(view, table, pieces, count);
}

static enum status add_form(struct spend_view *view, const struct credit_year *year)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    TRY(spend_action(view, "title", T_accounting_attach_receipt, T_accounting_attach_receipt_go,
                     spend_path(ctx, year, "/attach/title"), &action));
    action->has_text = true;
    action->is_main = false;
    action->text = text_of(ctx->language, T_accounting_attach_receipt_text);
    spend_field(view, action, "object", T_accounting_object, SPEND_WIDE, STR(""), true);
    TRY(spend_field_party(view, action, STR(""), true));
    TRY(spend_fields_account(view, action, year, CHART_RECEIPT));
    spend_field(view, action, "amount", T_accounting_amount, SPEND_MONEY, STR(""), true);
    spend_hint(view, spend_field(view, action, "product", T_accounting_product, SPEND_WORDS, STR(""), true),
               T_accounting_product_hint);
    return OK;
}

/* ---- the page ---- */

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct credit_year *year, const struct faults *faults)
{
    struct spend_view view;
    unsigned rights;
    bool is_closed;
    TRY(right_held(ctx, &rights));
    TRY(book_is_closed(ctx, year->siret, year->year, &is_closed));
    bool may_order = (rights & RIGHT_ORDER) != 0 && !is_closed;
    bool is_over = ctx_today(ctx).days >= date_of(year->year, 12, 31).days; /* they bear that day */
    TRY(spend_begin(&view, ctx, request, year, SPEND_TABS, text_of(ctx->language, T_accounting_attach_title)));
    spend_crumb(&view, spend_path(ctx, year, "/close"), text_of(ctx->language, T_accounting_close_title));
    TRY(spend_trouble(&view, faults));
    spend_stand(&view, text_of(ctx->language, T_accounting_attach_text));
    TRY(add_facts(&view, year));
    TRY(add_undone(&view, year, may_order && is_over));
    TRY(add_done(&view, year, may_order));
    if (may_order && is_over)
        TRY(add_form(&view, year));
    return spend_end(&view, response);
}

enum status attach_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_year(ctx, request, &year));
    return show(ctx, request, response, &year, NULL);
}

static enum status answer(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                          const struct credit_year *year, const struct faults *faults, enum status done)
{
    if (spend_is_refused(done, faults))
        return show(ctx, request, response, year, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/years/%lld/%d/attach?saved=1", (long long)year->budget,
                        year->year);
}

/* Each that is ticked; those before one that is refused stand. */
typedef enum status each(struct ctx *ctx, const struct credit_year *year, uint64_t number, struct faults *faults);

static enum status act(struct ctx *ctx, const struct web_request *request, struct web_response *response, each *does)
{
    struct credit_year year;
    uint64_t ticks[ATTACH_STEP];
    size_t count;
    struct faults *faults = faults_new(ctx->arena);
    enum status done = OK;
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(spend_read_year(ctx, request, &year));
    TRY(spend_read_ticks(request, ticks, ATTACH_STEP, &count));
    for (size_t i = 0; i < count && done == OK; i++)
        done = does(ctx, &year, ticks[i], faults);
    return answer(ctx, request, response, &year, faults, done);
}

enum status attach_orders_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return act(ctx, request, response, attach_order);
}

static enum status reverse(struct ctx *ctx, const struct credit_year *year, uint64_t piece, struct faults *faults)
{
    return attach_reverse(ctx, year, piece, ctx_today(ctx), faults);
}

enum status attach_reverse_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return act(ctx, request, response, reverse);
}

static enum status title(struct ctx *ctx, const struct web_request *request, const struct credit_year *year,
                         struct faults *faults)
{
    struct imputation line;
    struct money amount;
    unsigned char id[ENTRY_ID_BYTES];
    uint64_t sequence;
    struct piece_order order = {.year = year, .lines = &line, .line_count = 1,
                                .object = str_trim(web_text(request, "object")),
                                .product = str_trim(web_text(request, "product"))};
    TRY(spend_read_command(ctx, request, id));
    TRY(spend_read_money(ctx, request, "amount", &amount));
    TRY(spend_read_party(ctx, request, &order.party));
    line = spend_read_line(request, amount, (struct money){0});
    return attach_title(ctx, &order, id, faults, &sequence);
}

enum status attach_title_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(spend_read_year(ctx, request, &year));
    return answer(ctx, request, response, &year, faults, title(ctx, request, &year, faults));
}
