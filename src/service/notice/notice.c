#include "service/notice/notice.h"

#include "core/town.h"
#include "service/notice/lang.h"
#include "service/notice/notice_sql.h"

#define DAY_MS (86400 * INT64_C(1000))

enum status notice_list(struct ctx *ctx, struct notice **ret_notices, size_t *ret_count)
{
    struct sql_notice_list_row *rows;
    size_t count;
    TRY(sql_notice_list(ctx->db, ctx->arena, (struct sql_notice_list){.now_ms = ctx->now.ms}, &rows, &count));
    struct notice *notices = arena_array(ctx->arena, struct notice, count + 1);
    if (notices == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        notices[i] = (struct notice){.id = rows[i].id, .title = rows[i].title, .words = rows[i].words,
                                     .author = rows[i].author, .posted = {rows[i].posted_ms},
                                     .ends = {rows[i].ends_ms}};
    *ret_notices = notices;
    *ret_count = count;
    return OK;
}

enum status notice_get(struct ctx *ctx, int64_t id, struct notice *ret_notice)
{
    struct sql_notice_get_row row;
    TRY(sql_notice_get(ctx->db, ctx->arena, (struct sql_notice_get){.id = id, .now_ms = ctx->now.ms}, &row));
    *ret_notice = (struct notice){.id = row.id, .title = row.title, .words = row.words, .author = row.author,
                                  .posted = {row.posted_ms}, .ends = {row.ends_ms}};
    return OK;
}

enum status notice_post(struct ctx *ctx, struct str title, struct str words, int64_t days, int64_t *ret_id)
{
    struct sql_notice_post_row row;
    title = str_trim(title);
    words = str_trim(words);
    if (title.len == 0 || title.len > NOTICE_TITLE_MAX)
        return refuse(ctx, INVALID, "notice.title", T_notice_title_wrong);
    if (words.len == 0 || words.len > NOTICE_WORDS_MAX)
        return refuse(ctx, INVALID, "notice.words", T_notice_words_wrong);
    if (days < 1 || days > NOTICE_DAYS_MAX)
        return refuse(ctx, INVALID, "notice.days", T_notice_days_wrong);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    struct sql_notice_post in = {.title = title, .words = words, .author = ctx->actor.person,
                                 .posted_ms = ctx->now.ms, .ends_ms = ctx->now.ms + days * DAY_MS};
    TRY(sql_notice_post(ctx->db, ctx->arena, in, &row));
    *ret_id = row.id;
    return OK;
}

enum status notice_withdraw(struct ctx *ctx, int64_t id)
{
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_notice_withdraw(ctx->db, (struct sql_notice_withdraw){.id = id, .now_ms = ctx->now.ms});
}
