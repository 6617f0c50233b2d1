#include "service/source/source_export.h"

#include <openssl/sha.h>

#include "core/town.h"
#include "service/source/source.h"
#include "service/source/source_export_sql.h"
#include "service/source/source_sql.h"

EXPORT_EACH(source_export)

static bool is_reason(struct str reason)
{
    return str_eq(reason, DOCUMENT_OPT_OUT) || str_eq(reason, DOCUMENT_REMOVED) || str_eq(reason, DOCUMENT_GONE);
}

/* As document_put would take it; one that was withdrawn has no words. */
static enum status check(struct ctx *ctx, const struct sql_source_export_row *row)
{
    bool is_gone = row->withdrawn_ms != 0;
    struct document_text text = {.document = {.collection = row->collection,
                                              .key = row->key,
                                              .title = row->title,
                                              .authors = row->authors,
                                              .publisher = row->publisher,
                                              .licence = row->licence,
                                              .link = row->link},
                                 .words = is_gone ? STR("-") : row->words};
    if (row->readers < DOCUMENT_PUBLIC || row->readers > DOCUMENT_AGENTS || (is_gone && row->words.len > 0) ||
        is_gone != is_reason(row->reason))
        return INVALID;
    return document_check(ctx, &text);
}

static enum status take(struct ctx *ctx, const void *from)
{
    const struct sql_source_export_row *row = from;
    unsigned char hash[SHA256_DIGEST_LENGTH];
    TRY(check(ctx, row));
    SHA256((const unsigned char *)row->words.at, row->words.len, hash);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    struct sql_source_export_add in = {.collection = row->collection,
                                       .key = row->key,
                                       .title = row->title,
                                       .authors = row->authors,
                                       .publisher = row->publisher,
                                       .licence = row->licence,
                                       .written_day = row->written_day,
                                       .taken_ms = row->taken_ms,
                                       .link = row->link,
                                       .hash = {(const char *)hash, sizeof hash},
                                       .words = row->words,
                                       .withdrawn_ms = row->withdrawn_ms,
                                       .reason = row->reason,
                                       .readers = row->readers};
    TRY(sql_source_export_add(ctx->db, in));
    return sql_source_changed(ctx->db); /* for a shelf that stands already, empty */
}

const struct export_file source_exports[SOURCE_EXPORTS] = {
    {"sources.jsonl", &sql_source_export_row_shape, each_source_export, take},
};
