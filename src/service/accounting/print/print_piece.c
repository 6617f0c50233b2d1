/* A mandat or a titre on paper: what the law wants on each, for whoever keeps it in a file or sends it. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/party/party.h"
#include "service/accounting/print/print_act.h"
#include "service/accounting/print/print_sql.h"
#include "service/accounting/receipt/basis.h"
#include "service/accounting/right/right.h"
#include "service/accounting/right/unit.h"
#include "service/accounting/lang.h"

enum { IBAN_SHOWN = 4, COLUMNS = 7 };

struct print_piece {
    struct print_act act;
    struct credit_year year;
    struct piece piece;
    bool sees_accounts; /* bank accounts are shown whole */
};

/* ---- references ---- */

static enum status add_references(struct print_piece *print)
{
    struct print_act *act = &print->act;
    struct ctx *ctx = &act->ctx;
    const struct piece *piece = &print->piece;
    struct piece origin;
    TRY(print_pairs(act, T_accounting_print_reference));
    TRY(print_year(act, &print->year));
    TRY(print_pair(act, T_accounting_number, str_format(ctx->arena, "%u", piece->number)));
    TRY(print_pair(act, T_accounting_print_issued, page_date(ctx, piece->day)));
    TRY(print_pair(act, T_accounting_print_slip,
                   piece->slip == 0 ? print_text(act, T_accounting_print_no_slip)
                                    : str_format(ctx->arena, "%u", piece->slip_number)));
    if (piece->origin != 0) {
        TRY(piece_get(ctx, piece->origin, &origin));
        TRY(print_pair(act, T_accounting_print_corrects, str_format(ctx->arena, "%u", origin.number)));
    }
    TRY(print_pair(act, T_accounting_object, piece->object));
    TRY(print_pair(act, T_accounting_product, piece->product));
    return pdf_table_end(act->pdf);
}

/* ---- who is paid, or pays ---- */

static struct str name_of(struct ctx *ctx, const struct party *party)
{
    struct str name = party->name;
    if (party->first_name.len > 0)
        name = str_format(ctx->arena, "%.*s %.*s", STR_ARG(party->first_name), STR_ARG(name));
    if (party->complement.len > 0)
        name = str_format(ctx->arena, "%.*s, %.*s", STR_ARG(name), STR_ARG(party->complement));
    return name;
}

static struct str address_of(struct ctx *ctx, const struct party *party)
{
    const struct str parts[] = {party->street_before, party->street, party->street_after};
    struct str text = STR("");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].len > 0)
            text = str_format(ctx->arena, "%.*s%.*s, ", STR_ARG(text), STR_ARG(parts[i]));
    return str_format(ctx->arena, "%.*s%.*s %.*s", STR_ARG(text), STR_ARG(party->postcode), STR_ARG(party->place));
}

/* Whole for who orders or signs; the last digits for all others. */
static struct str account_words(struct print_piece *print, const struct party_bank *bank)
{
    size_t from = bank->iban.len > IBAN_SHOWN ? bank->iban.len - IBAN_SHOWN : 0;
    const struct text_arg args[] = {
        TEXT_ARG("iban", print->sees_accounts ? bank->iban : str_after(bank->iban, from)),
        TEXT_ARG("holder", bank->holder)};
    return print->sees_accounts ? print_with(&print->act, T_accounting_print_transfer, args, 2)
                                : print_with(&print->act, T_accounting_print_masked, args, 1);
}

static enum status add_payment(struct print_piece *print)
{
    struct ctx *ctx = &print->act.ctx;
    struct party_bank *banks;
    size_t count;
    struct str words = print_text(&print->act, T_accounting_print_no_payment);
    TRY(party_banks(ctx, print->piece.party, &banks, &count));
    for (size_t i = 0; i < count; i++)
        if (banks[i].id == print->piece.bank)
            words = account_words(print, &banks[i]);
    TRY(print_pair(&print->act, T_accounting_print_pay, words));
    return print_pair(&print->act, T_accounting_print_due,
                      print->piece.due.days == 0 ? STR("") : page_date(ctx, print->piece.due));
}

static enum status add_party(struct print_piece *print)
{
    struct print_act *act = &print->act;
    struct party party;
    enum text_key who = print->piece.is_receipt ? T_accounting_print_debtor : T_accounting_print_creditor;
    if (print->piece.party == 0)
        return pdf_paragraph(act->pdf, print_text(act, piece_is_internal(&print->piece) ? T_accounting_print_internal
                                                                                        : T_accounting_print_several));
    TRY(party_get(&act->ctx, print->piece.party, &party));
    TRY(print_pairs(act, who));
    TRY(print_pair(act, T_accounting_party_name, name_of(&act->ctx, &party)));
    TRY(print_pair(act, T_accounting_party_id_number, party.id_number));
    TRY(print_pair(act, T_accounting_print_address, address_of(&act->ctx, &party)));
    if (!print->piece.is_receipt)
        TRY(add_payment(print));
    return pdf_table_end(act->pdf);
}

/* ---- on what grounds ---- */

static enum status item_bill(struct print_piece *print)
{
    struct ctx *ctx = &print->act.ctx;
    struct bill bill;
    if (print->piece.bill == 0)
        return OK;
    TRY(bill_get(ctx, print->piece.bill, &bill));
    const struct text_arg args[] = {TEXT_ARG("number", bill.number), TEXT_ARG("issued", page_date(ctx, bill.issued)),
                                    TEXT_ARG("received", page_date(ctx, bill.received))};
    return pdf_list_item(print->act.pdf, print_with(&print->act, T_accounting_print_basis_bill, args, 3));
}

static enum status item_engagement(struct print_piece *print)
{
    struct ctx *ctx = &print->act.ctx;
    struct engagement engagement;
    struct attest *attests;
    size_t count;
    if (print->piece.engagement == 0)
        return OK;
    TRY(engagement_get(ctx, print->piece.engagement, &engagement));
    TRY(engagement_attests(ctx, engagement.sequence, &attests, &count));
    const struct text_arg args[] = {TEXT_ARG("number", str_format(ctx->arena, "%u", engagement.number)),
                                    TEXT_ARG("day", page_date(ctx, engagement.day)),
                                    TEXT_ARG("object", engagement.object)};
    TRY(pdf_list_item(print->act.pdf, print_with(&print->act, T_accounting_print_basis_engagement, args, 3)));
    for (size_t i = 0; i < count; i++) {
        const struct text_arg done[] = {TEXT_ARG("day", page_date(ctx, attests[i].day)),
                                        TEXT_ARG("who", attests[i].name),
                                        TEXT_ARG("amount", page_money(ctx, attests[i].amount))};
        TRY(pdf_list_item(print->act.pdf, print_with(&print->act, T_accounting_print_basis_done, done, 3)));
    }
    return OK;
}

static enum status add_documents(struct print_piece *print)
{
    struct print_act *act = &print->act;
    struct sql_print_documents_row *rows;
    size_t count;
    TRY(sql_print_documents(act->ctx.db, act->ctx.arena,
                            (struct sql_print_documents){.piece = (int64_t)print->piece.sequence}, &rows, &count));
    TRY(pdf_heading(act->pdf, 2, print_text(act, T_accounting_print_basis)));
    if (count == 0 && print->piece.bill == 0 && print->piece.engagement == 0)
        return pdf_paragraph(act->pdf, print_text(act, T_accounting_print_basis_none));
    TRY(pdf_list_begin(act->pdf, PDF_BULLETS));
    TRY(item_bill(print));
    TRY(item_engagement(print));
    for (size_t i = 0; i < count; i++)
        TRY(pdf_list_item(act->pdf, rows[i].name));
    return pdf_list_end(act->pdf);
}

static enum status add_basis(struct print_piece *print)
{
    struct print_act *act = &print->act;
    struct str basis;
    if (!print->piece.is_receipt)
        return add_documents(print);
    TRY(pdf_heading(act->pdf, 2, print_text(act, T_accounting_print_liquidation)));
    TRY(basis_of(&act->ctx, print->piece.sequence, &basis));
    TRY(pdf_paragraph(act->pdf, basis.len > 0 ? basis : print->piece.object));
    TRY(pdf_paragraph(act->pdf, print_text(act, T_accounting_print_liquidation_law)));
    return print->piece.engagement == 0 && print->piece.bill == 0 ? OK : add_documents(print);
}

/* ---- what it is charged to ---- */

static enum status begin_lines(struct print_act *act)
{
    const struct pdf_column columns[COLUMNS] = {
        {.head = print_text(act, T_accounting_account), .share = 10},
        {.head = print_text(act, T_accounting_label), .share = 30},
        {.head = print_text(act, T_accounting_function_head), .share = 10},
        {.head = print_text(act, T_accounting_level), .share = 12},
        {.head = print_text(act, T_accounting_amount_net), .share = 13, .is_right = true},
        {.head = print_text(act, T_accounting_amount_tax), .share = 11, .is_right = true},
        {.head = print_text(act, T_accounting_amount_gross), .share = 14, .is_right = true}};
    const struct pdf_table table = {.caption = print_text(act, T_accounting_print_imputation), .columns = columns,
                                    .column_count = COLUMNS, .has_row_heads = true};
    return pdf_table_begin(act->pdf, &table);
}

static enum status add_lines(struct print_piece *print)
{
    struct print_act *act = &print->act;
    struct ctx *ctx = &act->ctx;
    struct imputation *lines;
    size_t count;
    TRY(credit_lines(ctx, print->piece.sequence, &lines, &count));
    TRY(begin_lines(act));
    for (size_t i = 0; i < count; i++) {
        const struct str cells[COLUMNS] = {lines[i].nature,
                                           budget_account_label(print->year.chart, lines[i].nature),
                                           lines[i].function,
                                           lines[i].level,
                                           page_money(ctx, lines[i].net),
                                           page_money(ctx, lines[i].tax),
                                           page_money(ctx, credit_sum(&lines[i], 1))};
        TRY(pdf_table_row(act->pdf, cells));
    }
    TRY(pdf_table_end(act->pdf));
    return print_sum(act, print->piece.is_receipt ? T_accounting_print_whole_title : T_accounting_print_whole_order,
                     credit_sum(lines, count));
}

/* ---- the whole ---- */

static enum status add_appeal(struct print_piece *print)
{
    struct print_act *act = &print->act;
    if (!print->piece.is_receipt || print->piece.party == 0)
        return OK;
    TRY(pdf_heading(act->pdf, 2, print_text(act, T_accounting_print_appeal)));
    TRY(pdf_paragraph(act->pdf, print_text(act, T_accounting_print_appeal_text)));
    return pdf_paragraph(act->pdf, print_text(act, T_accounting_print_pay_title));
}

static enum status add_all(struct print_piece *print, struct str title)
{
    struct print_act *act = &print->act;
    TRY(pdf_heading(act->pdf, 1, title));
    if (print->piece.origin != 0)
        TRY(pdf_paragraph(act->pdf, print_text(act, T_accounting_print_correcting)));
    TRY(add_references(print));
    TRY(add_party(print));
    TRY(add_basis(print));
    TRY(add_lines(print));
    TRY(print_signature(act, print->piece.slip, print->piece.is_receipt));
    return add_appeal(print);
}

enum status print_piece_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct print_piece print = {0};
    struct pdf *pdf PDF_SCOPE = NULL;
    int64_t sequence;
    unsigned rights;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(right_held(ctx, &rights));
    if (str_to_i64(request->params[0], &sequence) != OK || sequence <= 0)
        return NOT_FOUND;
    TRY(piece_get(ctx, (uint64_t)sequence, &print.piece));
    TRY(credit_year(ctx, print.piece.budget, print.piece.year, &print.year));
    print.sees_accounts = rights & (unsigned)(RIGHT_PREPARE | RIGHT_ORDER | RIGHT_SIGN);
    const struct text_arg number = TEXT_ARG("number", str_format(ctx->arena, "%u", print.piece.number));
    struct str title = text_with(ctx->arena, LANGUAGE_FR,
                                 print.piece.is_receipt ? T_accounting_print_title_number
                                                        : T_accounting_print_order_number,
                                 &number, 1);
    struct str footer = str_format(ctx->arena, "%.*s, %d, %.*s", STR_ARG(print.year.label), print.year.year,
                                   STR_ARG(title));
    TRY(print_begin(&print.act, ctx, title, footer, false));
    pdf = print.act.pdf;
    TRY(add_all(&print, title));
    response->content_type = STR("application/pdf");
    return pdf_finish(pdf, &response->body);
}
