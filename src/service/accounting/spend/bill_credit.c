#include "service/accounting/spend/bill_credit.h"

#include "service/accounting/close/annul.h"
#include "service/accounting/close/annul_account.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/bill_sql.h"
#include "service/accounting/spend/spend_parts.h"

/* The mandat of the invoice that it names, of the same supplier. NOT_FOUND. */
static enum status find_mandat(struct ctx *ctx, const struct bill *bill, struct piece *ret_piece)
{
    struct sql_bill_mandat_row row;
    TRY(sql_bill_mandat(ctx->db, ctx->arena,
                        (struct sql_bill_mandat){.budget = bill->budget, .party = bill->party, .number = bill->origin},
                        &row));
    return piece_get(ctx, (uint64_t)row.sequence, ret_piece);
}

/* What is ordered in a closed year stays: a titre of the current one takes it back (../close/annul.h). */
static enum status is_of_closed_year(struct ctx *ctx, const struct piece *piece, bool *ret_is_closed)
{
    struct credit_year year;
    TRY(credit_year(ctx, piece->budget, piece->year, &year));
    return book_is_closed(ctx, year.siret, piece->year, ret_is_closed);
}

/* What is left of each line of the mandat, and the credit note on them in their order. */
static enum status parts_for(struct ctx *ctx, const struct piece *piece, struct money amount,
                             struct piece_parts *ret_parts)
{
    struct imputation *lines;
    struct money *left;
    size_t count;
    TRY(spend_left(ctx, piece->sequence, &lines, &left, &count));
    struct money *parts = arena_array(ctx->arena, struct money, count + 1);
    if (parts == NULL)
        return LIMIT;
    memcpy(parts, left, count * sizeof *left);
    spend_in_order(parts, count, amount);
    *ret_parts = (struct piece_parts){lines, left, parts, count};
    return OK;
}

/* Of several accounts each may be said; of more than a form has room for, they go in their order. */
static bool is_said(const struct piece_parts *parts)
{
    return parts->count > 1 && parts->count <= SPEND_LINES_MAX;
}

static enum status add_words(struct spend_view *view, struct spend_page_action *action, const struct piece *piece,
                             bool is_closed)
{
    struct ctx *ctx = view->ctx;
    struct str account = STR("");
    if (is_closed)
        TRY(annul_account(ctx->arena, CELL_EXPENSE, CELL_FUNCTIONING, ctx_today(ctx), &account));
    const struct text_arg args[] = {TEXT_ARG("number", spend_number(ctx, piece->number)), TEXT_ARG("account", account)};
    action->has_text = true;
    action->text = is_closed ? text_with(ctx->arena, ctx->language, T_accounting_bill_deduct_closed, args, 2)
                             : text_with(ctx->arena, ctx->language, T_accounting_bill_deduct_text, args, 1);
    if (is_closed)
        spend_hint(view, spend_field(view, action, "product", T_accounting_product, SPEND_WORDS, STR(""), true),
                   T_accounting_product_hint);
    return OK;
}

static enum status add_parts(struct spend_view *view, struct spend_page_action *action, const struct bill *bill,
                             const struct piece *piece)
{
    struct credit_year year;
    struct piece_parts parts;
    TRY(credit_year(view->ctx, piece->budget, piece->year, &year));
    TRY(parts_for(view->ctx, piece, bill_charge(bill, year.recovers_tax), &parts));
    if (is_said(&parts))
        spend_fields_parts(view, action, parts.lines, parts.parts, parts.count);
    return OK;
}

enum status bill_credit_action(struct spend_view *view, const struct bill *bill, unsigned rights)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    struct piece piece;
    bool is_closed;
    enum status done = find_mandat(ctx, bill, &piece);
    if (done == NOT_FOUND)
        spend_stand(view, text_of(ctx->language, T_accounting_bill_deduct_none));
    if (done != OK || (rights & RIGHT_ORDER) == 0)
        return done == NOT_FOUND ? OK : done;
    TRY(spend_action(view, "deduct", T_accounting_bill_deduct, T_accounting_bill_deduct_go,
                     str_format(ctx->arena, "/accounting/bills/%lld/deduct", (long long)bill->id), &action));
    TRY(is_of_closed_year(ctx, &piece, &is_closed));
    TRY(add_words(view, action, &piece, is_closed));
    if (!is_closed)
        TRY(add_parts(view, action, bill, &piece));
    spend_field(view, action, "day", T_accounting_day, SPEND_DATE, spend_iso(ctx, ctx_today(ctx)), true);
    spend_field(view, action, "object", T_accounting_object, SPEND_WIDE,
                str_format(ctx->arena, "%.*s %.*s", STR_ARG(text_of(ctx->language, T_accounting_bill_credit)),
                           STR_ARG(bill->number)),
                true);
    return OK;
}

/* As it was said line by line, which comes to all of the credit note; else in the order of the lines. */
static enum status reduce(struct ctx *ctx, const struct web_request *request, const struct piece *piece,
                          struct money amount, const struct piece_change *change,
                          const unsigned char id[ENTRY_ID_BYTES], struct faults *faults)
{
    struct piece_parts parts;
    struct money *said, sum = {0};
    uint64_t sequence;
    TRY(parts_for(ctx, piece, amount, &parts));
    enum status done = is_said(&parts) ? spend_read_parts(ctx, request, parts.count, &said) : NOT_FOUND;
    if (done == NOT_FOUND)
        return piece_reduce(ctx, piece, amount, change, id, faults, &sequence);
    TRY(done);
    for (size_t i = 0; i < parts.count; i++)
        TRY(money_add(&sum, said[i]));
    if (!money_is(sum, amount)) {
        fault_add_money(faults, "bill.parts", "amount", sum, amount);
        return INVALID;
    }
    parts.parts = said;
    return piece_reduce_parts(ctx, piece, &parts, change, id, faults, &sequence);
}

static enum status take_back(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                             const struct piece *piece, struct faults *faults)
{
    unsigned char id[ENTRY_ID_BYTES];
    struct credit_year year;
    uint64_t sequence;
    bool is_closed;
    struct piece_change change = {.object = str_trim(web_text(request, "object")), .bill = bill->id};
    TRY(spend_read_command(ctx, request, id));
    TRY(spend_read_day(ctx, request, "day", &change.day));
    TRY(credit_year(ctx, piece->budget, piece->year, &year));
    TRY(is_of_closed_year(ctx, piece, &is_closed));
    struct money amount = bill_charge(bill, year.recovers_tax);
    if (!is_closed)
        return reduce(ctx, request, piece, amount, &change, id, faults);
    struct annul annul = {.amount = amount, .day = change.day, .object = change.object, .bill = bill->id,
                          .product = str_trim(web_text(request, "product"))};
    return annul_make(ctx, piece, &annul, id, faults, &sequence);
}

enum status bill_credit_deduct(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                               struct faults *faults)
{
    struct piece piece;
    TRY(right_need(ctx, RIGHT_ORDER));
    if (bill->state != BILL_OPEN || !bill->is_credit)
        return refuse(ctx, CONFLICT, "accounting.bill_done", T_accounting_bill_done);
    enum status done = find_mandat(ctx, bill, &piece);
    if (done == NOT_FOUND)
        return refuse(ctx, INVALID, "accounting.bill_deduct", T_accounting_bill_deduct_none);
    TRY(done);
    return take_back(ctx, request, bill, &piece, faults);
}
