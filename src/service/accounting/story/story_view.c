#include "service/accounting/story/story_view.h"

#include "service/accounting/right/right.h"
#include "service/accounting/lang.h"

static struct str who_words(struct ctx *ctx, struct str who)
{
    return who.len > 0 ? who : text_of(ctx->language, T_accounting_story_command);
}

enum status story_list_of(struct ctx *ctx, enum story_kind kind, int64_t object, struct story_list_view *ret_view)
{
    struct story_line *lines;
    size_t count;
    *ret_view = (struct story_list_view){0};
    if (!right_may(ctx, RIGHT_READ))
        return OK;
    TRY(story_of(ctx, kind, object, 0, &lines, &count));
    ret_view->is_there = count > 0;
    ret_view->lines = arena_array(ctx->arena, struct story_list_line, count + 1);
    if (ret_view->lines == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        ret_view->lines[ret_view->line_count++] =
            (struct story_list_line){.at = page_moment(ctx, lines[i].at), .who = who_words(ctx, lines[i].who),
                                     .what = lines[i].what, .detail = lines[i].detail};
    return OK;
}

enum status story_table(struct spend_view *view, enum story_kind kind, int64_t object, int64_t slip)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct story_line *lines;
    size_t count;
    TRY(story_of(ctx, kind, object, slip, &lines, &count));
    TRY(spend_table(view, "story", T_accounting_story, T_accounting_story_none, count, &table));
    spend_head(view, table, T_accounting_party_when, SPEND_TEXT);
    spend_head(view, table, T_accounting_by, SPEND_TEXT);
    spend_head(view, table, T_accounting_story_what, SPEND_TEXT);
    spend_head(view, table, T_accounting_note, SPEND_OPTIONAL);
    for (size_t i = 0; i < count; i++) {
        struct spend_page_table_row *row = spend_row(view, table, page_moment(ctx, lines[i].at), STR(""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, who_words(ctx, lines[i].who), SPEND_TEXT);
        spend_cell(row, lines[i].what, SPEND_TEXT);
        spend_cell(row, lines[i].detail, SPEND_OPTIONAL);
    }
    return OK;
}
