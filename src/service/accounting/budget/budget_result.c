#include "service/accounting/budget/budget_result.h"

#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/budget/budget_force.h"
#include "service/accounting/budget/budget_force_sql.h"
#include "service/accounting/chart/chart_kept.h"
#include "service/accounting/close/result.h"
#include "service/accounting/story/story.h"
#include "service/accounting/lang.h"

/* ---- computed ---- */

static enum status share_out(struct budget_result *result)
{
    const struct money surplus = result->balance[CHART_FUNCTIONING];
    int64_t lacking = result->financing.cents < 0 ? -result->financing.cents : 0;
    int64_t free = surplus.cents > 0 ? surplus.cents : 0;
    result->to_1068 = (struct money){lacking < free ? lacking : free};
    result->to_002 = surplus;
    return money_take(&result->to_002, result->to_1068);
}

enum status budget_result_of(const struct budget_total *totals, size_t count, struct budget_result *ret_result)
{
    struct budget_result result = {.to_1068 = {0}};
    for (size_t i = 0; i < count; i++) {
        if (totals[i].section == CHART_NO_SECTION)
            continue;
        TRY(money_add(&result.done[totals[i].section][totals[i].direction], totals[i].amounts[DOCBUDG_DONE]));
        TRY(money_add(&result.remaining[totals[i].section][totals[i].direction], totals[i].amounts[DOCBUDG_LEFT]));
    }
    for (int section = 0; section < RESULT_SECTIONS; section++) {
        result.balance[section] = result.done[section][CHART_RECEIPT];
        TRY(money_take(&result.balance[section], result.done[section][CHART_EXPENSE]));
    }
    result.financing = result.balance[CHART_INVESTMENT];
    TRY(money_add(&result.financing, result.remaining[CHART_INVESTMENT][CHART_RECEIPT]));
    TRY(money_take(&result.financing, result.remaining[CHART_INVESTMENT][CHART_EXPENSE]));
    TRY(share_out(&result));
    *ret_result = result;
    return OK;
}

/* ---- what says it ---- */

static enum status find_account(struct ctx *ctx, const struct budget_act *act, struct budget_act *ret_account)
{
    enum status done = budget_act_named(ctx, act->siret, act->year - 1, STR(DOCBUDG_SINGLE), STR_NONE, ret_account);
    if (done == NOT_FOUND)
        done = budget_act_named(ctx, act->siret, act->year - 1, STR(DOCBUDG_ACCOUNT), STR_NONE, ret_account);
    return done;
}

enum status budget_result_source(struct ctx *ctx, const struct budget_act *act, struct budget_result_source *ret_source)
{
    struct budget_result_source source = {.count = RESULT_SECTIONS * RESULT_DIRECTIONS};
    TRY(result_is_kept(ctx, act->siret, act->year - 1, &source.is_book));
    if (source.is_book) {
        TRY(result_totals(ctx, act->siret, act->year - 1, source.totals));
    } else {
        TRY(find_account(ctx, act, &source.account));
        TRY(budget_totals(ctx, source.account.id, source.totals, &source.count));
    }
    *ret_source = source;
    return OK;
}

/* ---- taken over ---- */

/* The real line of that account in that direction; NULL: none. */
static const struct budget_line *line_of(const struct budget_line *lines, size_t count, struct str account,
                                         enum chart_direction direction)
{
    for (size_t i = 0; i < count; i++)
        if (lines[i].kind == CHART_REAL && lines[i].direction == direction && str_eq(lines[i].nature, account))
            return &lines[i];
    return NULL;
}

struct reported {
    const char *account;
    enum chart_section section;
    enum chart_direction direction;
    int64_t cents;
};

static enum status report(struct ctx *ctx, const struct budget_act *act, const struct budget_line *lines, size_t count,
                          const struct reported *reported)
{
    struct money amount = {reported->cents > 0 ? reported->cents : 0};
    const struct budget_line *line = line_of(lines, count, str_of(reported->account), reported->direction);
    if (line != NULL)
        return budget_draft_set(ctx, act, line->place, amount);
    if (amount.cents == 0)
        return OK;
    const struct budget_at at = {.section = reported->section, .direction = reported->direction,
                                 .account = str_of(reported->account), .function = STR(""), .operation = STR("")};
    return budget_draft_add(ctx, act, &at, amount);
}

static enum status report_all(struct ctx *ctx, const struct budget_act *act, const struct budget_result *result)
{
    const int64_t investment = result->balance[CHART_INVESTMENT].cents, rest = result->to_002.cents;
    const struct reported all[] = {{"001", CHART_INVESTMENT, CHART_RECEIPT, investment},
                                   {"001", CHART_INVESTMENT, CHART_EXPENSE, -investment},
                                   {"002", CHART_FUNCTIONING, CHART_RECEIPT, rest},
                                   {"002", CHART_FUNCTIONING, CHART_EXPENSE, -rest},
                                   {"1068", CHART_INVESTMENT, CHART_RECEIPT, result->to_1068.cents}};
    struct budget_line *lines;
    size_t count;
    TRY(budget_lines(ctx, act->id, &lines, &count));
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        TRY(report(ctx, act, lines, count, &all[i]));
    return OK;
}

static enum status carry(struct ctx *ctx, int64_t act, int64_t place, struct money amount)
{
    struct sql_budget_force_carried in = {.carried = amount.cents, .act = act, .place = place};
    return sql_budget_force_carried(ctx->db, in);
}

/* What remained of a line that the draft has not is a line of its own. */
static enum status carry_new(struct ctx *ctx, const struct budget_act *act, const struct budget_line *from,
                             int64_t place)
{
    struct budget_line line = *from;
    line.place = place;
    TRY(budget_draft_blank(&line));
    line.has[DOCBUDG_CARRIED] = true;
    line.amounts[DOCBUDG_CARRIED] = line.amounts[DOCBUDG_OPEN] = from->amounts[DOCBUDG_LEFT];
    return budget_line_add(ctx, act->id, &line);
}

static enum status left_of(struct ctx *ctx, const struct budget_act *act, const struct budget_result_source *source,
                           struct budget_line **ret_lines, size_t *ret_count)
{
    struct chart_kept kept;
    if (!source->is_book)
        return budget_lines(ctx, source->account.id, ret_lines, ret_count);
    TRY(chart_kept_find(ctx, act->nomenclature, act->year, &kept));
    enum status done = result_left(ctx, act->siret, act->year - 1, kept.chart, ret_lines, ret_count);
    return done == INVALID ? refuse(ctx, INVALID, "accounting.account", T_accounting_account_wrong) : done;
}

static enum status carry_all(struct ctx *ctx, const struct budget_act *act, const struct budget_result_source *source)
{
    struct budget_line *lines, *from;
    size_t count, from_count;
    int64_t last = 0;
    TRY(budget_lines(ctx, act->id, &lines, &count));
    TRY(left_of(ctx, act, source, &from, &from_count));
    struct money *sums = arena_array(ctx->arena, struct money, count + 1);
    if (sums == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        last = lines[i].place > last ? lines[i].place : last;
        if (lines[i].amounts[DOCBUDG_CARRIED].cents != 0)
            TRY(carry(ctx, act->id, lines[i].place, (struct money){0}));
    }
    for (size_t i = 0; i < from_count; i++) {
        if (from[i].amounts[DOCBUDG_LEFT].cents == 0)
            continue;
        size_t at = budget_line_find(lines, count, &from[i]);
        if (at == SIZE_MAX) {
            TRY(carry_new(ctx, act, &from[i], ++last));
            continue;
        }
        TRY(money_add(&sums[at], from[i].amounts[DOCBUDG_LEFT])); /* the account may say a line twice */
        TRY(carry(ctx, act->id, lines[at].place, sums[at]));
    }
    return last > BUDGET_LINES_MAX ? LIMIT : OK;
}

enum status budget_result_take(struct ctx *ctx, const struct budget_act *act)
{
    struct budget_result_source source;
    struct budget_result result;
    if (!act->is_draft)
        return refuse(ctx, CONFLICT, "accounting.voted", T_accounting_voted_already);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(budget_result_source(ctx, act, &source));
    TRY(budget_result_of(source.totals, source.count, &result));
    TRY(carry_all(ctx, act, &source));
    TRY(report_all(ctx, act, &result));
    TRY(budget_draft_reported(ctx, act));
    TRY(story_add(ctx, STORY_ACT, act->id, "accounting.results", STR("")));
    return audit_add(ctx, "accounting.results", act->siret, str_format(ctx->arena, "%d", act->year));
}
