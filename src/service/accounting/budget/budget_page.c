#include "core/page.h"
#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_act_html.h"
#include "service/accounting/budget/budget_amend.h"
#include "service/accounting/budget/budget_annul.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/fault_say.h"
#include "service/accounting/lang.h"
#include "service/accounting/publish/publish.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/credit.h"
#include "service/accounting/story/story_view.h"

enum { DIRECTIONS = 2, PARTS = BUDGET_SECTIONS * DIRECTIONS };

static struct str day_of(struct ctx *ctx, struct date day)
{
    return day.days == 0 ? STR("") : page_date(ctx, day);
}

/* It says only what it changes. */
static bool is_decision(const struct budget_act *act)
{
    return str_eq(act->kind, STR(DOCBUDG_AMENDING)) || str_eq(act->kind, STR(BUDGET_TRANSFER));
}

static bool is_vote(const struct budget_act *act)
{
    return str_eq(act->kind, STR(DOCBUDG_PRIMITIVE)) || budget_is_amending(act);
}

/* Why the book would not open its credits, as far as that is known before it is asked. */
static enum status add_causes(struct ctx *ctx, const struct budget_act *act, struct budget_act_view *view)
{
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(budget_annul_causes(ctx, act, faults));
    view->nevers = arena_array(ctx->arena, struct budget_act_never, faults->count + 1);
    if (view->nevers == NULL)
        return LIMIT;
    view->has_never = faults->count > 0;
    for (size_t i = 0; i < faults->count; i++)
        view->nevers[view->never_count++].mend = fault_say(ctx, &faults->kept[i]);
    return OK;
}

/* Credits of what was voted, or moved by delegation, are opened once; then the year is followed. */
static enum status add_year(struct ctx *ctx, const struct budget_act *act, struct budget_act_view *view)
{
    unsigned held;
    bool is_open;
    int64_t budget = 0;
    TRY(right_held(ctx, &held));
    TRY(credit_is_open(ctx, act->id, &is_open, &budget));
    view->has_year = is_open && (held & RIGHT_READ) != 0;
    view->followed = str_format(ctx->arena, "/accounting/years/%lld/%d", (long long)budget, act->year);
    view->may_open = (held & RIGHT_PREPARE) && !is_open && !act->is_draft && act->annulled.ms == 0 &&
                     (is_vote(act) || is_decision(act));
    return view->may_open ? add_causes(ctx, act, view) : OK;
}

/* ---- one act ---- */

/* What stands in a column of several rows. */
struct columns {
    struct str previous, voted, opened, done;
};

static struct columns columns_of(struct ctx *ctx, const struct money amounts[DOCBUDG_AMOUNTS])
{
    return (struct columns){.previous = page_money(ctx, amounts[DOCBUDG_PREVIOUS]),
                            .voted = page_money(ctx, amounts[DOCBUDG_VOTED]),
                            .opened = page_money(ctx, amounts[DOCBUDG_OPEN]),
                            .done = page_money(ctx, amounts[DOCBUDG_DONE])};
}

static struct budget_act_part_chapter_line line_of(struct ctx *ctx, const struct chart *chart,
                                                   const struct budget_line *line)
{
    struct columns columns = columns_of(ctx, line->amounts);
    return (struct budget_act_part_chapter_line){.code = line->nature,
                                    .label = budget_account_label(chart, line->nature),
                                    .has_function = line->function.len > 0,
                                    .function = line->function,
                                    .has_operation = line->operation.len > 0,
                                    .operation = line->operation,
                                    .previous = columns.previous,
                                    .voted = columns.voted,
                                    .opened = columns.opened,
                                    .done = columns.done};
}

static bool is_of(const struct budget_line *line, const struct budget_line *first)
{
    return line->section == first->section && line->direction == first->direction &&
           str_eq(line->group_chapter, first->group_chapter);
}

/* The lines of one chapter, which follow one another; *ret_taken says how many. */
static enum status chapter_of(struct ctx *ctx, const struct chart *chart, const struct budget_line *lines, size_t left,
                              struct str part, struct budget_act_part_chapter *ret_chapter, size_t *ret_taken)
{
    struct money sums[DOCBUDG_AMOUNTS] = {{0}};
    size_t count = 0;
    while (count < left && is_of(&lines[count], lines))
        count++;
    struct budget_act_part_chapter_line *views = arena_array(ctx->arena, struct budget_act_part_chapter_line, count);
    if (views == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        views[i] = line_of(ctx, chart, &lines[i]);
        for (size_t amount = 0; amount < DOCBUDG_AMOUNTS; amount++)
            TRY(money_add(&sums[amount], lines[i].amounts[amount]));
    }
    struct columns columns = columns_of(ctx, sums);
    struct str code = lines->group_chapter;
    *ret_chapter = (struct budget_act_part_chapter){
        .id = str_format(ctx->arena, "%.*s-%.*s", STR_ARG(part), STR_ARG(code)),
        .code = code,
        .label = budget_chapter_label(chart, code),
        .previous = columns.previous,
        .voted = columns.voted,
        .opened = columns.opened,
        .done = columns.done,
        .lines = views,
        .line_count = count};
    *ret_taken = count;
    return OK;
}

static enum status part_of(struct ctx *ctx, const struct chart *chart, const struct budget_line *lines, size_t count,
                           const struct budget_total *total, struct budget_act_part *part)
{
    static const char *const ids[BUDGET_SECTIONS][DIRECTIONS] = {{"df", "rf"}, {"di", "ri"}};
    struct columns columns = columns_of(ctx, total->amounts);
    *part = (struct budget_act_part){.id = str_of(ids[total->section][total->direction]),
                                     .title = budget_part_title(ctx, total->section, total->direction),
                                     .previous = columns.previous,
                                     .voted = columns.voted,
                                     .opened = columns.opened,
                                     .done = columns.done,
                                     .chapters = arena_array(ctx->arena, struct budget_act_part_chapter, count + 1)};
    if (part->chapters == NULL)
        return LIMIT;
    for (size_t i = 0, taken; i < count; i += taken) {
        taken = 1;
        if (lines[i].section == total->section && lines[i].direction == total->direction)
            TRY(chapter_of(ctx, chart, &lines[i], count - i, part->id, &part->chapters[part->chapter_count++], &taken));
    }
    return OK;
}

static enum status parts_of(struct ctx *ctx, const struct chart *chart, const struct budget_act *act,
                            struct budget_act_view *view)
{
    struct budget_line *lines;
    struct budget_total totals[PARTS];
    size_t count, total_count;
    TRY(budget_lines(ctx, act->id, &lines, &count));
    TRY(budget_totals(ctx, act->id, totals, &total_count));
    view->parts = arena_array(ctx->arena, struct budget_act_part, PARTS);
    view->balances = arena_array(ctx->arena, struct budget_act_balance, BUDGET_SECTIONS);
    if (view->parts == NULL || view->balances == NULL)
        return LIMIT;
    for (size_t i = 0; i < total_count; i++) {
        TRY(part_of(ctx, chart, lines, count, &totals[i], &view->parts[view->part_count++]));
        view->has_done = view->has_done || totals[i].amounts[DOCBUDG_DONE].cents != 0;
    }
    struct budget_balance balances[BUDGET_SECTIONS];
    budget_balances(ctx, totals, total_count, balances);
    view->is_balanced = true;
    for (size_t i = 0; i < BUDGET_SECTIONS; i++) {
        view->balances[view->balance_count++] = (struct budget_act_balance){.section = balances[i].section,
                                                                            .expense = balances[i].expense,
                                                                            .receipt = balances[i].receipt,
                                                                            .is_even = balances[i].is_even,
                                                                            .is_short = balances[i].is_short,
                                                                            .surplus = balances[i].surplus};
        view->is_balanced &= balances[i].is_even;
    }
    return OK;
}

/* To anybody: not who prepares budgets says so, but who answers for the town. */
static bool may_publish(const struct ctx *ctx)
{
    return permission_allows(ctx->actor.rights, PERMISSION_ADMINISTER);
}

enum status budget_act_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct budget_act act;
    const struct chart *chart;
    bool is_shown;
    unsigned held;
    TRY(budget_act_asked(ctx, request, &act));
    TRY(budget_chart(ctx, &act, &chart));
    TRY(right_held(ctx, &held));
    TRY(publish_is_shown(ctx, act.id, &is_shown));
    bool may_prepare = held & RIGHT_PREPARE;
    struct budget_act_view view = {.home = STR("/accounting"),
                                   .changes = budget_act_path(ctx, act.id, "/changes"),
                                   .annexes = budget_act_path(ctx, act.id, "/annexes"),
                                   .has_transfers = !act.is_draft && str_eq(act.kind, STR(DOCBUDG_PRIMITIVE)),
                                   .transfers = budget_act_path(ctx, act.id, "/transfers"),
                                   .csv = budget_act_path(ctx, act.id, "/lines.csv"),
                                   .sheet = budget_act_path(ctx, act.id, "/lines.ods"),
                                   .print = budget_act_path(ctx, act.id, "/budget.pdf"),
                                   .is_shown = is_shown,
                                   .may_show = !is_shown && publish_can(&act) && may_publish(ctx),
                                   .may_withdraw = may_publish(ctx),
                                   .show = budget_act_path(ctx, act.id, "/publish"),
                                   .withdraw = budget_act_path(ctx, act.id, "/withdraw"),
                                   .shown = str_format(ctx->arena, "/budget/%lld", (long long)act.id),
                                   .label = act.label,
                                   .kind = budget_kind_name(ctx, &act),
                                   .year = budget_year(ctx, &act),
                                   .nomenclature = act.nomenclature,
                                   .siret = act.siret,
                                   .has_day = act.decided.days != 0,
                                   .day = day_of(ctx, act.decided),
                                   .is_draft = act.is_draft,
                                   .may_edit = act.is_draft && may_prepare && !budget_is_account(&act),
                                   .is_annulled = act.annulled.ms != 0,
                                   .annulled_day = act.annulled.ms == 0 ? STR("")
                                                                          : page_date(ctx, ctx_day(ctx, act.annulled)),
                                   .annulled_why = act.annulled_why,
                                   .may_prepare = !act.is_draft && may_prepare && !is_decision(&act),
                                   .open = budget_act_path(ctx, act.id, "/open"),
                                   .may_amend = !act.is_draft && act.annulled.ms == 0 && may_prepare && is_vote(&act),
                                   .amend = budget_act_path(ctx, act.id, "/amend"),
                                   .edit = budget_act_path(ctx, act.id, "/edit"),
                                   .prepare = budget_act_path(ctx, act.id, "/prepare"),
                                   .next = str_format(ctx->arena, "%d", act.year + 1),
                                   .form_token = request->form_token};
    TRY(add_year(ctx, &act, &view));
    TRY(budget_chart_taken(ctx, &act, &view.note));
    TRY(parts_of(ctx, chart, &act, &view));
    TRY(story_list_of(ctx, STORY_ACT, act.id, &view.story));
    page_begin(&page, ctx, request, response);
    budget_act_html(&page.html, &view);
    struct page_head head = budget_head(budget_act_name(ctx, &act));
    return page_end(&page, &head);
}
