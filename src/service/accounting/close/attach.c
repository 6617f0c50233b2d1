#include "service/accounting/close/attach.h"

#include <stdio.h>

#include "service/accounting/close/attach_sql.h"
#include "service/accounting/close/carry.h"
#include "service/accounting/close/remain.h"
#include "service/accounting/pes/pes_code.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_parts.h"

/* ---- what was done and is not ordered ---- */

/* Lines of functioning, up to that amount; what they come to. */
static enum status lines_of(struct ctx *ctx, uint64_t engagement, int64_t done, struct imputation **ret_lines,
                            size_t *ret_count, struct money *ret_amount)
{
    struct imputation *lines;
    size_t count, kept = 0;
    int64_t rest = done;
    TRY(remain_lines(ctx, engagement, &lines, &count));
    for (size_t i = 0; i < count && rest > 0; i++) {
        if (lines[i].section != CELL_FUNCTIONING)
            continue;
        if (lines[i].net.cents > rest)
            lines[i].net.cents = rest;
        rest -= lines[i].net.cents;
        lines[kept++] = lines[i];
    }
    *ret_lines = lines;
    *ret_count = kept;
    *ret_amount = (struct money){done - rest};
    return OK;
}

enum status attach_list(struct ctx *ctx, const struct credit_year *year, struct attachable **ret_list,
                        size_t *ret_count)
{
    struct sql_attach_engagements_row *rows;
    struct imputation *lines;
    size_t count, line_count;
    TRY(sql_attach_engagements(ctx->db, ctx->arena,
                               (struct sql_attach_engagements){.budget = year->budget, .year = year->year}, &rows,
                               &count));
    struct attachable *list = arena_array(ctx->arena, struct attachable, count + 1);
    if (list == NULL)
        return LIMIT;
    *ret_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct attachable *one = &list[*ret_count];
        TRY(engagement_get(ctx, (uint64_t)rows[i].sequence, &one->engagement));
        TRY(lines_of(ctx, one->engagement.sequence, rows[i].cents, &lines, &line_count, &one->amount));
        *ret_count += one->amount.cents > 0;
    }
    *ret_list = list;
    return OK;
}

enum status attach_order(struct ctx *ctx, const struct credit_year *year, uint64_t sequence, struct faults *faults)
{
    struct engagement engagement;
    struct money amount;
    unsigned char id[ENTRY_ID_BYTES];
    uint64_t piece;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(engagement_get(ctx, sequence, &engagement));
    if (engagement.budget != year->budget)
        return NOT_FOUND;
    struct piece_order order = {.year = year, .party = engagement.party, .unit = engagement.unit,
                                .engagement = sequence, .object = engagement.object,
                                .nature = STR(PES_NATURE_FUNCTIONING), .type = STR(PES_ORDER_ATTACHED),
                                .day = date_of(year->year, 12, 31)};
    int64_t done = engagement.attested.cents - (engagement.amount.cents - engagement.remains.cents);
    TRY(lines_of(ctx, sequence, done, &order.lines, &order.line_count, &amount));
    if (amount.cents <= 0 || engagement.year != year->year) {
        fault_add_money(faults, "attach.amount", "amount", amount, (struct money){0});
        return INVALID;
    }
    book_id_of(str_format(ctx->arena, "attach order %llu %lld", (unsigned long long)sequence,
                          (long long)engagement.remains.cents), id);
    TRY(piece_make(ctx, &order, ENTRY_ORDER, sequence, 0, id, faults, &piece));
    return carry_add(ctx, sequence, piece, amount);
}

enum status attach_title(struct ctx *ctx, struct piece_order *order, const unsigned char id[ENTRY_ID_BYTES],
                         struct faults *faults, uint64_t *ret_sequence)
{
    order->type = STR(PES_TITLE_ATTACHED);
    order->nature = STR(PES_NATURE_FUNCTIONING);
    order->kind = CHART_REAL;
    order->day = date_of(order->year->year, 12, 31);
    for (size_t i = 0; i < order->line_count; i++) {
        TRY(credit_place(order->year, &order->lines[i], CHART_REAL, CHART_RECEIPT, "line 1", faults));
        if (order->lines[i].section != CELL_FUNCTIONING)
            return fault_refuse(faults, "attach.section", "account", order->lines[i].nature, STR(""));
    }
    return piece_title(ctx, order, id, faults, ret_sequence);
}

/* ---- reversed ---- */

bool attach_is(const struct piece *piece)
{
    return str_eq(piece->type, piece->is_receipt ? STR(PES_TITLE_ATTACHED) : STR(PES_ORDER_ATTACHED));
}

enum status attach_pieces(struct ctx *ctx, int64_t budget, int32_t year, bool is_to_reverse,
                          struct piece **ret_pieces, size_t *ret_count)
{
    struct sql_attach_pieces_row *rows;
    size_t count;
    TRY(sql_attach_pieces(
        ctx->db, ctx->arena,
        (struct sql_attach_pieces){.budget = budget, .year = year, .least = is_to_reverse ? 1 : 0,
                                   .order = STR(PES_ORDER_ATTACHED), .title = STR(PES_TITLE_ATTACHED)},
        &rows, &count));
    struct piece *pieces = arena_array(ctx->arena, struct piece, count + 1);
    if (pieces == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        TRY(piece_get(ctx, (uint64_t)rows[i].sequence, &pieces[i]));
    *ret_pieces = pieces;
    *ret_count = count;
    return OK;
}

/* What is left of its lines, in the year that reverses: on its own chart and levels. */
static enum status place_again(struct ctx *ctx, const struct credit_year *year, const struct piece *piece,
                               struct piece_order *order, struct faults *faults)
{
    struct money *left;
    size_t count;
    TRY(spend_left(ctx, piece->sequence, &order->lines, &left, &count));
    order->line_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (left[i].cents == 0)
            continue;
        order->lines[order->line_count] = order->lines[i];
        order->lines[order->line_count++].net = left[i];
    }
    for (size_t i = 0; i < order->line_count; i++)
        TRY(credit_place(year, &order->lines[i], CHART_REAL, piece->is_receipt ? CHART_RECEIPT : CHART_EXPENSE,
                         "line 1", faults));
    return OK;
}

enum status attach_reverse(struct ctx *ctx, const struct credit_year *year, uint64_t sequence, struct date day,
                           struct faults *faults)
{
    struct piece piece;
    unsigned char id[ENTRY_ID_BYTES];
    uint64_t reversal;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(piece_get(ctx, sequence, &piece));
    if (piece.budget != year->budget)
        return NOT_FOUND;
    if (!attach_is(&piece) || piece.year + 1 != year->year ||
        piece.remains.cents <= 0) {
        fault_add_numbers(faults, "attach.reverse", "piece", piece.number, 0);
        return INVALID;
    }
    struct piece_order order = {.year = year, .party = piece.party, .unit = piece.unit, .origin = sequence,
                                .object = piece.object, .product = piece.product, .nature = STR(PES_NATURE_DETACHING),
                                .type = STR(PES_PIECE_CORRECTING), .day = day};
    TRY(place_again(ctx, year, &piece, &order, faults));
    book_id_of(str_format(ctx->arena, "attach reverse %llu 0", (unsigned long long)sequence), id);
    return piece_make(ctx, &order, piece.is_receipt ? ENTRY_TITLE_REDUCE : ENTRY_ORDER_REDUCE, sequence, 0, id, faults,
                      &reversal);
}
