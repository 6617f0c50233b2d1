/* Money that moved before its piece, and what puts it in order. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/party/party.h"
#include "service/accounting/receipt/suspense_view.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_form.h"

static void add_facts(struct spend_view *view, const struct suspense *suspense)
{
    static const enum text_key sources[SUSPENSE_SOURCES] = {T_accounting_suspense_by_hand, T_accounting_suspense_csv,
                                                            T_accounting_suspense_return};
    struct ctx *ctx = view->ctx;
    spend_fact(view, suspense->is_receipt ? T_accounting_payer : T_accounting_paid_to, suspense->payer, STR(""));
    spend_fact(view, T_accounting_object, suspense->label, STR(""));
    spend_fact(view, T_accounting_day, spend_day(ctx, suspense->day), STR(""));
    spend_fact(view, T_accounting_amount, page_money(ctx, suspense->amount), STR(""));
    spend_fact(view, T_accounting_suspense_left, page_money(ctx, suspense_left(suspense)), STR(""));
    spend_fact(view, T_accounting_third_account, suspense->third_account, STR(""));
    spend_fact(view, T_accounting_suspense_source, text_of(ctx->language, sources[suspense->source]), STR(""));
}

static enum status party_words(struct ctx *ctx, int64_t id, struct str *ret_words)
{
    struct party party;
    *ret_words = STR("");
    if (id == 0)
        return OK;
    TRY(party_get(ctx, id, &party));
    *ret_words = spend_party_words(ctx, party.id, party.name, party.id_number);
    return OK;
}

/* The value in a field, unless something was sent. */
static void fill(struct spend_page_action *action, const struct web_request *request, const char *name,
                 struct str value)
{
    for (size_t i = 0; i < action->field_count; i++)
        if (str_eq(action->fields[i].name, str_of(name)) && !web_has(request, name))
            action->fields[i].value = value;
}

static enum status add_settle(struct spend_view *view, const struct suspense *suspense, const struct credit_year *year)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    struct suspense_habit habit = {.nature = STR(""), .function = STR(""), .product = STR("")};
    struct str words;
    enum status known = suspense_habit(ctx, suspense, &habit);
    if (known != OK && known != NOT_FOUND)
        return known;
    TRY(party_words(ctx, habit.party, &words));
    TRY(spend_action(view, "settle", suspense->is_receipt ? T_accounting_settle_title : T_accounting_settle_order,
                     suspense->is_receipt ? T_accounting_settle_title_go : T_accounting_settle_order_go,
                     suspense_path(ctx, suspense->id, "/settle"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_settle_text);
    spend_field(view, action, "object", T_accounting_object, SPEND_WIDE,
                suspense->label.len > 0 ? suspense->label : suspense->payer, true);
    TRY(spend_field_party(view, action, words, true));
    TRY(spend_fields_account(view, action, year, suspense->is_receipt ? CHART_RECEIPT : CHART_EXPENSE));
    fill(action, view->request, "account", habit.nature);
    fill(action, view->request, "function", habit.function);
    spend_field(view, action, "amount", T_accounting_amount, SPEND_MONEY,
                page_money(ctx, suspense_left(suspense)), true);
    spend_field(view, action, "day", T_accounting_day, SPEND_DATE, spend_iso(ctx, ctx_today(ctx)), true);
    if (suspense->is_receipt)
        spend_hint(view, spend_field(view, action, "product", T_accounting_product, SPEND_WORDS, habit.product, true),
                   T_accounting_product_hint);
    return OK;
}

static enum status add_pieces(struct spend_view *view, const struct suspense *suspense)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct piece *pieces;
    size_t count;
    TRY(suspense_pieces(ctx, suspense->id, &pieces, &count));
    TRY(spend_table(view, "pieces", T_accounting_settled_by, T_accounting_settled_none, count, &table));
    spend_head(view, table, suspense->is_receipt ? T_accounting_kind_title : T_accounting_kind_order, SPEND_TEXT);
    spend_head(view, table, T_accounting_day, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_party, SPEND_TEXT);
    spend_head(view, table, T_accounting_after_corrections, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct spend_page_table_row *row =
            spend_row(view, table, spend_number(ctx, pieces[i].number),
                      str_format(ctx->arena, "/accounting/pieces/%llu", (unsigned long long)pieces[i].sequence));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, spend_day(ctx, pieces[i].day), SPEND_OPTIONAL);
        spend_cell(row, pieces[i].party_name, SPEND_TEXT);
        spend_cell(row, page_money(ctx, pieces[i].remains), SPEND_NUMBER);
    }
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct suspense *suspense, const struct faults *faults)
{
    struct credit_year year;
    struct spend_view view;
    unsigned rights;
    bool is_open = suspense_left(suspense).cents > 0;
    struct text_arg number = TEXT_ARG("number", spend_number(ctx, (uint64_t)suspense->number));
    TRY(right_held(ctx, &rights));
    TRY(credit_year(ctx, suspense->budget, suspense->year, &year));
    TRY(spend_begin(&view, ctx, request, &year, suspense->is_receipt ? SPEND_TITLES : SPEND_ORDERS,
                    text_with(ctx->arena, ctx->language,
                              suspense->is_receipt ? T_accounting_suspense_receipt : T_accounting_suspense_payment,
                              &number, 1)));
    spend_crumb(&view, suspense_list_path(ctx, &year, suspense->is_receipt, ""),
                text_of(ctx->language, suspense->is_receipt ? T_accounting_suspense_received
                                                            : T_accounting_suspense_paid));
    TRY(spend_trouble(&view, faults));
    spend_tag(&view,
              !is_open                     ? T_accounting_suspense_settled
              : suspense->done.cents > 0 ? T_accounting_suspense_partly
                                           : T_accounting_suspense_to_settle,
              is_open ? SPEND_PLAIN : SPEND_GOOD);
    add_facts(&view, suspense);
    if (is_open && (rights & RIGHT_ORDER))
        TRY(add_settle(&view, suspense, &year));
    TRY(add_pieces(&view, suspense));
    return spend_end(&view, response);
}

static enum status asked(struct ctx *ctx, const struct web_request *request, struct suspense *ret_suspense)
{
    int64_t id;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_number(request, 0, &id));
    return suspense_get(ctx, id, ret_suspense);
}

enum status suspense_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct suspense suspense;
    TRY(asked(ctx, request, &suspense));
    return show(ctx, request, response, &suspense, NULL);
}

static enum status settle(struct ctx *ctx, const struct web_request *request, const struct suspense *suspense,
                          struct faults *faults, uint64_t *ret_sequence)
{
    struct credit_year year;
    struct imputation line;
    struct money amount;
    unsigned char id[ENTRY_ID_BYTES];
    struct piece_order order = {.year = &year, .lines = &line, .line_count = 1,
                                .object = str_trim(web_text(request, "object")), .nature = STR(""),
                                .product = str_trim(web_text(request, "product"))};
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(credit_year(ctx, suspense->budget, suspense->year, &year));
    TRY(spend_read_command(ctx, request, id));
    TRY(spend_read_money(ctx, request, "amount", &amount));
    TRY(spend_read_day(ctx, request, "day", &order.day));
    TRY(spend_read_party(ctx, request, &order.party));
    line = spend_read_line(request, amount, (struct money){0});
    return suspense_settle(ctx, suspense, &order, id, faults, ret_sequence);
}

enum status suspense_settle_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct suspense suspense;
    uint64_t sequence = 0;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(asked(ctx, request, &suspense));
    enum status done = settle(ctx, request, &suspense, faults, &sequence);
    if (spend_is_refused(done, faults))
        return show(ctx, request, response, &suspense, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/pieces/%llu?saved=1", (unsigned long long)sequence);
}
