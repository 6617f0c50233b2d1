#include "service/accounting/story/story.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "core/page.h"
#include "core/town.h"
#include "service/accounting/engine/entry.h"
#include "service/accounting/story/story_sql.h"
#include "service/accounting/lang.h"

enum status story_add(struct ctx *ctx, enum story_kind kind, int64_t object, const char *deed, struct str detail)
{
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_story_add(ctx->db, (struct sql_story_add){.kind = kind, .object = object, .deed = str_of(deed),
                                                         .at_ms = ctx->now.ms, .person = ctx->actor.person,
                                                         .detail = utf8_prefix(detail, STORY_DETAIL_MAX)});
}

/* ---- telling ---- */

struct telling {
    struct ctx *ctx;
    struct story_line *lines;
    size_t count;
};

static struct str words_of(const struct telling *telling, struct str deed)
{
    for (size_t i = 0; i < STORY_ACTS; i++)
        if (story_acts[i].kind != NULL && str_eq(deed, str_of(story_acts[i].kind)))
            return text_of(telling->ctx->language, story_acts[i].words);
    return deed;
}

static void tell(struct telling *telling, int64_t at_ms, struct str who, struct str what, struct str detail)
{
    if (telling->count < STORY_SHOWN)
        telling->lines[telling->count++] = (struct story_line){{at_ms}, who, what, detail};
}

static enum status tell_deeds(struct telling *telling, enum story_kind kind, int64_t object)
{
    struct ctx *ctx = telling->ctx;
    struct sql_story_deeds_row *rows;
    size_t count;
    TRY(sql_story_deeds(ctx->db, ctx->arena, (struct sql_story_deeds){.kind = kind, .object = object}, &rows, &count));
    for (size_t i = 0; i < count; i++)
        tell(telling, rows[i].at_ms, rows[i].who, words_of(telling, rows[i].deed), rows[i].detail);
    return OK;
}

/* What an entry is to the object that is told of: itself, or one that refers to it. */
static enum text_key entry_words(enum entry_kind entry, bool is_itself)
{
    static const enum text_key words[ENTRY_KINDS] = {
        [ENTRY_ENGAGE] = T_accounting_deed_engaged,     [ENTRY_RELEASE] = T_accounting_deed_released,
        [ENTRY_ORDER] = T_accounting_deed_ordered,      [ENTRY_ORDER_DIRECT] = T_accounting_deed_ordered,
        [ENTRY_TITLE] = T_accounting_deed_titled,       [ENTRY_ORDER_REDUCE] = T_accounting_kind_reduce,
        [ENTRY_TITLE_REDUCE] = T_accounting_kind_reduce};
    bool corrects = entry == ENTRY_ORDER_REDUCE || entry == ENTRY_TITLE_REDUCE;
    return corrects && !is_itself ? T_accounting_deed_corrected : words[entry < ENTRY_KINDS ? entry : ENTRY_ENGAGE];
}

static enum status tell_posted(struct telling *telling, int64_t sequence)
{
    struct ctx *ctx = telling->ctx;
    struct sql_story_posted_row *rows;
    size_t count;
    TRY(sql_story_posted(ctx->db, ctx->arena, (struct sql_story_posted){.sequence = sequence}, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        enum text_key words = entry_words((enum entry_kind)rows[i].entry, rows[i].sequence == sequence);
        tell(telling, rows[i].at_ms, rows[i].who, text_of(ctx->language, words),
             page_money(ctx, (struct money){rows[i].amount}));
    }
    return OK;
}

/* The accountant's returns say a day, not an hour. */
static enum status tell_stated(struct telling *telling, int64_t piece)
{
    struct ctx *ctx = telling->ctx;
    struct sql_story_stated_row row;
    enum status done = sql_story_stated(ctx->db, ctx->arena, (struct sql_story_stated){.sequence = piece}, &row);
    if (done == OK)
        tell(telling, instant_of_date((struct date){(int32_t)row.stated_day}).ms,
             text_of(ctx->language, T_accounting_cfu_accountant), text_of(ctx->language, T_accounting_deed_stated),
             row.said);
    return done == NOT_FOUND ? OK : done;
}

static enum status tell_attests(struct telling *telling, int64_t engagement)
{
    struct ctx *ctx = telling->ctx;
    struct sql_story_attests_row *rows;
    size_t count;
    TRY(sql_story_attests(ctx->db, ctx->arena, (struct sql_story_attests){.engagement = engagement}, &rows, &count));
    for (size_t i = 0; i < count; i++)
        tell(telling, rows[i].at_ms, rows[i].who,
             text_of(ctx->language, rows[i].amount < 0 ? T_accounting_deed_unattested : T_accounting_deed_attested),
             page_money(ctx, (struct money){rows[i].amount}));
    return OK;
}

static enum status tell_party(struct telling *telling, int64_t party)
{
    struct ctx *ctx = telling->ctx;
    struct sql_story_party_row *rows;
    size_t count;
    TRY(sql_story_party(ctx->db, ctx->arena, (struct sql_story_party){.party = party}, &rows, &count));
    for (size_t i = 0; i < count; i++)
        tell(telling, rows[i].at_ms, rows[i].who, words_of(telling, rows[i].deed),
             rows[i].detail.len == 0 ? STR("") : str_format(ctx->arena, "…%.*s", STR_ARG(rows[i].detail)));
    return OK;
}

static int newest_first(const void *one, const void *other)
{
    const struct story_line *a = one, *b = other;
    return a->at.ms > b->at.ms ? -1 : a->at.ms < b->at.ms;
}

enum status story_of(struct ctx *ctx, enum story_kind kind, int64_t object, int64_t slip,
                     struct story_line **ret_lines, size_t *ret_count)
{
    struct telling telling = {.ctx = ctx, .lines = arena_array(ctx->arena, struct story_line, STORY_SHOWN)};
    if (telling.lines == NULL)
        return LIMIT;
    TRY(tell_deeds(&telling, kind, object));
    if (kind == STORY_ENGAGEMENT || kind == STORY_PIECE)
        TRY(tell_posted(&telling, object));
    if (kind == STORY_PIECE)
        TRY(tell_stated(&telling, object));
    if (kind == STORY_ENGAGEMENT)
        TRY(tell_attests(&telling, object));
    if (kind == STORY_PARTY)
        TRY(tell_party(&telling, object));
    if (slip != 0)
        TRY(tell_deeds(&telling, STORY_SLIP, slip));
    qsort(telling.lines, telling.count, sizeof *telling.lines, newest_first);
    *ret_lines = telling.lines;
    *ret_count = telling.count;
    return OK;
}
