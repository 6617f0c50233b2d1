#include "service/accounting/spend/late.h"

#include "service/accounting/figures/figure_kept.h"
#include "service/accounting/lang.h"
#include "service/accounting/spend/late_sql.h"
#include "service/accounting/spend/spend_lines.h"

/* The indemnity alone: the rate of that half-year is not known. */
static struct str part_words(struct ctx *ctx, const struct delay *delay)
{
    struct figure figure;
    if (figure_of(ctx, STR("delay.indemnity"), (struct date){delay->due.days + 1}, &figure) != OK)
        return STR("");
    const struct text_arg indemnity = TEXT_ARG("indemnity", page_money(ctx, (struct money){figure.value}));
    return text_with(ctx->arena, ctx->language, T_accounting_desk_owed_part, &indemnity, 1);
}

struct str late_words(struct ctx *ctx, const struct delay *delay, struct money amount, struct date paid,
                      struct faults *faults)
{
    struct delay_late late;
    if (delay->is_interrupted || paid.days <= delay->due.days)
        return STR("");
    if (delay_late_of(delay, amount, paid, faults, &late) != OK)
        return part_words(ctx, delay);
    const struct text_arg args[] = {TEXT_ARG("interest", page_money(ctx, late.interest)),
                                    TEXT_ARG("indemnity", page_money(ctx, late.indemnity))};
    return text_with(ctx->arena, ctx->language, T_accounting_desk_owed_sum, args, 2);
}

static struct str words_of(struct ctx *ctx, const struct sql_late_list_row *row, struct faults *faults)
{
    const struct delay delay = {.due = {(int32_t)row->due}};
    const struct date paid = row->paid != 0 ? (struct date){(int32_t)row->paid} : ctx_today(ctx);
    return late_words(ctx, &delay, (struct money){row->gross}, paid, faults);
}

static enum status read(struct ctx *ctx, const struct credit_year *year, int64_t bill, uint64_t piece,
                        struct sql_late_list_row **ret_rows, size_t *ret_count)
{
    return sql_late_list(ctx->db, ctx->arena,
                         (struct sql_late_list){.budget = year->budget, .year = year->year, .bill = bill,
                                                .piece = (int64_t)piece},
                         ret_rows, ret_count);
}

enum status late_table(struct spend_view *view, const struct credit_year *year, struct faults *faults)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct sql_late_list_row *rows;
    size_t count;
    TRY(read(ctx, year, 0, 0, &rows, &count));
    if (count == 0)
        return OK;
    spend_fact(view, T_accounting_late_orders, spend_number(ctx, (uint64_t)rows[0].whole),
               spend_path(ctx, year, "/orders"));
    TRY(spend_table(view, "late", T_accounting_late_orders, T_accounting_nothing, count, &table));
    spend_note(table, text_of(ctx->language, T_accounting_late_text));
    spend_head(view, table, T_accounting_kind_order, SPEND_TEXT);
    spend_head(view, table, T_accounting_due, SPEND_TEXT);
    spend_head(view, table, T_accounting_amount_gross, SPEND_NUMBER);
    spend_head(view, table, T_accounting_party, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_late_owed, SPEND_TEXT);
    for (size_t i = 0; i < count; i++) {
        struct spend_page_table_row *row = spend_row(view, table, spend_number(ctx, (uint64_t)rows[i].number),
                                                     spend_piece_path(ctx, (uint64_t)rows[i].sequence, ""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, spend_day(ctx, (struct date){(int32_t)rows[i].due}), SPEND_TEXT);
        spend_cell(row, page_money(ctx, (struct money){rows[i].gross}), SPEND_NUMBER);
        spend_cell(row, rows[i].party_name, SPEND_OPTIONAL);
        spend_cell(row, words_of(ctx, &rows[i], faults), SPEND_TEXT);
    }
    return OK;
}

/* The value leads to the form of a direct mandat, by which it is paid. */
enum status late_facts(struct spend_view *view, const struct credit_year *year, int64_t bill, uint64_t piece)
{
    struct ctx *ctx = view->ctx;
    struct sql_late_list_row *rows;
    struct faults *faults = faults_new(ctx->arena);
    size_t count;
    if (faults == NULL)
        return LIMIT;
    TRY(figure_take(ctx, faults));
    TRY(read(ctx, year, bill, piece, &rows, &count));
    for (size_t i = 0; i < count && i < 4; i++)
        spend_fact(view, T_accounting_late_owed, words_of(ctx, &rows[i], faults), spend_path(ctx, year, "/order"));
    return OK;
}
