/* Titres of a list, a few of them in each step of the writer. */
#include "service/accounting/receipt/basis.h"
#include "service/accounting/receipt/batch.h"
#include "service/accounting/receipt/batch_sql.h"

/* The command of a row: that of its batch, with the row's place in the last four bytes. */
static void command_of(const struct batch *batch, int64_t place, unsigned char ret_id[ENTRY_ID_BYTES])
{
    memcpy(ret_id, batch->command, ENTRY_ID_BYTES);
    for (size_t i = 0; i < sizeof(uint32_t); i++)
        ret_id[ENTRY_ID_BYTES - 1 - i] ^= (unsigned char)((uint32_t)place >> 8 * i);
}

static enum status make_one(struct ctx *ctx, const struct batch *batch, const struct credit_year *year,
                            const struct sql_batch_row_next_row *row, struct faults *faults)
{
    struct imputation line = {.nature = row->nature, .function = row->function, .operation = STR(""),
                              .level = STR(""), .net = {row->amount}};
    struct piece_order order = {.year = year, .lines = &line, .line_count = 1, .kind = CHART_REAL,
                                .party = row->party, .unit = batch->unit, .object = row->object,
                                .product = row->product, .nature = STR(""), .type = STR(""), .day = batch->day};
    unsigned char id[ENTRY_ID_BYTES];
    uint64_t sequence;
    command_of(batch, row->place, id);
    TRY(piece_title(ctx, &order, id, faults, &sequence));
    TRY(basis_keep(ctx, sequence, row->basis));
    return sql_batch_row_made(ctx->db, (struct sql_batch_row_made){.sequence = (int64_t)sequence,
                                                                   .batch = batch->id, .place = row->place});
}

enum status batch_make(struct ctx *ctx, const struct batch *batch, const struct credit_year *year,
                       struct faults *faults)
{
    struct sql_batch_row_next_row *rows;
    size_t count;
    TRY(sql_batch_row_next(ctx->db, ctx->arena, (struct sql_batch_row_next){.batch = batch->id}, &rows, &count));
    for (size_t i = 0; i < count && i < BATCH_MAKE_STEP; i++)
        TRY(make_one(ctx, batch, year, &rows[i], faults));
    if (count > BATCH_MAKE_STEP)
        return OK; /* there is a next step */
    return sql_batch_set(ctx->db, (struct sql_batch_set){.state = BATCH_MADE, .read_from = batch->read_from,
                                                         .read_line = batch->read_line, .said = STR(""),
                                                         .id = batch->id});
}
