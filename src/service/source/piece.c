#include "service/source/source.h"

#include "db/db.h"

enum status document_piece(struct ctx *ctx, const struct document *document, size_t from, char *into, size_t room,
                           size_t *ret_len)
{
    struct db_cell cell = {.table = "source_document", .column = "words", .row = document->id};
    struct buf out = {.at = into, .room = room, .max = room};
    enum status done = db_read_part(ctx->db, cell, from, room, &out);
    *ret_len = out.len;
    return done;
}

enum status document_holds(struct ctx *ctx, const struct document *document, struct str text,
                           struct document_search *search, bool *ret_holds)
{
    size_t from = 0, len = DOCUMENT_SCRATCH;
    REQUIRE(text.len > 0 && text.len < DOCUMENT_SCRATCH);
    *ret_holds = false;
    while (len == DOCUMENT_SCRATCH && !*ret_holds) {
        TRY(document_piece(ctx, document, from, search->scratch, DOCUMENT_SCRATCH, &len));
        search->bytes += len;
        *ret_holds = str_find((struct str){search->scratch, len}, text) != SIZE_MAX;
        from += DOCUMENT_SCRATCH - text.len; /* what lies across the edge is whole in the next */
    }
    return OK;
}
