#include "service/accounting/budget/budget_draft.h"

#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/book/book.h"
#include "service/accounting/budget/budget_amend.h"
#include "service/accounting/budget/budget_force.h"
#include "service/accounting/budget/budget_make.h"
#include "service/accounting/budget/budget_opening.h"
#include "service/accounting/budget/budget_own.h"
#include "service/accounting/budget/budget_sql.h"
#include "service/accounting/chart/chart_kept.h"
#include "service/accounting/story/story.h"
#include "service/accounting/lang.h"

enum { TREE_MAX = 32 << 20 };

static enum status need_draft(struct ctx *ctx, const struct budget_act *act)
{
    if (!act->is_draft)
        return refuse(ctx, CONFLICT, "accounting.voted", T_accounting_voted_already);
    return writer_need(ctx->town->writer, SYNC_FULL);
}

static enum status need_lines(struct ctx *ctx, const struct budget_act *act)
{
    if (budget_is_account(act))
        return refuse(ctx, CONFLICT, "accounting.cfu_book_made", T_accounting_cfu_book_made);
    return need_draft(ctx, act);
}

/* ---- its lines ---- */

/* Results are known when the year before is closed, not by what was said of the one before that. */
static bool is_result(const struct budget_line *line)
{
    static const char *const results[] = {"001", "002", "1068"};
    for (size_t i = 0; i < sizeof results / sizeof *results; i++)
        if (str_eq(line->nature, str_of(results[i])))
            return true;
    return false;
}

static bool is_in_force(const struct chart *chart, const struct budget_line *line)
{
    const struct chart_account *account = chart_account(chart, line->nature);
    return account != NULL && account->removed_since.len == 0;
}

static enum status copy_lines(struct ctx *ctx, const struct budget_act *from, const struct chart *chart, int64_t act)
{
    struct budget_line *lines;
    size_t count;
    int64_t place = 0;
    TRY(budget_lines(ctx, from->id, &lines, &count));
    for (size_t i = 0; i < count; i++) {
        struct budget_line line = lines[i];
        struct money open = line.has[DOCBUDG_OPEN] ? line.amounts[DOCBUDG_OPEN] : line.amounts[DOCBUDG_VOTED];
        struct money voted = is_result(&line) ? (struct money){0} : line.amounts[DOCBUDG_VOTED];
        if (line.section == CHART_NO_SECTION || (chart != NULL && !is_in_force(chart, &line)))
            continue;
        line.place = ++place;
        budget_line_renew(&line, open, voted);
        TRY(budget_line_add(ctx, act, &line));
    }
    return OK;
}

enum status budget_draft_begin(struct ctx *ctx, const struct budget_act *from, int64_t *ret_act)
{
    struct chart_kept kept;
    int64_t document;
    struct budget_act act = {.label = from->label,
                             .siret = from->siret,
                             .year = from->year + 1,
                             .kind = STR(DOCBUDG_PRIMITIVE),
                             .number = STR(""),
                             .nomenclature = from->nomenclature,
                             .is_draft = true};
    if (str_eq(from->kind, STR(DOCBUDG_AMENDING)) || str_eq(from->kind, STR(BUDGET_TRANSFER)))
        return refuse(ctx, INVALID, "accounting.no_draft", T_accounting_no_draft);
    TRY(chart_kept_find(ctx, act.nomenclature, act.year, &kept));
    TRY(budget_frame_begin(ctx, from, &act, &document, ret_act));
    TRY(copy_lines(ctx, from, kept.chart, *ret_act));
    TRY(story_add(ctx, STORY_ACT, *ret_act, "accounting.draft", STR("")));
    TRY(audit_add(ctx, "accounting.draft", from->siret, str_format(ctx->arena, "%d", act.year)));
    return budget_document_end(ctx, document);
}

/* ---- changing it ---- */

enum status budget_draft_set(struct ctx *ctx, const struct budget_act *act, int64_t place, struct money amount)
{
    struct budget_line *lines;
    size_t count;
    struct sql_budget_line_put in = {.amount = amount.cents, .act = act->id, .place = place};
    TRY(need_lines(ctx, act));
    if (budget_is_amending(act) && amount.cents < 0) {
        TRY(budget_lines_after(ctx, act->id, place - 1, &lines, &count));
        if (count == 0 || lines->place != place)
            return NOT_FOUND;
        TRY(budget_amend_allows(ctx, lines, amount));
    }
    return sql_budget_line_put(ctx->db, in);
}

/* Where such a line stands already; 0: nowhere. */
static enum status place_of(struct ctx *ctx, const struct budget_act *act, const struct budget_line *line,
                            int64_t *ret_place)
{
    struct budget_line *lines;
    size_t count;
    TRY(budget_lines(ctx, act->id, &lines, &count));
    size_t at = budget_line_find(lines, count, line);
    *ret_place = at == SIZE_MAX ? 0 : lines[at].place;
    return OK;
}

enum status budget_draft_add(struct ctx *ctx, const struct budget_act *act, const struct budget_at *at,
                             struct money amount)
{
    struct chart_kept kept;
    struct sql_budget_line_last_row last;
    struct budget_line line;
    int64_t place = 0;
    TRY(need_lines(ctx, act));
    if (!budget_may_be_of_operation(at))
        return refuse(ctx, INVALID, "accounting.operation", T_accounting_operation_wrong);
    TRY(chart_kept_find(ctx, act->nomenclature, act->year, &kept));
    if (budget_line_new(kept.chart, at, amount, &line) != OK)
        return refuse(ctx, INVALID, "accounting.account", T_accounting_account_wrong);
    if (budget_is_amending(act) || at->operation.len > 0)
        TRY(place_of(ctx, act, &line, &place));
    if (place > 0)
        return budget_draft_set(ctx, act, place, amount);
    if (budget_is_amending(act))
        TRY(budget_amend_allows(ctx, &line, amount));
    TRY(sql_budget_line_last(ctx->db, ctx->arena, (struct sql_budget_line_last){.act = act->id}, &last));
    line.place = last.place + 1;
    if (at->operation.len > 0)
        TRY(budget_frame_operations(ctx, act));
    return line.place > BUDGET_LINES_MAX ? LIMIT : budget_line_add(ctx, act->id, &line);
}

/* ---- the vote ---- */

enum status budget_draft_check(struct ctx *ctx, const struct budget_act *act, struct date day, struct faults *faults)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct xml *root;
    struct docbudg read;
    struct chart_kept kept;
    TRY(budget_make(ctx, tree, act->document, &root));
    budget_frame_date(tree, xml_child(root, "Budget"), day);
    enum status done = docbudg_read(tree, root, &read, faults);
    if (done != OK && done != INVALID)
        return done;
    TRY(chart_kept_find(ctx, act->nomenclature, act->year, &kept));
    for (size_t i = 0; i < read.budget_count; i++) {
        if (kept.chart != NULL)
            docbudg_place(&read.budgets[i], kept.chart);
        docbudg_check(&read, i, kept.chart, faults);
    }
    return faults->found > 0 ? INVALID : OK;
}

/* An account is settled once nothing can be added to its year. */
static enum status need_closed(struct ctx *ctx, const struct budget_act *act)
{
    bool is_closed = true;
    if (budget_is_account(act))
        TRY(book_is_closed(ctx, act->siret, act->year, &is_closed));
    return is_closed ? OK : refuse(ctx, CONFLICT, "accounting.cfu_book_open", T_accounting_cfu_book_open);
}

/* A decision on credits that are open is none that the book could never open. */
static enum status record_vote(struct ctx *ctx, const struct budget_act *act, struct date day, struct faults *faults)
{
    TRY(budget_frame_vote(ctx, act, day));
    TRY(sql_budget_act_vote(ctx->db, (struct sql_budget_act_vote){.day = day.days, .id = act->id}));
    if (budget_is_amending(act))
        TRY(budget_opening_try(ctx, act, faults));
    TRY(story_add(ctx, STORY_ACT, act->id, "accounting.vote", STR("")));
    return audit_add(ctx, "accounting.vote", act->siret,
                     str_trim(str_format(ctx->arena, "%d %.*s %.*s", act->year, STR_ARG(act->kind),
                                         STR_ARG(act->number))));
}

enum status budget_draft_vote(struct ctx *ctx, const struct budget_act *act, struct date day, struct faults *faults)
{
    TRY(need_draft(ctx, act));
    TRY(need_closed(ctx, act));
    if (budget_is_amending(act)) {
        TRY(budget_amend_refresh(ctx, act));
        TRY(budget_amend_check(ctx, act, faults));
        TRY(budget_opening_check(ctx, act, faults));
    }
    TRY(budget_own_check(ctx, act, faults));
    TRY(budget_draft_check(ctx, act, day, faults));
    TRY(db_savepoint(ctx->db)); /* the page tells of what is refused, and its job is committed */
    return db_settle(ctx->db, record_vote(ctx, act, day, faults));
}

enum status budget_draft_reported(struct ctx *ctx, const struct budget_act *act)
{
    TRY(need_draft(ctx, act));
    return budget_frame_reported(ctx, act);
}

enum status budget_draft_drop(struct ctx *ctx, const struct budget_act *act)
{
    TRY(need_draft(ctx, act));
    TRY(audit_add(ctx, "accounting.draft_dropped", act->siret, str_format(ctx->arena, "%d", act->year)));
    return budget_document_drop(ctx, act->document);
}
