#include "core/bars.h"
#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/publish/publish_budget_html.h"
#include "service/accounting/publish/publish_none_html.h"
#include "service/accounting/publish/publish_view.h"

enum { TABLES_MAX = 2 /* by chapter, by function */ };

/* ---- the tables of one part ---- */

static struct bar chapter_bar(struct ctx *ctx, const struct publish_pages *pages, const struct publish_sum *sum)
{
    struct str code = publish_code(sum->code), label = budget_chapter_label(pages->chart, sum->code);
    struct str plain = publish_plain(ctx, &pages->publication.act, sum->code);
    struct str official = publish_chapter_title(ctx, code, label);
    return (struct bar){.name = plain.len > 0 ? plain : official,
                        .note = plain.len > 0 ? official : STR(""),
                        .path = publish_path(ctx, pages, "chapter", code, sum->section, sum->direction),
                        .tag = sum->is_internal ? text_of(ctx->language, T_accounting_public_internal) : STR(""),
                        .money = sum->money};
}

static struct bar function_bar(struct ctx *ctx, const struct publish_pages *pages, const struct publish_sum *sum)
{
    struct str code = publish_code(sum->code);
    return (struct bar){.name = publish_function_name(ctx, pages->chart, code),
                        .note = STR(""),
                        .path = publish_path(ctx, pages, "function", code, sum->section, sum->direction),
                        .tag = STR(""),
                        .money = sum->money};
}

/* How the lines of a part are put together. */
struct view_of_part {
    struct bar (*bar)(struct ctx *ctx, const struct publish_pages *pages, const struct publish_sum *sum);
    const char *id;
    enum text_key caption, head;
};
static const struct view_of_part by_chapter = {chapter_bar, "chapters", T_accounting_public_by_chapter,
                                               T_accounting_public_chapter};
static const struct view_of_part by_function = {function_bar, "functions", T_accounting_public_by_function,
                                                T_accounting_public_function};

static struct bars_words words_of(struct ctx *ctx, const struct publish_part *part, const struct view_of_part *view)
{
    struct text_arg title = TEXT_ARG("part", budget_part_title(ctx, part->section, part->direction));
    return (struct bars_words){.id = str_format(ctx->arena, "%s-%s", part->id, view->id),
                               .caption = text_with(ctx->arena, ctx->language, view->caption, &title, 1),
                               .head = text_of(ctx->language, view->head),
                               .head_amount = text_of(ctx->language, T_accounting_public_amount),
                               .head_share = text_of(ctx->language, T_accounting_public_share),
                               .total = text_of(ctx->language, T_accounting_total)};
}

struct sums {
    struct publish_sum *at;
    size_t count;
};

/* Sums of nothing are left out. */
static enum status add_table(struct ctx *ctx, const struct publish_pages *pages, const struct publish_part *part,
                             const struct view_of_part *view, struct sums sums, struct publish_budget_part *ret_part)
{
    struct bars_words words = words_of(ctx, part, view);
    struct bar *bars = arena_array(ctx->arena, struct bar, sums.count + 1);
    size_t kept = 0;
    if (bars == NULL)
        return LIMIT;
    for (const struct publish_sum *sum = sums.at; sum < sums.at + sums.count; sum++)
        if (sum->section == part->section && sum->direction == part->direction && sum->money.cents != 0)
            bars[kept++] = view->bar(ctx, pages, sum);
    return bars_make(ctx, &words, bars, kept, &ret_part->tables[ret_part->table_count++]);
}

static enum status parts_of(struct ctx *ctx, const struct publish_pages *pages, struct sums chapters,
                            struct sums functions, struct publish_budget_view *view)
{
    view->parts = arena_array(ctx->arena, struct publish_budget_part, PUBLISH_PARTS);
    if (view->parts == NULL)
        return LIMIT;
    for (size_t i = 0; i < PUBLISH_PARTS; i++) {
        const struct publish_part *part = &publish_parts[i];
        struct publish_budget_part *shown = &view->parts[view->part_count];
        *shown = (struct publish_budget_part){.id = str_of(part->id),
                                              .title = budget_part_title(ctx, part->section, part->direction),
                                              .question = text_of(ctx->language, part->question),
                                              .tables = arena_array(ctx->arena, struct bars_view, TABLES_MAX)};
        if (shown->tables == NULL)
            return LIMIT;
        TRY(add_table(ctx, pages, part, &by_chapter, chapters, shown));
        if (view->has_functions)
            TRY(add_table(ctx, pages, part, &by_function, functions, shown));
        view->part_count += shown->tables[0].row_count > 0; /* a part of nothing is none */
    }
    return OK;
}

/* ---- in short ---- */

static enum status sum_of(struct sums sums, enum chart_section section, enum chart_direction direction,
                          struct money *ret_sum)
{
    *ret_sum = (struct money){0};
    for (size_t i = 0; i < sums.count; i++)
        if (sums.at[i].section == section && sums.at[i].direction == direction)
            TRY(money_add(ret_sum, sums.at[i].money));
    return OK;
}

static struct str each_of(struct ctx *ctx, struct money money, int64_t population)
{
    struct money each;
    if (population <= 0 || money_share(money, 1, population, &each) != OK)
        return STR("");
    return page_money(ctx, each);
}

static enum status rows_of(struct ctx *ctx, const struct publication *publication, struct sums chapters,
                           struct publish_budget_view *view)
{
    static const enum text_key names[BUDGET_SECTIONS] = {T_accounting_functioning, T_accounting_investment};
    view->rows = arena_array(ctx->arena, struct publish_budget_row, BUDGET_SECTIONS);
    if (view->rows == NULL)
        return LIMIT;
    for (int section = 0; section < BUDGET_SECTIONS; section++) {
        struct money receipt, expense;
        TRY(sum_of(chapters, (enum chart_section)section, CHART_RECEIPT, &receipt));
        TRY(sum_of(chapters, (enum chart_section)section, CHART_EXPENSE, &expense));
        view->rows[view->row_count++] =
            (struct publish_budget_row){.name = text_of(ctx->language, names[section]),
                                        .receipt = page_money(ctx, receipt),
                                        .expense = page_money(ctx, expense),
                                        .each_receipt = each_of(ctx, receipt, publication->population),
                                        .each_expense = each_of(ctx, expense, publication->population)};
    }
    return OK;
}

/* ---- the page ---- */

static enum status others_of(struct ctx *ctx, int64_t shown, struct publish_budget_view *view)
{
    int64_t acts[PUBLISH_SHOWN_MAX];
    size_t count;
    TRY(publish_list(ctx, acts, &count));
    view->others = arena_array(ctx->arena, struct publish_budget_other, count + 1);
    if (view->others == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        struct budget_act act;
        if (acts[i] == shown)
            continue;
        TRY(budget_act(ctx, acts[i], &act));
        view->others[view->other_count++] = (struct publish_budget_other){
            .path = publish_home(ctx, &act), .name = budget_act_name(ctx, &act), .label = act.label};
    }
    view->has_others = view->other_count > 0;
    return OK;
}

static enum status files_of(struct ctx *ctx, const struct publication *publication, struct publish_budget_view *view)
{
    int64_t count;
    struct str first = str_format(ctx->arena, "/budget/%lld/scdl.csv", (long long)publication->act.id);
    TRY(publish_files(ctx, publication, &count));
    view->files = arena_array(ctx->arena, struct publish_budget_file, (size_t)count);
    if (view->files == NULL)
        return LIMIT;
    for (int64_t number = 1; number <= count; number++)
        view->files[view->file_count++] = (struct publish_budget_file){
            .path = count == 1 ? first
                               : str_format(ctx->arena, "%.*s?file=%lld", STR_ARG(first), (long long)number),
            .is_one = count == 1,
            .number = number,
            .of = count};
    return OK;
}

static struct str stand_of(struct ctx *ctx, const struct publication *publication)
{
    const struct text_arg args[] = {TEXT_ARG("label", publication->act.label),
                                    TEXT_ARG("year", budget_year(ctx, &publication->act))};
    return text_with(ctx->arena, ctx->language,
                     publication->amount == DOCBUDG_DONE ? T_accounting_public_done : T_accounting_public_plan, args,
                     2);
}

static enum status fill(struct ctx *ctx, const struct publish_pages *pages, struct publish_budget_view *view)
{
    struct sums chapters, functions;
    const struct budget_act *act = &pages->publication.act;
    TRY(publish_chapters(ctx, &pages->publication, &chapters.at, &chapters.count));
    TRY(publish_functions(ctx, &pages->publication, &functions.at, &functions.count, &view->has_functions));
    view->title = budget_act_name(ctx, act);
    view->stand = stand_of(ctx, &pages->publication);
    view->has_day = act->decided.days != 0;
    view->day = view->has_day ? page_date(ctx, act->decided) : STR("");
    view->has_population = pages->publication.population > 0;
    view->population = pages->publication.population;
    TRY(files_of(ctx, &pages->publication, view));
    TRY(rows_of(ctx, &pages->publication, chapters, view));
    TRY(parts_of(ctx, pages, chapters, functions, view));
    return others_of(ctx, act->id, view);
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct publish_pages *pages)
{
    struct page page;
    struct publish_budget_view view = {0};
    TRY(fill(ctx, pages, &view));
    page_begin(&page, ctx, request, response);
    publish_budget_html(&page.html, &view);
    struct page_head head = publish_head(view.title);
    return page_end(&page, &head);
}

enum status publish_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct publish_pages pages;
    TRY(publish_asked(ctx, request, &pages));
    return show(ctx, request, response, &pages);
}

enum status publish_first_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t acts[PUBLISH_SHOWN_MAX];
    size_t count;
    struct page page;
    struct publish_pages pages;
    TRY(publish_list(ctx, acts, &count));
    if (count > 0) {
        TRY(publish_open(ctx, acts[0], &pages));
        return show(ctx, request, response, &pages);
    }
    page_begin(&page, ctx, request, response);
    publish_none_html(&page.html, &(struct publish_none_view){0});
    struct page_head head = publish_head(text_of(ctx->language, T_accounting_public_menu));
    return page_end(&page, &head);
}

/* ---- its button, on the page of the act ---- */

enum status publish_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    TRY(budget_act_asked(ctx, request, &act));
    TRY(publish_begin(ctx, &act));
    return web_redirect(ctx, response, "/accounting/acts/%lld", (long long)act.id);
}

enum status publish_withdraw_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    TRY(budget_act_asked(ctx, request, &act));
    TRY(publish_end(ctx, &act));
    return web_redirect(ctx, response, "/accounting/acts/%lld", (long long)act.id);
}
