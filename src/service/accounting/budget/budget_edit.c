#include "service/accounting/budget/budget_edit.h"

#include "service/accounting/budget/budget_amend.h"
#include "service/accounting/budget/budget_edit_html.h"
#include "service/accounting/fault_say.h"
#include "service/accounting/lang.h"

enum { FAULTS_SHOWN = 30 };

static const struct budget_part parts[] = {{"df", CHART_FUNCTIONING, CHART_EXPENSE},
                                    {"rf", CHART_FUNCTIONING, CHART_RECEIPT},
                                    {"di", CHART_INVESTMENT, CHART_EXPENSE},
                                    {"ri", CHART_INVESTMENT, CHART_RECEIPT}};
enum { PARTS = sizeof parts / sizeof *parts };

const struct budget_part *budget_part_asked(const struct web_request *request)
{
    struct str word = web_value(request, "part");
    for (size_t i = 0; i < PARTS; i++)
        if (str_eq(word, str_of(parts[i].word)))
            return &parts[i];
    return &parts[0];
}

/* ---- what is shown ---- */

/* What a row says of amounts, a line's or the sum of several. */
static void set_amounts(struct ctx *ctx, const struct budget_act *act, const struct money sums[DOCBUDG_AMOUNTS],
                        struct budget_edit_row *row)
{
    struct money previous = sums[DOCBUDG_PREVIOUS], voted = sums[DOCBUDG_VOTED], carried = sums[DOCBUDG_CARRIED];
    row->previous = page_money(ctx, previous);
    row->carried = page_money(ctx, carried);
    row->amount = page_money(ctx, voted);
    row->last = budget_is_amending(act)
                    ? page_money(ctx, (struct money){previous.cents + voted.cents + carried.cents})
                    : budget_difference(ctx, previous, voted);
}

static struct budget_edit_row line_row(struct ctx *ctx, const struct budget_act *act, const struct chart *chart,
                                       const struct budget_line *line)
{
    struct budget_edit_row row = {.is_line = true,
                                  .id = str_format(ctx->arena, "h%lld", (long long)line->place),
                                  .name = str_format(ctx->arena, "l%lld", (long long)line->place),
                                  .code = line->nature,
                                  .label = budget_account_label(chart, line->nature),
                                  .function = line->function,
                                  .has_function = line->function.len > 0,
                                  .operation = line->operation,
                                  .has_operation = line->operation.len > 0};
    set_amounts(ctx, act, line->amounts, &row);
    return row;
}

static enum status add_sums(struct money sums[DOCBUDG_AMOUNTS], const struct budget_line *line)
{
    for (size_t amount = 0; amount < DOCBUDG_AMOUNTS; amount++)
        TRY(money_add(&sums[amount], line->amounts[amount]));
    return OK;
}

/* The sums of the lines from `at` on that share a chapter. */
static enum status chapter_row(struct ctx *ctx, const struct budget_act *act, const struct chart *chart,
                               const struct budget_line *lines, size_t count, struct budget_edit_row *ret_row)
{
    struct money sums[DOCBUDG_AMOUNTS] = {{0}};
    for (size_t i = 0; i < count && str_eq(lines[i].group_chapter, lines->group_chapter); i++)
        TRY(add_sums(sums, &lines[i]));
    *ret_row = (struct budget_edit_row){.is_chapter = true,
                                        .code = lines->group_chapter,
                                        .label = budget_chapter_label(chart, lines->group_chapter)};
    set_amounts(ctx, act, sums, ret_row);
    return OK;
}

size_t budget_part_lines(const struct budget_part *part, struct budget_line **lines, size_t count)
{
    size_t skipped = 0, taken = 0;
    while (skipped < count &&
           ((*lines)[skipped].section != part->section || (*lines)[skipped].direction != part->direction))
        skipped++;
    *lines += skipped;
    while (skipped + taken < count && (*lines)[taken].section == part->section &&
           (*lines)[taken].direction == part->direction)
        taken++;
    return taken;
}

static enum status add_rows(struct ctx *ctx, const struct budget_act *act, const struct budget_part *part,
                            struct budget_edit_view *view)
{
    struct budget_line *lines;
    const struct chart *chart;
    size_t count;
    struct money sums[DOCBUDG_AMOUNTS] = {{0}};
    struct budget_edit_row total = {.is_line = false};
    TRY(budget_chart(ctx, act, &chart));
    TRY(budget_lines(ctx, act->id, &lines, &count));
    count = budget_part_lines(part, &lines, count);
    view->rows = arena_array(ctx->arena, struct budget_edit_row, 2 * count + 1);
    if (view->rows == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || !str_eq(lines[i].group_chapter, lines[i - 1].group_chapter))
            TRY(chapter_row(ctx, act, chart, &lines[i], count - i, &view->rows[view->row_count++]));
        view->rows[view->row_count++] = line_row(ctx, act, chart, &lines[i]);
        view->has_carried |= lines[i].amounts[DOCBUDG_CARRIED].cents != 0;
        TRY(add_sums(sums, &lines[i]));
    }
    view->is_empty = count == 0;
    set_amounts(ctx, act, sums, &total);
    view->total_previous = total.previous;
    view->total_carried = total.carried;
    view->total = total.amount;
    view->total_last = total.last;
    return OK;
}

/* The section's letter tells the script which balances an amount moves. */
static struct str code_of(size_t section)
{
    return section == CHART_FUNCTIONING ? STR("F") : STR("I");
}

static void add_balance(struct ctx *ctx, const struct budget_balance *balance, struct str code, enum text_key what,
                        struct budget_edit_view *view)
{
    struct str section = balance->section;
    if (what != T_none)
        section = str_format(ctx->arena, "%.*s, %.*s", STR_ARG(section), STR_ARG(text_of(ctx->language, what)));
    view->balances[view->balance_count++] = (struct budget_edit_balance){.section = section,
                                                                         .expense = balance->expense,
                                                                         .receipt = balance->receipt,
                                                                         .is_even = balance->is_even,
                                                                         .is_short = balance->is_short,
                                                                         .is_over = !balance->is_even &&
                                                                                    !balance->is_short,
                                                                         .surplus = balance->surplus,
                                                                         .code = code};
}

/* With what is in force: of an amending act. */
static void add_previous(struct budget_total *totals, size_t count, enum docbudg_amount amount)
{
    for (size_t i = 0; i < count; i++)
        totals[i].amounts[amount].cents += totals[i].amounts[DOCBUDG_PREVIOUS].cents;
}

/* Of the act; of an amending one also what is in force with it. */
static enum status add_balances(struct ctx *ctx, const struct budget_act *act, struct budget_edit_view *view)
{
    struct budget_balance balances[BUDGET_SECTIONS];
    struct budget_total totals[2 * BUDGET_SECTIONS];
    size_t count;
    bool is_amending = budget_is_amending(act);
    TRY(budget_totals(ctx, act->id, totals, &count));
    budget_balances(ctx, totals, count, balances);
    view->balances = arena_array(ctx->arena, struct budget_edit_balance, 2 * BUDGET_SECTIONS);
    if (view->balances == NULL)
        return LIMIT;
    for (size_t i = 0; i < BUDGET_SECTIONS; i++)
        add_balance(ctx, &balances[i], code_of(i), is_amending ? T_accounting_this_decision_low : T_none, view);
    if (!is_amending)
        return OK;
    add_previous(totals, count, budget_credits(totals, count));
    budget_balances(ctx, totals, count, balances);
    for (size_t i = 0; i < BUDGET_SECTIONS; i++)
        add_balance(ctx, &balances[i], code_of(i), T_accounting_after_low, view);
    return OK;
}

static struct str part_path(struct ctx *ctx, const struct budget_act *act, const struct budget_part *part)
{
    return str_format(ctx->arena, "/accounting/acts/%lld/edit?part=%s", (long long)act->id, part->word);
}

static enum status add_tabs(struct ctx *ctx, const struct budget_act *act, const struct budget_part *here,
                            struct budget_edit_view *view)
{
    view->tabs = arena_array(ctx->arena, struct budget_edit_tab, PARTS);
    if (view->tabs == NULL)
        return LIMIT;
    for (size_t i = 0; i < PARTS; i++)
        view->tabs[view->tab_count++] =
            (struct budget_edit_tab){.path = part_path(ctx, act, &parts[i]),
                                     .title = budget_part_title(ctx, parts[i].section, parts[i].direction),
                                     .is_here = &parts[i] == here};
    return OK;
}

static enum status add_faults(struct ctx *ctx, const struct faults *faults, struct budget_edit_view *view)
{
    if (faults == NULL || faults->found == 0)
        return OK;
    view->has_faults = true;
    view->fault_total = (int64_t)faults->found;
    view->faults = arena_array(ctx->arena, struct budget_edit_fault, FAULTS_SHOWN);
    if (view->faults == NULL)
        return LIMIT;
    for (size_t i = 0; i < faults->count && i < FAULTS_SHOWN; i++)
        view->faults[view->fault_count++] =
            (struct budget_edit_fault){.place = faults->kept[i].place, .mend = fault_say(ctx, &faults->kept[i])};
    return OK;
}

static struct str today(struct ctx *ctx)
{
    struct buf text BUF_SCOPE = BUF_INIT(16);
    date_write(&text, ctx_today(ctx));
    return str_copy(ctx->arena, buf_str(&text));
}

enum status budget_edit_page(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct budget_act *act, struct budget_trouble trouble)
{
    struct page page;
    const struct budget_part *part = budget_part_asked(request);
    struct budget_edit_view view = {.form_token = request->form_token,
                                    .home = STR("/accounting"),
                                    .back = budget_act_path(ctx, act->id, ""),
                                    .act = budget_act_name(ctx, act),
                                    .label = act->label,
                                    .has_error = trouble.error.len > 0,
                                    .error = trouble.error,
                                    .is_saved = web_int(request, "saved", 0) != 0 && trouble.error.len == 0,
                                    .save = budget_act_path(ctx, act->id, "/edit"),
                                    .add = budget_act_path(ctx, act->id, "/add"),
                                    .vote = budget_act_path(ctx, act->id, "/vote"),
                                    .drop = budget_act_path(ctx, act->id, "/drop"),
                                    .part = str_of(part->word),
                                    .title = budget_part_title(ctx, part->section, part->direction),
                                    .paste = budget_act_path(ctx, act->id, "/paste"),
                                    .pasted = str_is_absent(trouble.pasted) ? STR("") : trouble.pasted,
                                    .hole = STR("#"),
                                    .may_rate = str_eq(act->kind, STR(DOCBUDG_PRIMITIVE)),
                                    .side = part->direction == CHART_EXPENSE ? STR("expense") : STR("receipt"),
                                    .part_section = code_of(part->section),
                                    .may_operate = part->section == CHART_INVESTMENT &&
                                                   part->direction == CHART_EXPENSE,
                                    .today = today(ctx)};
    bool is_amending = budget_is_amending(act);
    view.grid = is_amending ? STR("sum") : STR("apart");
    view.previous_title = text_of(ctx->language, is_amending ? T_accounting_in_force : T_accounting_previous);
    view.amount_title = text_of(ctx->language, is_amending ? T_accounting_this_decision : T_accounting_proposed);
    view.last_title = text_of(ctx->language, is_amending ? T_accounting_after : T_accounting_difference);
    TRY(budget_chart_taken(ctx, act, &view.note));
    TRY(add_rows(ctx, act, part, &view));
    TRY(add_balances(ctx, act, &view));
    TRY(add_tabs(ctx, act, part, &view));
    TRY(add_faults(ctx, trouble.faults, &view));
    TRY(budget_own_part(ctx, act, &view.own));
    TRY(budget_results_part(ctx, act, request, &view.results));
    struct page_head head = budget_head(view.act);
    head.is_error = view.has_error || view.has_faults;
    if (head.is_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    budget_edit_html(&page.html, &view);
    return page_end(&page, &head);
}
