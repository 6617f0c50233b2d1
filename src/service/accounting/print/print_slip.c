/* A bordereau on paper: its pieces, their sum, what the year came to, and who signed. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/print/print_act.h"
#include "service/accounting/print/print_sql.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/slip_sql.h"
#include "service/accounting/lang.h"

enum { COLUMNS = 7, SUM_COLUMNS = 2 };

static enum status begin_list(struct print_act *act, bool is_receipt)
{
    const struct pdf_column columns[COLUMNS] = {
        {.head = print_text(act, T_accounting_number), .share = 8},
        {.head = print_text(act, is_receipt ? T_accounting_print_debtor : T_accounting_print_creditor), .share = 24},
        {.head = print_text(act, T_accounting_object), .share = 28},
        {.head = print_text(act, T_accounting_account), .share = 10},
        {.head = print_text(act, T_accounting_amount_net), .share = 12, .is_right = true},
        {.head = print_text(act, T_accounting_amount_tax), .share = 9, .is_right = true},
        {.head = print_text(act, T_accounting_amount_gross), .share = 12, .is_right = true}};
    const struct pdf_table table = {.caption = print_text(act, T_accounting_print_list), .columns = columns,
                                    .column_count = COLUMNS, .has_row_heads = true};
    return pdf_table_begin(act->pdf, &table);
}

static enum status add_piece(struct print_act *act, const struct sql_print_slip_rows_row *row)
{
    struct ctx *ctx = &act->ctx;
    struct money sum = {row->net};
    TRY(money_add(&sum, (struct money){row->tax}));
    struct str account = row->lines > 1 ? str_format(ctx->arena, "%.*s…", STR_ARG(row->nature)) : row->nature;
    const struct str cells[COLUMNS] = {str_format(ctx->arena, "%lld", (long long)row->number),
                                       row->party_name,
                                       row->object,
                                       account,
                                       page_money(ctx, (struct money){row->net}),
                                       page_money(ctx, (struct money){row->tax}),
                                       page_money(ctx, sum)};
    return pdf_table_row(act->pdf, cells);
}

static enum status add_list(struct print_act *act, const struct slip *slip)
{
    struct sql_print_slip_rows_row *rows;
    size_t count;
    TRY(sql_print_slip_rows(act->ctx.db, act->ctx.arena, (struct sql_print_slip_rows){.slip = slip->id}, &rows,
                            &count));
    TRY(begin_list(act, slip->is_receipt));
    for (size_t i = 0; i < count; i++)
        TRY(add_piece(act, &rows[i]));
    return pdf_table_end(act->pdf);
}

/* Its sum, that of those before it in its series, and both. */
static enum status add_sums(struct print_act *act, const struct slip *slip)
{
    struct ctx *ctx = &act->ctx;
    struct sql_slip_before_row before;
    struct money sum = slip->net, running;
    TRY(money_add(&sum, slip->tax));
    TRY(sql_slip_before(ctx->db, ctx->arena,
                        (struct sql_slip_before){.budget = slip->budget, .year = slip->year,
                                                 .is_receipt = slip->is_receipt, .type = slip->type,
                                                 .number = slip->number},
                        &before));
    running = (struct money){before.cents};
    TRY(money_add(&running, sum));
    TRY(print_pairs(act, T_accounting_print_sums));
    TRY(print_pair(act, T_accounting_print_sum, page_money(ctx, sum)));
    TRY(print_pair(act, T_accounting_print_before, page_money(ctx, (struct money){before.cents})));
    TRY(print_pair(act, T_accounting_print_running, page_money(ctx, running)));
    TRY(pdf_table_end(act->pdf));
    return print_sum(act, T_accounting_print_whole_slip, sum);
}

static enum status add_all(struct print_act *act, const struct credit_year *year, const struct slip *slip,
                           struct str title)
{
    struct ctx *ctx = &act->ctx;
    TRY(pdf_heading(act->pdf, 1, title));
    TRY(print_pairs(act, T_accounting_print_reference));
    TRY(print_year(act, year));
    TRY(print_pair(act, T_accounting_number, str_format(ctx->arena, "%u", slip->number)));
    TRY(print_pair(act, T_accounting_print_issued, page_date(ctx, slip->day)));
    TRY(print_pair(act, T_accounting_pieces, str_format(ctx->arena, "%lld", (long long)slip->pieces)));
    TRY(pdf_table_end(act->pdf));
    TRY(add_list(act, slip));
    TRY(add_sums(act, slip));
    TRY(print_signature(act, slip->id, slip->is_receipt));
    return slip->state == SLIP_TO_SIGN ? pdf_line(act->pdf, print_text(act, T_accounting_print_sign_here)) : OK;
}

enum status print_slip_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct print_act act;
    struct pdf *pdf PDF_SCOPE = NULL;
    struct credit_year year;
    struct slip slip;
    int64_t id;
    TRY(right_need(ctx, RIGHT_READ));
    if (str_to_i64(request->params[0], &id) != OK || id <= 0)
        return NOT_FOUND;
    TRY(slip_get(ctx, id, &slip));
    TRY(credit_year(ctx, slip.budget, slip.year, &year));
    enum text_key kind = slip.is_receipt ? T_accounting_slip_of_titles : T_accounting_slip_of_orders;
    struct str title = str_format(ctx->arena, "%.*s n° %u", STR_ARG(text_of(LANGUAGE_FR, kind)), slip.number);
    struct str footer = str_format(ctx->arena, "%.*s, %d, %.*s", STR_ARG(year.label), year.year, STR_ARG(title));
    TRY(print_begin(&act, ctx, title, footer, true));
    pdf = act.pdf;
    TRY(add_all(&act, &year, &slip, title));
    response->content_type = STR("application/pdf");
    return pdf_finish(pdf, &response->body);
}
