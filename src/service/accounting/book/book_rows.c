#include "service/accounting/book/book_rows.h"

#include "service/accounting/book/book.h"
#include "service/accounting/book/book_rows_sql.h"

EXPORT_EACH(book_rows_entry)

static enum status take_entry(struct ctx *ctx, const void *from)
{
    const struct sql_book_rows_entry_row *row = from;
    struct chain_hash hash;
    struct entry entry;
    TRY(entry_read(ctx->arena, row->bytes, &entry));
    if (row->sequence < 1 || entry.sequence != (uint64_t)row->sequence || row->hash.len != CHAIN_HASH_BYTES)
        return INVALID;
    memcpy(hash.bytes, row->hash.at, CHAIN_HASH_BYTES);
    return book_take(ctx, row->bytes, &hash);
}

const struct export_file book_rows[BOOK_ROWS] = {
    {"accounting_entries.jsonl", &sql_book_rows_entry_row_shape, each_book_rows_entry, take_entry},
};
