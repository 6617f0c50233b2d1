/* Pieces as they are read: one, and lists of them. */
#include "service/accounting/spend/piece.h"
#include "service/accounting/spend/piece_sql.h"

enum status piece_get(struct ctx *ctx, uint64_t sequence, struct piece *ret_piece)
{
    struct sql_piece_get_row row;
    TRY(sql_piece_get(ctx->db, ctx->arena, (struct sql_piece_get){.sequence = (int64_t)sequence}, &row));
    *ret_piece = (struct piece){.sequence = sequence,
                                .budget = row.budget,
                                .year = (int32_t)row.year,
                                .is_receipt = row.is_receipt != 0,
                                .number = (uint32_t)row.number,
                                .type = row.type,
                                .nature = row.nature,
                                .day = {(int32_t)row.day},
                                .due = {(int32_t)row.due},
                                .done = {(int32_t)row.done},
                                .party = row.party,
                                .bank = row.bank,
                                .bill = row.bill,
                                .unit = row.unit,
                                .slip = row.slip,
                                .engagement = (uint64_t)row.engagement,
                                .origin = (uint64_t)row.origin,
                                .party_name = row.party_name,
                                .object = row.object,
                                .product = row.product,
                                .place = (int32_t)row.place,
                                .slip_number = (uint32_t)row.slip_number,
                                .state = (enum piece_state)row.state,
                                .stated = {(int32_t)row.stated_day},
                                .said = row.said,
                                .amount = {row.amount},
                                .remains = {row.remains}};
    return OK;
}

/* Each of those whose sequences `rows` has. */
#define PIECES_OF(ctx, rows, count, ret_pieces, ret_count)                                                             \
    do {                                                                                                               \
        *(ret_pieces) = arena_array((ctx)->arena, struct piece, (count) + 1);                                          \
        if (*(ret_pieces) == NULL)                                                                                     \
            return LIMIT;                                                                                              \
        for (size_t i = 0; i < (count); i++)                                                                           \
            TRY(piece_get(ctx, (uint64_t)(rows)[i].sequence, &(*(ret_pieces))[i]));                                    \
        *(ret_count) = (count);                                                                                        \
    } while (0)

static enum status list_loose(struct ctx *ctx, int64_t budget, int32_t year, bool is_receipt,
                              struct piece **ret_pieces, size_t *ret_count)
{
    struct sql_piece_loose_row *rows;
    size_t count;
    TRY(sql_piece_loose(ctx->db, ctx->arena,
                        (struct sql_piece_loose){.budget = budget, .year = year, .is_receipt = is_receipt}, &rows,
                        &count));
    PIECES_OF(ctx, rows, count, ret_pieces, ret_count);
    return OK;
}

enum status piece_list(struct ctx *ctx, int64_t budget, int32_t year, bool is_receipt, enum piece_which which,
                       struct piece **ret_pieces, size_t *ret_count)
{
    struct sql_piece_list_row *rows;
    size_t count;
    if (which == PIECES_WITHOUT_SLIP)
        return list_loose(ctx, budget, year, is_receipt, ret_pieces, ret_count);
    TRY(sql_piece_list(ctx->db, ctx->arena,
                       (struct sql_piece_list){.budget = budget, .year = year, .is_receipt = is_receipt}, &rows,
                       &count));
    PIECES_OF(ctx, rows, count, ret_pieces, ret_count);
    return OK;
}

enum status piece_list_of_slip(struct ctx *ctx, int64_t slip, struct piece **ret_pieces, size_t *ret_count)
{
    struct sql_piece_of_slip_row *rows;
    size_t count;
    TRY(sql_piece_of_slip(ctx->db, ctx->arena, (struct sql_piece_of_slip){.slip = slip}, &rows, &count));
    PIECES_OF(ctx, rows, count, ret_pieces, ret_count);
    return OK;
}

enum status piece_list_of_bill(struct ctx *ctx, int64_t bill, struct piece **ret_pieces, size_t *ret_count)
{
    struct sql_piece_of_bill_row *rows;
    size_t count;
    TRY(sql_piece_of_bill(ctx->db, ctx->arena, (struct sql_piece_of_bill){.bill = bill}, &rows, &count));
    PIECES_OF(ctx, rows, count, ret_pieces, ret_count);
    return OK;
}

enum status piece_list_on(struct ctx *ctx, uint64_t sequence, struct piece **ret_pieces, size_t *ret_count)
{
    struct sql_piece_on_row *rows;
    size_t count;
    TRY(sql_piece_on(ctx->db, ctx->arena, (struct sql_piece_on){.sequence = (int64_t)sequence}, &rows, &count));
    PIECES_OF(ctx, rows, count, ret_pieces, ret_count);
    return OK;
}
