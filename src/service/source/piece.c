#include "service/source/source.h"

#include "db/part.h"
#include "service/source/source_sql.h"

enum status document_next_about(struct ctx *ctx, enum document_readers readers, int64_t after,
                                struct document *ret_document)
{
    for (;;) {
        struct sql_source_next_about_row row;
        struct sql_source_next_about in = {.after = after, .readers = readers};
        TRY(sql_source_next_about(ctx->db, ctx->arena, in, &row));
        const struct licence *licence = licence_find(row.licence);
        *ret_document = (struct document){.id = row.id, .collection = row.collection, .key = row.key,
                                          .title = row.title, .authors = row.authors, .publisher = row.publisher,
                                          .licence = row.licence, .link = row.link,
                                          .written = {(int32_t)row.written_day}, .taken = {row.taken_ms},
                                          .readers = readers, .reason = STR(""), .hash = STR("")};
        if (licence != NULL && licence->show >= LICENCE_QUOTE)
            return OK;
        after = row.id;
    }
}

enum status document_piece(struct ctx *ctx, const struct document *document, size_t from, char *into, size_t room,
                           size_t *ret_len)
{
    struct db_part part = {.table = "source_document", .column = "words", .row = document->id, .from = from};
    return db_part(ctx->db, &part, into, room, ret_len);
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
