#include "service/accounting/internal/pair_rows.h"

#include "core/town.h"
#include "service/accounting/internal/pair.h"
#include "service/accounting/internal/pair_rows_sql.h"

EXPORT_EACH(pair_rows_pair)

/* Two pieces of order, a mandat and a titre. */
static bool is_half(struct ctx *ctx, int64_t sequence, bool is_receipt)
{
    struct piece piece;
    return sequence > 0 && piece_get(ctx, (uint64_t)sequence, &piece) == OK && piece.is_receipt == is_receipt &&
           piece_is_internal(&piece);
}

static enum status take_pair(struct ctx *ctx, const void *from)
{
    const struct sql_pair_rows_pair_row *row = from;
    struct pair_kind kind;
    enum status done = pair_kind(ctx->arena, row->kind, &kind);
    if (done == NOT_FOUND || row->id <= 0 || row->asset < 0 || !is_half(ctx, row->expense, false) ||
        !is_half(ctx, row->receipt, true))
        return INVALID;
    TRY(done);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_pair_rows_pair_add(ctx->db, (struct sql_pair_rows_pair_add){.id = row->id, .expense = row->expense,
                                                                           .receipt = row->receipt, .kind = row->kind,
                                                                           .asset = row->asset});
}

const struct export_file pair_rows[PAIR_ROWS] = {
    {"accounting_pairs.csv", &sql_pair_rows_pair_row_shape, each_pair_rows_pair, take_pair},
};
