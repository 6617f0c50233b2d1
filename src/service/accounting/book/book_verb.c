#include "service/accounting/book/book_verb.h"

#include "service/accounting/book/book.h"
#include "service/accounting/book/book_sql.h"
#include "service/accounting/engine/journal_format.h"
#include "service/accounting/lang.h"

enum { PIECE_BYTES = 8 << 20, PIECE_ARENA = 128 << 20 };

/* ---- the journal in an open form ---- */

static enum status format_of(struct ctx *ctx, const struct verb_call *call, enum journal_format *ret_format)
{
    struct str name = verb_option(call, "--format");
    *ret_format = JOURNAL_JSONL;
    if (str_is_absent(name) || journal_format_named(name, ret_format) == OK)
        return OK;
    return refuse(ctx, INVALID, "accounting.format", T_accounting_format_wrong);
}

static enum status write_row(const struct sql_book_entry_after_row *row, struct arena *arena,
                             enum journal_format format, struct buf *out)
{
    struct entry entry;
    struct chain_hash hash;
    if (row->hash.len != CHAIN_HASH_BYTES)
        return CORRUPT;
    memcpy(hash.bytes, row->hash.at, CHAIN_HASH_BYTES);
    TRY(entry_read(arena, row->bytes, &entry));
    journal_write(out, format, &entry, &hash);
    return buf_status(out);
}

/* Entries after *after, until the piece is full; *ret_is_end: there are no more. */
static enum status make_piece(struct ctx *ctx, enum journal_format format, struct buf *out, int64_t *after,
                              bool *ret_is_end)
{
    struct sql_book_entry_after_row *rows;
    size_t count = 1;
    while (count > 0) {
        struct arena *arena ARENA_SCOPE = arena_create(PIECE_ARENA);
        TRY(sql_book_entry_after(ctx->db, arena, (struct sql_book_entry_after){.after = *after}, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            TRY(write_row(&rows[i], arena, format, out));
            *after = rows[i].sequence;
            if (out->len >= PIECE_BYTES)
                return OK;
        }
    }
    *ret_is_end = true;
    return OK;
}

/* In a reader: entries after the last one handed. */
enum status book_export_make(struct ctx *ctx, struct verb_call *call)
{
    enum journal_format format;
    int64_t after = 0;
    bool is_end = false;
    if (call->handed.len > 0 && str_to_i64(call->handed, &after) != OK)
        return INVALID;
    TRY(format_of(ctx, call, &format));
    if (after == 0)
        journal_begin(call->output, format);
    TRY(make_piece(ctx, format, call->output, &after, &is_end));
    buf_add_format(call->hand, is_end ? "end" : "%lld", (long long)after);
    return buf_status(call->output);
}

/* What came from the reader and is not printed yet. */
struct printing {
    char room[PIECE_BYTES + JOURNAL_WRITTEN_MAX];
    struct str rest;
};

/* In the command: VERB_OUT_MAX at a time; then back to the reader, until that was the end. */
enum status book_export_print(struct ctx *ctx, struct verb_call *call)
{
    struct printing *printing = *call->kept;
    (void)ctx;
    if (printing == NULL)
        *call->kept = printing = arena_new(call->always, struct printing);
    if (printing == NULL)
        return LIMIT;
    if (printing->rest.len == 0) {
        REQUIRE(call->input.len <= sizeof printing->room);
        memcpy(printing->room, call->input.at, call->input.len);
        printing->rest = (struct str){printing->room, call->input.len};
    }
    buf_add(call->out, str_slice(printing->rest, 0, VERB_OUT_MAX));
    printing->rest = str_after(printing->rest, VERB_OUT_MAX);
    if (printing->rest.len > 0)
        call->next = BOOK_EXPORT_PRINT;
    else if (!str_eq(call->handed, STR("end")))
        call->next = BOOK_EXPORT_MAKE;
    return OK;
}
