#include "service/assistant/desk.h"

#include "base/utf8.h"
#include "core/audit.h"
#include "core/town.h"
#include "language/source/search.h"
#include "language/stem.h"
#include "service/assistant/desk_sql.h"
#include "service/assistant/lang.h"
#include "service/assistant/shelf.h"

EXPORT_EACH(desk_export)

enum status desk_list(struct ctx *ctx, struct desk **ret_desks, size_t *ret_count)
{
    struct sql_desk_list_row *rows;
    size_t count;
    TRY(sql_desk_list(ctx->db, ctx->arena, &rows, &count));
    struct desk *desks = arena_array(ctx->arena, struct desk, count + 1);
    if (desks == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        desks[i] = (struct desk){.id = rows[i].id,
                                 .name = rows[i].name,
                                 .subjects = rows[i].subjects,
                                 .place = rows[i].place,
                                 .phone = rows[i].phone,
                                 .hours = rows[i].hours};
    *ret_desks = desks;
    *ret_count = count;
    return OK;
}

/* ---- which one ---- */

/* The stems of the words of a text that carry meaning. */
static enum status stems_of(struct ctx *ctx, const struct library *library, struct stemmer *stemmer, struct str text,
                            struct str **ret_stems, size_t *ret_count)
{
    struct question question;
    TRY(question_read(ctx->arena, library, stemmer, text, &question));
    struct str *stems = arena_array(ctx->arena, struct str, question.asked_count + 1);
    if (stems == NULL)
        return LIMIT;
    for (size_t i = 0; i < question.asked_count; i++) {
        stems[i] = str_copy(ctx->arena, stem_of(stemmer, question.slots[i].text));
        if (str_is_absent(stems[i]))
            return LIMIT;
    }
    *ret_stems = stems;
    *ret_count = question.asked_count;
    return OK;
}

static size_t shared(const struct str *asked, size_t asked_count, const struct str *stems, size_t count)
{
    size_t shared = 0;
    for (size_t i = 0; i < asked_count; i++)
        for (size_t j = 0; j < count; j++)
            if (str_eq(asked[i], stems[j])) {
                shared++;
                break;
            }
    return shared;
}

enum status desk_of_question(struct ctx *ctx, struct str question, struct desk *ret_desk)
{
    struct stemmer *stemmer;
    struct desk *desks;
    struct str *asked, *stems;
    size_t desk_count, asked_count, count, best = 0;
    const struct library *library = shelf_library(ctx, DOCUMENT_PUBLIC, &stemmer);
    TRY(desk_list(ctx, &desks, &desk_count));
    if (library == NULL || desk_count == 0)
        return NOT_FOUND;
    TRY(stems_of(ctx, library, stemmer, question, &asked, &asked_count));
    for (size_t i = 0; i < desk_count; i++) {
        TRY(stems_of(ctx, library, stemmer, desks[i].subjects, &stems, &count));
        size_t number = shared(asked, asked_count, stems, count);
        if (number <= best)
            continue;
        best = number;
        *ret_desk = desks[i];
    }
    return best > 0 ? OK : NOT_FOUND;
}

/* ---- changes ---- */

static bool is_text(struct str text, size_t most)
{
    if (text.len > most || !utf8_is_valid(text))
        return false;
    while (text.len > 0)
        if (utf8_is_deceptive(utf8_next(&text)))
            return false;
    return true;
}

static bool is_right(const struct desk *desk)
{
    return desk->name.len > 0 && desk->subjects.len > 0 && desk->phone.len > 0 && is_text(desk->name, DESK_NAME_MAX) &&
           is_text(desk->subjects, DESK_SUBJECTS_MAX) && is_text(desk->place, DESK_PLACE_MAX) &&
           is_text(desk->phone, DESK_PHONE_MAX) && is_text(desk->hours, DESK_PLACE_MAX);
}

enum status desk_add(struct ctx *ctx, const struct desk *desk)
{
    struct sql_desk_count_row row;
    if (!is_right(desk))
        return refuse(ctx, INVALID, "assistant.desk", T_assistant_desk_wrong);
    TRY(sql_desk_count(ctx->db, ctx->arena, &row));
    if (row.number >= DESKS_MAX)
        return refuse(ctx, LIMIT, "assistant.desks", T_assistant_desks_full);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    struct sql_desk_add in = {.name = desk->name,
                              .subjects = desk->subjects,
                              .place = desk->place,
                              .phone = desk->phone,
                              .hours = desk->hours};
    TRY(sql_desk_add(ctx->db, in));
    return audit_add(ctx, "assistant.desk", desk->name, STR(""));
}

enum status desk_remove(struct ctx *ctx, int64_t id)
{
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_desk_remove(ctx->db, (struct sql_desk_remove){.id = id}));
    return audit_add(ctx, "assistant.desk_gone", str_format(ctx->arena, "%lld", (long long)id), STR(""));
}

enum status desk_each(struct ctx *ctx, struct export_sink sink)
{
    return each_desk_export(ctx, sink);
}

enum status desk_take(struct ctx *ctx, const void *row)
{
    const struct sql_desk_export_row *from = row;
    struct desk desk = {.name = from->name, .subjects = from->subjects, .place = from->place, .phone = from->phone,
                        .hours = from->hours};
    return desk_add(ctx, &desk);
}
