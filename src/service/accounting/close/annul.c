#include "service/accounting/close/annul.h"

#include <stdio.h>

#include "service/accounting/close/annul_account.h"
#include "service/accounting/lang.h"
#include "service/accounting/party/party.h"
#include "service/accounting/pes/pes_code.h"
#include "service/accounting/right/right.h"

enum { PLACE_MAX = 32 };

/* ---- which year, which accounts ---- */

static enum status find_year(struct ctx *ctx, const struct piece *piece, struct date day, struct faults *faults,
                             struct credit_year *ret_year)
{
    int32_t year = civil_of_date(day).year;
    enum status done = year > piece->year ? credit_year(ctx, piece->budget, year, ret_year) : NOT_FOUND;
    if (done != NOT_FOUND)
        return done;
    fault_add_numbers(faults, "annul.year", "day", piece->year, 0);
    return INVALID;
}

static enum status place_lines(struct ctx *ctx, const struct piece *piece, const struct credit_year *year,
                               struct date day, struct imputation *lines, size_t count, struct faults *faults)
{
    char place[PLACE_MAX];
    for (size_t i = 0; i < count; i++) {
        struct str account;
        TRY(annul_account(ctx->arena, piece->is_receipt ? CELL_RECEIPT : CELL_EXPENSE, lines[i].section, day,
                          &account));
        if (account.len > 0)
            lines[i].nature = account;
        snprintf(place, sizeof place, "line %zu", i + 1);
        TRY(credit_place(year, &lines[i], CHART_REAL, piece->is_receipt ? CHART_EXPENSE : CHART_RECEIPT, place,
                         faults));
    }
    return OK;
}

/* Where a debtor is paid back, if an account is known; else nothing is transferred. */
static enum status bank_of(struct ctx *ctx, const struct piece *piece, int64_t *ret_bank)
{
    struct party_bank bank;
    *ret_bank = 0;
    if (!piece->is_receipt || piece->party == 0)
        return OK;
    enum status done = party_bank_of(ctx, piece->party, &bank);
    if (done == OK)
        *ret_bank = bank.id;
    return done == NOT_FOUND ? OK : done;
}

/* ---- the piece ---- */

static enum status check(struct ctx *ctx, const struct piece *piece, const struct annul *annul, struct faults *faults)
{
    if (piece->origin != 0)
        return refuse(ctx, CONFLICT, "accounting.year_closed", T_accounting_year_closed);
    if (piece_is_internal(piece))
        return fault_refuse(faults, "pair.closed", "piece", str_format(ctx->arena, "%u", piece->number), STR(""));
    if (annul->amount.cents <= 0 || annul->amount.cents > piece->remains.cents) {
        fault_add_money(faults, "engine.corrected", "amount", annul->amount, piece->remains);
        return INVALID;
    }
    return piece->is_receipt || piece_is_product(annul->product)
               ? OK
               : fault_refuse(faults, "piece.product", "product", annul->product, STR(""));
}

enum status annul_make(struct ctx *ctx, const struct piece *piece, const struct annul *annul,
                       const unsigned char id[ENTRY_ID_BYTES], struct faults *faults, uint64_t *ret_sequence)
{
    struct credit_year year;
    struct piece_order order = {.year = &year, .party = piece->party, .unit = piece->unit, .origin = piece->sequence,
                                .bill = annul->bill, .object = annul->object, .product = annul->product,
                                .nature = STR(PES_NATURE_OTHER), .type = STR(PES_PIECE_CORRECTING), .day = annul->day};
    int64_t bank;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(check(ctx, piece, annul, faults));
    TRY(find_year(ctx, piece, annul->day, faults, &year));
    TRY(piece_lines(ctx, piece, annul->amount, faults, &order.lines, &order.line_count));
    TRY(place_lines(ctx, piece, &year, annul->day, order.lines, order.line_count, faults));
    TRY(bank_of(ctx, piece, &bank));
    return piece_make(ctx, &order, piece->is_receipt ? ENTRY_ORDER_DIRECT : ENTRY_TITLE, piece->sequence, bank, id,
                      faults, ret_sequence);
}

/* ---- the form ---- */

enum status annul_form(struct spend_view *view, const struct piece *piece)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    struct date today = ctx_today(ctx);
    struct str account;
    if (piece_is_internal(piece)) /* corrected by the operation the other way round */
        return OK;
    TRY(annul_account(ctx->arena, piece->is_receipt ? CELL_RECEIPT : CELL_EXPENSE, CELL_FUNCTIONING, today, &account));
    const struct text_arg arg = TEXT_ARG("account", account);
    TRY(spend_action(view, "annul", piece->is_receipt ? T_accounting_annul_title : T_accounting_annul_order,
                     T_accounting_annul_go,
                     str_format(ctx->arena, "/accounting/pieces/%llu/annul", (unsigned long long)piece->sequence),
                     &action));
    action->has_text = true;
    action->text = text_with(ctx->arena, ctx->language,
                             piece->is_receipt ? T_accounting_annul_title_text : T_accounting_annul_order_text,
                             &arg, 1);
    action->is_main = false;
    spend_field(view, action, "amount", T_accounting_amount, SPEND_MONEY, page_money(ctx, piece->remains), true);
    spend_field(view, action, "day", T_accounting_day, SPEND_DATE, spend_iso(ctx, today), true);
    spend_field(view, action, "object", T_accounting_reason, SPEND_WIDE, STR(""), true);
    if (!piece->is_receipt)
        spend_hint(view, spend_field(view, action, "product", T_accounting_product, SPEND_WORDS, STR(""), true),
                   T_accounting_product_hint);
    return OK;
}

enum status annul_read(struct ctx *ctx, const struct web_request *request, const struct piece *piece,
                       struct faults *faults, uint64_t *ret_sequence)
{
    struct annul annul = {.object = str_trim(web_text(request, "object")),
                          .product = str_trim(web_text(request, "product"))};
    unsigned char id[ENTRY_ID_BYTES];
    TRY(spend_read_command(ctx, request, id));
    TRY(spend_read_money(ctx, request, "amount", &annul.amount));
    TRY(spend_read_day(ctx, request, "day", &annul.day));
    return annul_make(ctx, piece, &annul, id, faults, ret_sequence);
}
