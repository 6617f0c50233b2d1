#include "service/accounting/spend/bill_credit.h"

#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/bill_sql.h"

/* The mandat of the invoice that it names, of the same supplier. NOT_FOUND. */
static enum status find_mandat(struct ctx *ctx, const struct bill *bill, struct piece *ret_piece)
{
    struct sql_bill_mandat_row row;
    TRY(sql_bill_mandat(ctx->db, ctx->arena,
                        (struct sql_bill_mandat){.budget = bill->budget, .party = bill->party, .number = bill->origin},
                        &row));
    return piece_get(ctx, (uint64_t)row.sequence, ret_piece);
}

enum status bill_credit_action(struct spend_view *view, const struct bill *bill, unsigned rights)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    struct piece piece;
    enum status done = find_mandat(ctx, bill, &piece);
    if (done == NOT_FOUND)
        spend_stand(view, text_of(ctx->language, T_accounting_bill_deduct_none));
    if (done != OK || (rights & RIGHT_ORDER) == 0)
        return done == NOT_FOUND ? OK : done;
    TRY(spend_action(view, "deduct", T_accounting_bill_deduct, T_accounting_bill_deduct_go,
                     str_format(ctx->arena, "/accounting/bills/%lld/deduct", (long long)bill->id), &action));
    struct text_arg number = TEXT_ARG("number", spend_number(ctx, piece.number));
    action->has_text = true;
    action->text = text_with(ctx->arena, ctx->language, T_accounting_bill_deduct_text, &number, 1);
    spend_field(view, action, "day", T_accounting_day, SPEND_DATE, spend_iso(ctx, ctx_today(ctx)), true);
    spend_field(view, action, "object", T_accounting_object, SPEND_WIDE,
                str_format(ctx->arena, "%.*s %.*s", STR_ARG(text_of(ctx->language, T_accounting_bill_credit)),
                           STR_ARG(bill->number)),
                true);
    return OK;
}

enum status bill_credit_deduct(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                               struct faults *faults)
{
    unsigned char id[ENTRY_ID_BYTES];
    struct piece piece;
    struct date day;
    uint64_t sequence;
    TRY(right_need(ctx, RIGHT_ORDER));
    if (bill->state != BILL_OPEN || !bill->is_credit)
        return refuse(ctx, CONFLICT, "accounting.bill_done", T_accounting_bill_done);
    TRY(spend_read_command(ctx, request, id));
    TRY(spend_read_day(ctx, request, "day", &day));
    enum status done = find_mandat(ctx, bill, &piece);
    if (done == NOT_FOUND)
        return refuse(ctx, INVALID, "accounting.bill_deduct", T_accounting_bill_deduct_none);
    TRY(done);
    struct credit_year year;
    TRY(credit_year(ctx, piece.budget, piece.year, &year));
    TRY(piece_reduce(ctx, &piece, bill_charge(bill, year.recovers_tax), day, str_trim(web_text(request, "object")), id,
                     faults, &sequence));
    return bill_ordered(ctx, bill->id);
}
