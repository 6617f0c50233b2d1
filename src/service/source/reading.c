#include "service/source/reading.h"

#include "core/town.h"
#include "service/source/lang.h"
#include "service/source/reading_sql.h"

/* Codes are kept in rows: they stay. The last ones are own_put's. */
static const struct {
    const char *code;
    enum text_key sentence;
    enum status status;
    enum wording_end end; /* WORDING_DONE: none of these */
} refusals[] = {
    {"source.file_unknown", T_source_file_unknown, INVALID, WORDING_UNKNOWN},
    {"source.file_old", T_source_file_old, INVALID, WORDING_OLD},
    {"source.file_locked", T_source_file_locked, INVALID, WORDING_LOCKED},
    {"source.file_damaged", T_source_file_damaged, INVALID, WORDING_DAMAGED},
    {"source.file_empty", T_source_file_empty, INVALID, WORDING_EMPTY},
    {"source.file_scanned", T_source_file_scanned, INVALID, WORDING_SCANNED},
    {"source.file_too_large", T_source_file_too_large, LIMIT, WORDING_TOO_LARGE},
    {"source.file_too_much", T_source_file_too_much, LIMIT, WORDING_TOO_MUCH},
    {"source.file_broken", T_source_file_broken, BUSY, WORDING_BROKEN},
    {"source.file_busy", T_source_file_busy, BUSY, WORDING_BUSY},
    {"source.title", T_source_title_wrong, INVALID, WORDING_DONE},
    {"source.licence", T_source_licence_wrong, INVALID, WORDING_DONE},
    {"source.link", T_source_link_wrong, INVALID, WORDING_DONE},
    {"source.words", T_source_words_wrong, INVALID, WORDING_DONE},
    {"source.title_taken", T_source_title_taken, CONFLICT, WORDING_DONE},
    {"source.title_agents", T_source_title_agents, CONFLICT, WORDING_DONE},
    {"source.taken_back", T_source_taken_back, CONFLICT, WORDING_DONE},
};
enum { REFUSALS = sizeof refusals / sizeof refusals[0] };

/* What a role says that is no end at all is a fault of its own. */
static size_t refusal_of(enum wording_end end)
{
    size_t i = 0, broken = 0;
    for (; i < REFUSALS; i++) {
        if (refusals[i].end == end && end != WORDING_DONE)
            return i;
        if (refusals[i].end == WORDING_BROKEN)
            broken = i;
    }
    return broken;
}

static enum text_key sentence_of(struct str code)
{
    for (size_t i = 0; i < REFUSALS; i++)
        if (str_eq(code, str_of(refusals[i].code)))
            return refusals[i].sentence;
    return code.len == 0 ? T_none : T_source_file_broken;
}

enum status reading_refuse(struct ctx *ctx, enum wording_end end)
{
    size_t i = refusal_of(end);
    return refuse(ctx, refusals[i].status, refusals[i].code, refusals[i].sentence);
}

enum status reading_begin(struct ctx *ctx, const struct document *document, struct str file_name,
                          enum own_replace replace, int64_t *ret_id)
{
    struct sql_reading_add_row row;
    struct document_text text = {.document = *document, .words = STR("-")};
    if (text.document.title.len == 0)
        text.document.title = STR("-");
    TRY(document_check(ctx, &text));
    if (document->title.len > 0)
        TRY(own_check(ctx, document, replace));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_reading_forget(ctx->db, (struct sql_reading_forget){.before_ms = ctx->now.ms - READING_KEPT_MS}));
    struct sql_reading_add in = {.file_name = file_name,
                                 .title = document->title,
                                 .authors = document->authors,
                                 .publisher = document->publisher,
                                 .licence = document->licence,
                                 .readers = document->readers,
                                 .replace = replace,
                                 .written_day = document->written.days,
                                 .link = document->link,
                                 .now_ms = ctx->now.ms};
    TRY(sql_reading_add(ctx->db, ctx->arena, in, &row));
    *ret_id = row.id;
    return OK;
}

enum status reading_get(struct ctx *ctx, int64_t id, struct reading *ret_reading)
{
    struct sql_reading_get_row row;
    TRY(sql_reading_get(ctx->db, ctx->arena, (struct sql_reading_get){.id = id}, &row));
    bool is_late = row.source == 0 && row.refusal.len == 0 && ctx->now.ms - row.begun_ms > READING_LATE_MS;
    *ret_reading = (struct reading){.document = {.title = row.title,
                                                 .authors = row.authors,
                                                 .publisher = row.publisher,
                                                 .licence = row.licence,
                                                 .readers = (enum document_readers)row.readers,
                                                 .link = row.link,
                                                 .written = {(int32_t)row.written_day}},
                                    .file_name = row.file_name,
                                    .begun = {row.begun_ms},
                                    .source = row.source,
                                    .replace = (enum own_replace)row.replace,
                                    .refusal = is_late ? T_source_file_broken : sentence_of(row.refusal)};
    return OK;
}

static enum status end(struct ctx *ctx, int64_t id, int64_t source, const char *refusal)
{
    return sql_reading_end(ctx->db, (struct sql_reading_end){.id = id, .source = source, .refusal = str_of(refusal)});
}

static struct str title_of(const struct reading *reading, const struct conversion *conversion)
{
    if (reading->document.title.len > 0)
        return reading->document.title;
    return conversion->title.len > 0 ? conversion->title : reading->file_name;
}

enum status reading_take(struct ctx *ctx, int64_t row, const struct conversion *conversion)
{
    struct reading reading;
    enum document_change change;
    int64_t id;
    enum status done = reading_get(ctx, row, &reading);
    if (done == NOT_FOUND)
        return OK; /* what asked for it was undone */
    TRY(done);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    if (conversion->end != WORDING_DONE)
        return end(ctx, row, 0, refusals[refusal_of((enum wording_end)conversion->end)].code);
    struct document_text text = {.document = reading.document, .words = conversion->words};
    text.document.title = title_of(&reading, conversion);
    done = own_put(ctx, &text, reading.replace, &change, &id);
    if ((done == INVALID || done == CONFLICT) && ctx->failure.code != NULL)
        return end(ctx, row, 0, ctx->failure.code);
    TRY(done);
    TRY(own_audit(ctx, &text.document, change));
    return end(ctx, row, id, "");
}
