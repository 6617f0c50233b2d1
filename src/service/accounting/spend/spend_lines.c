#include "service/accounting/spend/spend_lines.h"

#include "service/accounting/lang.h"
#include "service/accounting/spend/voucher.h"

struct str spend_engagement_path(struct ctx *ctx, uint64_t sequence, const char *rest)
{
    return str_format(ctx->arena, "/accounting/engagements/%llu%s", (unsigned long long)sequence, rest);
}

struct str spend_piece_path(struct ctx *ctx, uint64_t sequence, const char *rest)
{
    return str_format(ctx->arena, "/accounting/pieces/%llu%s", (unsigned long long)sequence, rest);
}

enum text_key spend_piece_state(const struct piece *piece)
{
    static const enum text_key names[PIECE_STATES] = {T_accounting_piece_ordered, T_accounting_piece_taken,
                                                      T_accounting_piece_refused, T_accounting_piece_paid};
    if (piece->state == PIECE_ORDERED && piece->slip == 0)
        return T_accounting_piece_loose;
    return names[piece->state < PIECE_STATES ? piece->state : PIECE_ORDERED];
}

enum spend_mood spend_piece_mood(const struct piece *piece)
{
    return piece->state == PIECE_REFUSED ? SPEND_BAD : piece->state == PIECE_PAID ? SPEND_GOOD : SPEND_PLAIN;
}

/* ---- lines ---- */

enum status spend_lines(struct spend_view *view, uint64_t sequence)
{
    struct spend_page_table *table;
    struct imputation *lines;
    size_t count;
    TRY(credit_lines(view->ctx, sequence, &lines, &count));
    TRY(spend_table(view, "lines", T_accounting_lines, T_accounting_no_moves, count, &table));
    spend_head(view, table, T_accounting_account, SPEND_TEXT);
    spend_head(view, table, T_accounting_function_head, SPEND_TEXT);
    spend_head(view, table, T_accounting_level, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_amount, SPEND_NUMBER);
    bool has_tax = credit_sum(lines, count).cents != credit_charge(lines, count).cents;
    if (has_tax)
        spend_head(view, table, T_accounting_amount_tax, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct spend_page_table_row *row = spend_row(view, table, lines[i].nature, STR(""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, lines[i].function, SPEND_TEXT);
        spend_cell(row, lines[i].level, SPEND_OPTIONAL);
        spend_cell(row, page_money(view->ctx, lines[i].net), SPEND_NUMBER);
        if (has_tax)
            spend_cell(row, page_money(view->ctx, lines[i].tax), SPEND_NUMBER);
    }
    return OK;
}

/* ---- pieces ---- */

static enum status add_state(struct spend_view *view, struct spend_page_table_row *row, const struct piece *piece,
                             enum spend_ticks ticks)
{
    struct str missing[VOUCHER_WANTED_MAX];
    size_t count = 0;
    if (ticks == SPEND_TICKS)
        TRY(voucher_missing(view->ctx, piece, missing, &count));
    if (count > 0)
        spend_cell_tag(row, text_of(view->ctx->language, T_accounting_documents_short), SPEND_BAD);
    else
        spend_cell_tag(row, text_of(view->ctx->language, spend_piece_state(piece)), spend_piece_mood(piece));
    return OK;
}

enum status spend_pieces(struct spend_view *view, struct spend_page_table *table, const struct piece *pieces,
                         size_t count, enum spend_ticks ticks)
{
    struct ctx *ctx = view->ctx;
    spend_head(view, table, T_accounting_number, SPEND_TEXT);
    spend_head(view, table, T_accounting_day, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_party, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_object, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_amount, SPEND_NUMBER);
    spend_head(view, table, T_accounting_state, SPEND_TEXT);
    for (size_t i = 0; i < count; i++) {
        struct spend_page_table_row *row = spend_row(view, table, spend_number(ctx, pieces[i].number),
                                                     spend_piece_path(ctx, pieces[i].sequence, ""));
        if (row == NULL)
            return LIMIT;
        row->has_tick = table->has_ticks;
        row->tick = spend_number(ctx, pieces[i].sequence);
        row->tick_id = str_format(ctx->arena, "p%llu", (unsigned long long)pieces[i].sequence);
        spend_cell(row, spend_day(ctx, pieces[i].day), SPEND_OPTIONAL);
        spend_narrow(row, pieces[i].party_name.len > 0 ? pieces[i].party_name : pieces[i].object);
        spend_cell(row, pieces[i].party_name, SPEND_OPTIONAL);
        spend_cell(row, pieces[i].object, SPEND_OPTIONAL);
        spend_cell(row, page_money(ctx, pieces[i].amount), SPEND_NUMBER);
        TRY(add_state(view, row, &pieces[i], ticks));
    }
    return OK;
}
