#include <stdio.h>

#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/budget/budget_edit_html.h"
#include "service/accounting/budget/budget_view.h"

enum { FAULTS_SHOWN = 30, NAME_MAX_BYTES = 24 };

/* Which of the four parts a page shows: its word in addresses. */
struct part {
    const char *word;
    enum chart_section section;
    enum chart_direction direction;
};
static const struct part parts[] = {{"df", CHART_FUNCTIONING, CHART_EXPENSE},
                                    {"rf", CHART_FUNCTIONING, CHART_RECEIPT},
                                    {"di", CHART_INVESTMENT, CHART_EXPENSE},
                                    {"ri", CHART_INVESTMENT, CHART_RECEIPT}};
enum { PARTS = sizeof parts / sizeof *parts };

static const struct part *part_asked(const struct web_request *request)
{
    struct str word = web_value(request, "part");
    for (size_t i = 0; i < PARTS; i++)
        if (str_eq(word, str_of(parts[i].word)))
            return &parts[i];
    return &parts[0];
}

/* ---- what is shown ---- */

static struct budget_edit_row line_row(struct ctx *ctx, const struct chart *chart, const struct budget_line *line)
{
    struct money previous = line->amounts[DOCBUDG_PREVIOUS], amount = line->amounts[DOCBUDG_VOTED];
    return (struct budget_edit_row){.is_line = true,
                                    .id = str_format(ctx->arena, "h%lld", (long long)line->place),
                                    .name = str_format(ctx->arena, "l%lld", (long long)line->place),
                                    .code = line->nature,
                                    .label = budget_account_label(chart, line->nature),
                                    .function = line->function,
                                    .has_function = line->function.len > 0,
                                    .previous = page_money(ctx, previous),
                                    .amount = page_money(ctx, amount),
                                    .difference = budget_difference(ctx, previous, amount)};
}

/* The sums of the lines from `at` on that share a chapter. */
static enum status chapter_row(struct ctx *ctx, const struct chart *chart, const struct budget_line *lines,
                               size_t count, struct budget_edit_row *ret_row)
{
    struct money previous = {0}, amount = {0};
    for (size_t i = 0; i < count && str_eq(lines[i].group_chapter, lines->group_chapter); i++) {
        TRY(money_add(&previous, lines[i].amounts[DOCBUDG_PREVIOUS]));
        TRY(money_add(&amount, lines[i].amounts[DOCBUDG_VOTED]));
    }
    *ret_row = (struct budget_edit_row){
        .is_chapter = true,
        .code = lines->group_chapter,
        .label = budget_chapter_label(chart, lines->group_chapter),
        .previous = page_money(ctx, previous),
        .amount = page_money(ctx, amount),
        .difference = budget_difference(ctx, previous, amount)};
    return OK;
}

/* The lines of that part follow one another (budget_lines). */
static size_t lines_of(const struct part *part, struct budget_line **lines, size_t count)
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

static enum status add_rows(struct ctx *ctx, const struct budget_act *act, const struct part *part,
                            struct budget_edit_view *view)
{
    struct budget_line *lines;
    const struct chart *chart;
    size_t count;
    struct money previous = {0}, amount = {0};
    TRY(budget_chart(ctx, act, &chart));
    TRY(budget_lines(ctx, act->id, &lines, &count));
    count = lines_of(part, &lines, count);
    view->rows = arena_array(ctx->arena, struct budget_edit_row, 2 * count + 1);
    if (view->rows == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || !str_eq(lines[i].group_chapter, lines[i - 1].group_chapter))
            TRY(chapter_row(ctx, chart, &lines[i], count - i, &view->rows[view->row_count++]));
        view->rows[view->row_count++] = line_row(ctx, chart, &lines[i]);
        TRY(money_add(&previous, lines[i].amounts[DOCBUDG_PREVIOUS]));
        TRY(money_add(&amount, lines[i].amounts[DOCBUDG_VOTED]));
    }
    view->is_empty = count == 0;
    view->total_previous = page_money(ctx, previous);
    view->total = page_money(ctx, amount);
    return OK;
}

static enum status add_balances(struct ctx *ctx, const struct budget_act *act, struct budget_edit_view *view)
{
    struct budget_balance balances[BUDGET_SECTIONS];
    struct budget_total totals[2 * BUDGET_SECTIONS];
    size_t count;
    TRY(budget_totals(ctx, act->id, totals, &count));
    budget_balances(ctx, totals, count, balances);
    view->balances = arena_array(ctx->arena, struct budget_edit_balance, BUDGET_SECTIONS);
    if (view->balances == NULL)
        return LIMIT;
    for (size_t i = 0; i < BUDGET_SECTIONS; i++)
        view->balances[view->balance_count++] = (struct budget_edit_balance){.section = balances[i].section,
                                                                             .expense = balances[i].expense,
                                                                             .receipt = balances[i].receipt,
                                                                             .is_even = balances[i].is_even,
                                                                             .is_short = balances[i].is_short,
                                                                             .surplus = balances[i].surplus};
    return OK;
}

static struct str part_path(struct ctx *ctx, const struct budget_act *act, const struct part *part)
{
    return str_format(ctx->arena, "/accounting/acts/%lld/edit?part=%s", (long long)act->id, part->word);
}

static enum status add_tabs(struct ctx *ctx, const struct budget_act *act, const struct part *here,
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
            (struct budget_edit_fault){.place = faults->kept[i].place, .mend = faults->kept[i].mend};
    return OK;
}

static struct str today(struct ctx *ctx)
{
    struct buf text BUF_SCOPE = BUF_INIT(16);
    date_write(&text, date_of_instant(ctx->now));
    return str_copy(ctx->arena, buf_str(&text));
}

/* What went wrong: a sentence, or the faults that keep it from being voted. */
struct trouble {
    enum text_key error;
    const struct faults *faults;
};

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct budget_act *act, struct trouble trouble)
{
    struct page page;
    const struct part *part = part_asked(request);
    struct budget_edit_view view = {.form_token = request->form_token,
                                    .home = STR("/accounting"),
                                    .back = budget_act_path(ctx, act->id, ""),
                                    .act = budget_act_name(ctx, act),
                                    .label = act->label,
                                    .has_error = trouble.error != T_none,
                                    .error = text_of(ctx->language, trouble.error),
                                    .is_saved = web_int(request, "saved", 0) != 0 && trouble.error == T_none,
                                    .save = budget_act_path(ctx, act->id, "/edit"),
                                    .add = budget_act_path(ctx, act->id, "/add"),
                                    .vote = budget_act_path(ctx, act->id, "/vote"),
                                    .drop = budget_act_path(ctx, act->id, "/drop"),
                                    .part = str_of(part->word),
                                    .title = budget_part_title(ctx, part->section, part->direction),
                                    .today = today(ctx)};
    TRY(budget_chart_taken(ctx, act, &view.note));
    TRY(add_rows(ctx, act, part, &view));
    TRY(add_balances(ctx, act, &view));
    TRY(add_tabs(ctx, act, part, &view));
    TRY(add_faults(ctx, trouble.faults, &view));
    struct page_head head = budget_head(view.act);
    head.is_error = view.has_error || view.has_faults;
    if (head.is_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    budget_edit_html(&page.html, &view);
    return page_end(&page, &head);
}

/* ---- handlers ---- */

static enum status draft_asked(struct ctx *ctx, const struct web_request *request, struct budget_act *ret_act)
{
    TRY(budget_act_asked(ctx, request, ret_act));
    return ret_act->is_draft ? OK : refuse(ctx, CONFLICT, "accounting.voted", T_accounting_voted_already);
}

enum status budget_edit_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    TRY(draft_asked(ctx, request, &act));
    return show(ctx, request, response, &act, (struct trouble){T_none, NULL});
}

enum status budget_prepare_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    int64_t id;
    TRY(budget_act_asked(ctx, request, &act));
    TRY(budget_draft_begin(ctx, &act, &id));
    return web_redirect(ctx, response, "/accounting/acts/%lld/edit", (long long)id);
}

/* All amounts are read before one is kept. */
static enum status read_amounts(struct ctx *ctx, const struct web_request *request, const struct budget_line *lines,
                                size_t count, struct money *amounts, bool *is_said)
{
    for (size_t i = 0; i < count; i++) {
        char name[NAME_MAX_BYTES];
        snprintf(name, sizeof name, "l%lld", (long long)lines[i].place);
        struct str text = web_value(request, name);
        is_said[i] = !str_is_absent(text);
        if (is_said[i] && budget_amount_read(ctx->language, text, &amounts[i]) != OK)
            return refuse(ctx, INVALID, "accounting.amount", T_accounting_amount_wrong);
    }
    return OK;
}

static enum status save(struct ctx *ctx, const struct web_request *request, const struct budget_act *act)
{
    struct budget_line *lines;
    size_t count;
    TRY(budget_lines(ctx, act->id, &lines, &count));
    count = lines_of(part_asked(request), &lines, count);
    struct money *amounts = arena_array(ctx->arena, struct money, count + 1);
    bool *is_said = arena_array(ctx->arena, bool, count + 1);
    if (amounts == NULL || is_said == NULL)
        return LIMIT;
    TRY(read_amounts(ctx, request, lines, count, amounts, is_said));
    for (size_t i = 0; i < count; i++)
        if (is_said[i] && !money_is(amounts[i], lines[i].amounts[DOCBUDG_VOTED]))
            TRY(budget_draft_set(ctx, act, lines[i].place, amounts[i]));
    return OK;
}

static enum status go_on(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                         const struct budget_act *act)
{
    return web_redirect(ctx, response, "/accounting/acts/%lld/edit?part=%s&saved=1", (long long)act->id,
                        part_asked(request)->word);
}

enum status budget_edit_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    TRY(draft_asked(ctx, request, &act));
    enum status done = save(ctx, request, &act);
    if (done == INVALID)
        return show(ctx, request, response, &act, (struct trouble){ctx->failure.sentence, NULL});
    TRY(done);
    return go_on(ctx, request, response, &act);
}

enum status budget_add_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    struct money amount;
    const struct part *part = part_asked(request);
    TRY(draft_asked(ctx, request, &act));
    enum status done = budget_amount_read(ctx->language, web_text(request, "amount"), &amount);
    if (done != OK)
        return show(ctx, request, response, &act, (struct trouble){T_accounting_amount_wrong, NULL});
    done = budget_draft_add(ctx, &act, part->section, part->direction, str_trim(web_text(request, "account")),
                            str_trim(web_text(request, "function")), amount);
    if (done == INVALID)
        return show(ctx, request, response, &act, (struct trouble){ctx->failure.sentence, NULL});
    TRY(done);
    return go_on(ctx, request, response, &act);
}

enum status budget_vote_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    struct date day;
    struct faults *faults = arena_new(ctx->arena, struct faults);
    if (faults == NULL)
        return LIMIT;
    faults->arena = ctx->arena;
    TRY(draft_asked(ctx, request, &act));
    if (date_parse(web_text(request, "day"), &day) != OK)
        return show(ctx, request, response, &act, (struct trouble){T_accounting_day_wrong, NULL});
    enum status done = budget_draft_vote(ctx, &act, day, faults);
    if (done == INVALID)
        return show(ctx, request, response, &act, (struct trouble){T_none, faults});
    TRY(done);
    return web_redirect(ctx, response, "/accounting/acts/%lld", (long long)act.id);
}

enum status budget_drop_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    TRY(draft_asked(ctx, request, &act));
    TRY(budget_draft_drop(ctx, &act));
    return web_redirect(ctx, response, "/accounting");
}
