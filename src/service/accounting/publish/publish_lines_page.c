#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/publish/publish_lines_html.h"
#include "service/accounting/publish/publish_view.h"

static struct publish_lines_part_line line_of(struct ctx *ctx, const struct publish_pages *pages,
                                              const struct publish_sum *line)
{
    struct str code = publish_code(line->function);
    return (struct publish_lines_part_line){
        .code = publish_code(line->nature),
        .label = budget_account_label(pages->chart, line->nature),
        .function = code.len > 0 ? publish_function_name(ctx, pages->chart, code) : STR(""),
        .amount = page_money(ctx, line->money)};
}

static struct str caption_of(struct ctx *ctx, const struct publish_part *part)
{
    struct text_arg title = TEXT_ARG("part", budget_part_title(ctx, part->section, part->direction));
    return text_with(ctx->arena, ctx->language, T_accounting_public_lines_caption, &title, 1);
}

/* Lines of nothing are left out; a part without any other is none. */
static enum status add_part(struct ctx *ctx, const struct publish_pages *pages, const struct publish_part *part,
                            const struct publish_sum *lines, size_t count, struct publish_lines_view *view)
{
    struct money total = {0};
    struct publish_lines_part *shown = &view->parts[view->part_count];
    *shown = (struct publish_lines_part){.id = str_of(part->id),
                                         .caption = caption_of(ctx, part),
                                         .lines = arena_array(ctx->arena, struct publish_lines_part_line, count + 1)};
    if (shown->lines == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        if (lines[i].section == part->section && lines[i].direction == part->direction && lines[i].money.cents != 0) {
            TRY(money_add(&total, lines[i].money));
            shown->has_functions |= lines[i].function.len > 0;
            shown->lines[shown->line_count++] = line_of(ctx, pages, &lines[i]);
        }
    shown->total = page_money(ctx, total);
    view->part_count += shown->line_count > 0;
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct publish_pages *pages, const struct publish_sum *lines, size_t count,
                        struct publish_lines_view *view)
{
    struct page page;
    view->back = publish_home(ctx, &pages->publication.act);
    view->back_name = budget_act_name(ctx, &pages->publication.act);
    view->is_cut = count == PUBLISH_ROWS_MAX;
    view->most = PUBLISH_ROWS_MAX;
    view->parts = arena_array(ctx->arena, struct publish_lines_part, PUBLISH_PARTS);
    if (view->parts == NULL)
        return LIMIT;
    for (size_t i = 0; i < PUBLISH_PARTS; i++)
        TRY(add_part(ctx, pages, &publish_parts[i], lines, count, view));
    view->is_empty = view->part_count == 0;
    page_begin(&page, ctx, request, response);
    publish_lines_html(&page.html, view);
    struct page_head head = publish_head(
        str_format(ctx->arena, "%.*s, %.*s", STR_ARG(view->title), STR_ARG(view->back_name)));
    return page_end(&page, &head);
}

/* "-": no code. NOT_FOUND: what stands there is none. */
static enum status code_asked(const struct web_request *request, struct str *ret_code)
{
    struct str code = str_eq(request->params[1], STR("-")) ? STR("") : request->params[1];
    *ret_code = code;
    return publish_code(code).len == code.len ? OK : NOT_FOUND;
}

enum status publish_chapter_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct publish_pages pages;
    struct publish_sum *lines;
    struct str code;
    size_t count;
    TRY(publish_asked(ctx, request, &pages));
    TRY(code_asked(request, &code));
    TRY(publish_of_chapter(ctx, &pages.publication, code, &lines, &count));
    struct str plain = publish_plain(ctx, &pages.publication.act, code);
    struct publish_lines_view view = {
        .title = publish_chapter_title(ctx, code, budget_chapter_label(pages.chart, code)),
        .has_plain = plain.len > 0,
        .plain = plain};
    return show(ctx, request, response, &pages, lines, count, &view);
}

enum status publish_function_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct publish_pages pages;
    struct publish_sum *lines;
    struct str code;
    size_t count;
    TRY(publish_asked(ctx, request, &pages));
    TRY(code_asked(request, &code));
    TRY(publish_of_function(ctx, &pages.publication, code, &lines, &count));
    struct publish_lines_view view = {.title = publish_function_name(ctx, pages.chart, code),
                                      .has_plain = true,
                                      .plain = text_of(ctx->language, T_accounting_public_function_note)};
    return show(ctx, request, response, &pages, lines, count, &view);
}
