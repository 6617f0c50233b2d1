#include "service/notice/notice_export.h"

#include "core/export_people.h"
#include "core/town.h"
#include "service/notice/notice.h"
#include "service/notice/notice_export_sql.h"

EXPORT_EACH(notice_export)

static enum status take(struct ctx *ctx, const void *from)
{
    const struct sql_notice_export_row *row = from;
    int64_t author;
    bool is_text = row->title.len > 0 && row->title.len <= NOTICE_TITLE_MAX && row->words.len > 0 &&
                   row->words.len <= NOTICE_WORDS_MAX;
    if (!is_text)
        return INVALID;
    TRY(export_person(ctx, row->author, &author));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_notice_export_add(ctx->db, (struct sql_notice_export_add){.title = row->title, .words = row->words,
                                                                         .author = author,
                                                                         .posted_ms = row->posted_ms,
                                                                         .ends_ms = row->ends_ms,
                                                                         .withdrawn_ms = row->withdrawn_ms});
}

const struct export_file notice_exports[NOTICE_EXPORTS] = {
    {"notices.jsonl", &sql_notice_export_row_shape, each_notice_export, take},
};
