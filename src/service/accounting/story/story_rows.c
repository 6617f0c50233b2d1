#include "service/accounting/story/story_rows.h"

#include "core/export_people.h"
#include "core/town.h"
#include "service/accounting/story/story.h"
#include "service/accounting/story/story_rows_sql.h"

enum { CODE_MAX = 100 };

EXPORT_EACH(story_rows_deed)

static enum status take_deed(struct ctx *ctx, const void *from)
{
    const struct sql_story_rows_deed_row *row = from;
    struct sql_story_rows_deed_add in = {.id = row->id, .kind = row->kind, .object = row->object, .deed = row->deed,
                                         .at_ms = row->at_ms, .detail = row->detail};
    bool is_deed = row->id > 0 && row->kind >= 0 && row->kind < STORY_KINDS && row->object > 0 &&
                   row->object <= INT64_C(1) << 53 && row->deed.len > 0 &&
                   row->deed.len <= CODE_MAX && row->detail.len <= STORY_DETAIL_MAX && row->at_ms > 0;
    if (!is_deed)
        return INVALID;
    if (row->person.len > 0)
        TRY(export_person(ctx, row->person, &in.person));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_story_rows_deed_add(ctx->db, in);
}

const struct export_file story_rows[STORY_ROWS] = {
    {"accounting_deeds.jsonl", &sql_story_rows_deed_row_shape, each_story_rows_deed, take_deed},
};
