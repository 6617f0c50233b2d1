/* Bills of a budget: to be dealt with, the longest received first, and those that were. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/listing/listing.h"
#include "service/accounting/spend/bill_view.h"

struct str bill_path(struct ctx *ctx, int64_t id, const char *rest)
{
    return str_format(ctx->arena, "/accounting/bills/%lld%s", (long long)id, rest);
}

enum text_key bill_state_name(enum bill_state state)
{
    static const enum text_key names[BILL_STATES] = {T_accounting_bill_open, T_accounting_bill_sent_back,
                                                     T_accounting_bill_ordered};
    return names[state < BILL_STATES ? state : BILL_OPEN];
}

/* ---- the payment clock ---- */

struct str bill_clock(struct ctx *ctx, const struct bill *bill, struct faults *faults, enum spend_mood *ret_mood)
{
    struct delay delay;
    *ret_mood = SPEND_PLAIN;
    if (bill->state != BILL_OPEN || bill_delay(ctx, bill, faults, &delay) != OK)
        return STR("");
    return spend_clock(ctx, &delay, ret_mood);
}

/* ---- the list ---- */

static enum status add_list(struct spend_view *view, const struct credit_year *year, enum bill_state state,
                            const char *id)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct bill *bills;
    struct faults *faults = faults_new(ctx->arena); /* one: figures of the town are taken once for the list */
    enum spend_mood mood;
    size_t count;
    if (faults == NULL)
        return LIMIT;
    TRY(bill_list(ctx, year->budget, state, &bills, &count));
    TRY(spend_table(view, id, state == BILL_OPEN ? T_accounting_bills_open : T_accounting_bills_done,
                    T_accounting_no_bills, count, &table));
    spend_head(view, table, T_accounting_bill, SPEND_TEXT);
    spend_head(view, table, T_accounting_received, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_party, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_kind_engage, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_amount_gross, SPEND_NUMBER);
    spend_head(view, table, T_accounting_clock, SPEND_TEXT);
    for (size_t i = 0; i < count; i++) {
        struct spend_page_table_row *row = spend_row(view, table, bills[i].number, bill_path(ctx, bills[i].id, ""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, spend_day(ctx, bills[i].received), SPEND_OPTIONAL);
        spend_narrow(row, bills[i].party_name);
        spend_cell(row, bills[i].party_name, SPEND_OPTIONAL);
        spend_cell(row, bills[i].engagement_number > 0 ? spend_number(ctx, bills[i].engagement_number) : STR(""),
                   SPEND_OPTIONAL);
        spend_cell(row, page_money(ctx, bills[i].gross), SPEND_NUMBER);
        struct str words = bill_clock(ctx, &bills[i], faults, &mood);
        spend_cell_tag(row, words, mood);
    }
    return OK;
}

enum status bill_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct spend_view view;
    unsigned rights;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(right_held(ctx, &rights));
    TRY(spend_read_year(ctx, request, &year));
    TRY(spend_begin(&view, ctx, request, &year, SPEND_BILLS, text_of(ctx->language, T_accounting_tab_bills)));
    if (rights & (RIGHT_ORDER | RIGHT_ENGAGE))
        spend_link(&view, spend_path(ctx, &year, "/bill"), T_accounting_bill_new);
    TRY(listing_links(&view, &year, LISTING_BILLS));
    TRY(add_list(&view, &year, BILL_OPEN, "open"));
    TRY(add_list(&view, &year, BILL_ORDERED, "done"));
    return spend_end(&view, response);
}
