#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_change.h"
#include "service/accounting/budget/budget_changes_html.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/lang.h"

/* An amending decision says only what it changes, so it is compared with another of its kind alone by itself. */
static bool is_alike(const struct budget_act *one, const struct budget_act *other)
{
    return str_eq(one->kind, STR(DOCBUDG_AMENDING)) == str_eq(other->kind, STR(DOCBUDG_AMENDING));
}

/* The others of its budget; the one asked for is chosen, else the newest before it. */
static enum status add_choices(struct ctx *ctx, const struct budget_act *act, int64_t asked,
                               struct budget_changes_view *view, struct budget_act *ret_other)
{
    struct budget_act *acts;
    size_t count, chosen = SIZE_MAX;
    TRY(budget_acts(ctx, &acts, &count));
    view->choices = arena_array(ctx->arena, struct budget_changes_choice, count + 1);
    if (view->choices == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        bool is_before = acts[i].year < act->year || (acts[i].year == act->year && acts[i].id < act->id);
        if (acts[i].id == act->id || !str_eq(acts[i].siret, act->siret))
            continue;
        if (acts[i].id == asked || (asked == 0 && is_before && is_alike(&acts[i], act) && chosen == SIZE_MAX)) {
            chosen = view->choice_count;
            *ret_other = acts[i];
        }
        view->choices[view->choice_count++] =
            (struct budget_changes_choice){.id = acts[i].id, .name = budget_act_name(ctx, &acts[i])};
    }
    view->has_choice = view->choice_count > 0;
    view->has_other = chosen != SIZE_MAX;
    if (view->has_other)
        view->choices[chosen].is_chosen = true;
    return view->has_other || asked == 0 ? OK : NOT_FOUND;
}

static struct budget_changes_change row_of(struct ctx *ctx, const struct chart *chart,
                                           const struct budget_change *change)
{
    const struct budget_line *line = change->line;
    struct str code = line->nature;
    if (line->function.len > 0)
        code = str_format(ctx->arena, "%.*s %.*s", STR_ARG(line->nature), STR_ARG(line->function));
    return (struct budget_changes_change){
        .section = line->section == CHART_NO_SECTION ? STR("") : budget_part_title(ctx, line->section, line->direction),
        .chapter = line->group_chapter,
        .code = code,
        .label = budget_account_label(chart, line->nature),
        .before = page_money(ctx, change->before),
        .after = page_money(ctx, change->after),
        .difference = budget_difference(ctx, change->before, change->after),
        .is_new = !change->was,
        .is_gone = !change->is};
}

static enum status add_changes(struct ctx *ctx, const struct budget_act *act, const struct budget_act *other,
                               struct budget_changes_view *view)
{
    struct budget_line *lines[2];
    struct budget_change *changes;
    const struct chart *chart;
    size_t counts[2], count;
    TRY(budget_chart(ctx, act, &chart));
    TRY(budget_lines(ctx, other->id, &lines[0], &counts[0]));
    TRY(budget_lines(ctx, act->id, &lines[1], &counts[1]));
    TRY(budget_changes(ctx->arena, lines[0], counts[0], lines[1], counts[1], &changes, &count));
    view->changes = arena_array(ctx->arena, struct budget_changes_change, count + 1);
    if (view->changes == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->changes[view->change_count++] = row_of(ctx, chart, &changes[i]);
    view->other = budget_act_name(ctx, other);
    view->is_same = count == 0;
    return OK;
}

enum status budget_changes_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct budget_act act, other;
    TRY(budget_act_asked(ctx, request, &act));
    struct budget_changes_view view = {.home = STR("/accounting"),
                                       .back = budget_act_path(ctx, act.id, ""),
                                       .title = text_of(ctx->language, T_accounting_changes),
                                       .act = budget_act_name(ctx, &act)};
    TRY(budget_chart_taken(ctx, &act, &view.note));
    TRY(add_choices(ctx, &act, web_int(request, "with", 0), &view, &other));
    if (view.has_other)
        TRY(add_changes(ctx, &act, &other, &view));
    page_begin(&page, ctx, request, response);
    budget_changes_html(&page.html, &view);
    struct page_head head = budget_head(view.title);
    return page_end(&page, &head);
}
