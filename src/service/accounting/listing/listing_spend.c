/* What was spent and received in a year: engagements, invoices, mandats, titres, bordereaux. */
#include "proto/csv/csv.h"
#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/listing/listing.h"
#include "service/accounting/listing/listing_sql.h"
#include "service/accounting/spend/bill_view.h"
#include "service/accounting/spend/slip_view.h"
#include "service/accounting/spend/spend_lines.h"

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

static enum status asked(struct ctx *ctx, const struct web_request *request, struct credit_year *ret_year)
{
    TRY(right_need(ctx, RIGHT_READ));
    return spend_read_year(ctx, request, ret_year);
}

/* ---- engagements ---- */

enum status listing_engagements_show(struct ctx *ctx, const struct web_request *request,
                                     struct web_response *response)
{
    static const enum text_key heads[] = {T_accounting_number, T_accounting_day,       T_accounting_object,
                                          T_accounting_party,  T_accounting_unit_name, T_accounting_reference,
                                          T_accounting_amount, T_accounting_remains};
    struct credit_year year;
    struct sql_listing_engagements_row *rows;
    size_t count;
    TRY(asked(ctx, request, &year));
    TRY(sql_listing_engagements(
        ctx->db, ctx->arena,
        (struct sql_listing_engagements){.budget = year.budget, .year = year.year, .skip = listing_from(request)},
        &rows, &count));
    listing_begin(ctx, request, response, "engagements", year.year, heads, COUNT_OF(heads));
    for (size_t i = 0; i < count; i++) {
        const struct str cells[COUNT_OF(heads)] = {
            listing_number(ctx, rows[i].number),     listing_day(ctx, rows[i].day),
            listing_text(ctx, rows[i].object),       listing_text(ctx, rows[i].party_name),
            listing_text(ctx, rows[i].unit_name),    listing_text(ctx, rows[i].reference),
            budget_plain(ctx, (struct money){rows[i].amount}),     budget_plain(ctx, (struct money){rows[i].remains})};
        csv_write(&response->body, cells, COUNT_OF(heads));
    }
    return buf_status(&response->body);
}

/* ---- invoices: of a budget, as their page ---- */

enum status listing_bills_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    static const enum text_key heads[] = {
        T_accounting_bill,       T_accounting_bill_issued, T_accounting_received,   T_accounting_party,
        T_accounting_kind_engage, T_accounting_amount_net, T_accounting_amount_tax, T_accounting_amount_gross,
        T_accounting_state};
    struct credit_year year;
    struct sql_listing_bills_row *rows;
    size_t count;
    TRY(asked(ctx, request, &year));
    TRY(sql_listing_bills(ctx->db, ctx->arena,
                        (struct sql_listing_bills){.budget = year.budget, .skip = listing_from(request)}, &rows,
                          &count));
    listing_begin(ctx, request, response, "factures", 0, heads, COUNT_OF(heads));
    for (size_t i = 0; i < count; i++) {
        enum text_key state = rows[i].is_credit && rows[i].state == BILL_OPEN
                                  ? T_accounting_bill_credit
                                  : bill_state_name((enum bill_state)rows[i].state);
        const struct str cells[COUNT_OF(heads)] = {
            listing_text(ctx, rows[i].number),       listing_day(ctx, rows[i].issued),
            listing_day(ctx, rows[i].received),      listing_text(ctx, rows[i].party_name),
            listing_number(ctx, rows[i].engagement), budget_plain(ctx, (struct money){rows[i].net}),
            budget_plain(ctx, (struct money){rows[i].tax}),        budget_plain(ctx, (struct money){rows[i].gross}),
            listing_word(state)};
        csv_write(&response->body, cells, COUNT_OF(heads));
    }
    return buf_status(&response->body);
}

/* ---- mandats, titres ---- */

static void add_piece(struct ctx *ctx, const struct sql_listing_pieces_row *row, struct buf *out)
{
    const struct piece piece = {.state = (enum piece_state)row->state, .slip = row->slip};
    const struct str cells[] = {
        listing_number(ctx, row->number),
        listing_day(ctx, row->day),
        listing_text(ctx, row->party_name),
        listing_text(ctx, row->object),
        budget_plain(ctx, (struct money){row->amount}),
        row->corrects == 0 ? budget_plain(ctx, (struct money){row->remains}) : STR(""),
        listing_number(ctx, row->corrects),
        listing_day(ctx, row->due),
        listing_number(ctx, row->engagement),
        listing_text(ctx, row->bill_number),
        listing_number(ctx, row->slip),
        listing_word(spend_piece_state(&piece))};
    csv_write(out, cells, COUNT_OF(cells));
}

static enum status show_pieces(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                               bool is_receipt)
{
    static const enum text_key heads[] = {
        T_accounting_number, T_accounting_day, T_accounting_party, T_accounting_object, T_accounting_amount,
        T_accounting_after_corrections, T_accounting_corrects, T_accounting_due, T_accounting_kind_engage,
        T_accounting_bill, T_accounting_slip, T_accounting_state};
    struct credit_year year;
    struct sql_listing_pieces_row *rows;
    size_t count;
    TRY(asked(ctx, request, &year));
    TRY(sql_listing_pieces(ctx->db, ctx->arena,
                         (struct sql_listing_pieces){.budget = year.budget, .year = year.year, .is_receipt = is_receipt,
                                                   .skip = listing_from(request)},
                         &rows, &count));
    listing_begin(ctx, request, response, is_receipt ? "titres" : "mandats", year.year, heads, COUNT_OF(heads));
    for (size_t i = 0; i < count; i++)
        add_piece(ctx, &rows[i], &response->body);
    return buf_status(&response->body);
}

enum status listing_orders_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show_pieces(ctx, request, response, false);
}

enum status listing_titles_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show_pieces(ctx, request, response, true);
}

/* ---- bordereaux ---- */

enum status listing_slips_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    static const enum text_key heads[] = {T_accounting_slip,   T_accounting_number, T_accounting_day,
                                          T_accounting_pieces, T_accounting_amount, T_accounting_signed_by,
                                          T_accounting_state};
    struct credit_year year;
    struct sql_listing_slips_row *rows;
    size_t count;
    TRY(asked(ctx, request, &year));
    TRY(sql_listing_slips(
        ctx->db, ctx->arena,
        (struct sql_listing_slips){.budget = year.budget, .year = year.year, .skip = listing_from(request)},
        &rows, &count));
    listing_begin(ctx, request, response, "bordereaux", year.year, heads, COUNT_OF(heads));
    for (size_t i = 0; i < count; i++) {
        const struct str cells[COUNT_OF(heads)] = {
            listing_word(rows[i].is_receipt ? T_accounting_tab_titles : T_accounting_tab_orders),
            listing_number(ctx, rows[i].number),
            listing_day(ctx, rows[i].day),
            listing_number(ctx, rows[i].pieces),
            budget_plain(ctx, (struct money){rows[i].cents}),
            listing_text(ctx, rows[i].signed_by),
            listing_word(slip_state_name((enum slip_state)rows[i].state))};
        csv_write(&response->body, cells, COUNT_OF(heads));
    }
    return buf_status(&response->body);
}
