#include "service/accounting/close/result.h"

#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/budget/budget_force.h"
#include "service/accounting/close/remain.h"
#include "service/accounting/close/result_sql.h"

static const enum chart_section sections[CELL_SECTIONS] = {CHART_FUNCTIONING, CHART_INVESTMENT};
static const enum chart_direction directions[CELL_DIRECTIONS] = {CHART_EXPENSE, CHART_RECEIPT};

static struct budget_total *total_of(struct budget_total *totals, int section, int direction)
{
    return &totals[section * CELL_DIRECTIONS + direction];
}

static enum status budget_of(struct ctx *ctx, struct str siret, int32_t year, int64_t *ret_budget)
{
    struct sql_result_budget_row row;
    TRY(sql_result_budget(ctx->db, ctx->arena, (struct sql_result_budget){.siret = siret, .year = year}, &row));
    *ret_budget = row.budget;
    return OK;
}

enum status result_is_kept(struct ctx *ctx, struct str siret, int32_t year, bool *ret_is_kept)
{
    return book_is_closed(ctx, siret, year, ret_is_kept);
}

/* ---- sums ---- */

static enum status add_ordered(struct ctx *ctx, struct str siret, int32_t year, struct budget_total *totals)
{
    struct book_cell *cells;
    size_t count;
    TRY(book_cells(ctx, siret, year, &cells, &count));
    for (size_t i = 0; i < count; i++)
        TRY(money_add(&total_of(totals, cells[i].key.section, cells[i].key.direction)->amounts[DOCBUDG_DONE],
                      cells[i].ordered));
    return OK;
}

/* No mandat or titre carries these out: the budget in force says them. */
static bool is_reported(const struct budget_line *line)
{
    return str_eq(line->nature, STR("001")) || str_eq(line->nature, STR("002"));
}

static enum status add_reported(struct ctx *ctx, struct str siret, int32_t year, struct budget_total *totals)
{
    struct budget_line *lines;
    size_t count;
    TRY(budget_in_force(ctx, siret, year, &lines, &count));
    for (size_t i = 0; i < count; i++) {
        if (!is_reported(&lines[i]) || lines[i].section == CHART_NO_SECTION)
            continue;
        int section = lines[i].section == CHART_INVESTMENT ? CELL_INVESTMENT : CELL_FUNCTIONING;
        int direction = lines[i].direction == CHART_RECEIPT ? CELL_RECEIPT : CELL_EXPENSE;
        TRY(money_add(&total_of(totals, section, direction)->amounts[DOCBUDG_DONE], lines[i].amounts[DOCBUDG_OPEN]));
    }
    return OK;
}

static enum status add_left(struct ctx *ctx, int64_t budget, int32_t year, struct budget_total *totals)
{
    struct remain_sums sums = {0};
    for (int direction = 0; direction < CELL_DIRECTIONS; direction++) {
        struct remain *remains;
        size_t count;
        TRY(remain_kept(ctx, budget, year, (enum cell_direction)direction, &remains, &count));
        TRY(remain_sum(remains, count, (enum cell_direction)direction, &sums));
        for (int section = 0; section < CELL_SECTIONS; section++)
            total_of(totals, section, direction)->amounts[DOCBUDG_LEFT] = sums.amounts[section][direction];
    }
    return OK;
}

enum status result_totals(struct ctx *ctx, struct str siret, int32_t year,
                          struct budget_total ret_totals[RESULT_TOTALS])
{
    int64_t budget;
    TRY(budget_of(ctx, siret, year, &budget));
    for (int section = 0; section < CELL_SECTIONS; section++)
        for (int direction = 0; direction < CELL_DIRECTIONS; direction++)
            *total_of(ret_totals, section, direction) =
                (struct budget_total){.section = sections[section], .direction = directions[direction]};
    TRY(add_ordered(ctx, siret, year, ret_totals));
    TRY(add_reported(ctx, siret, year, ret_totals));
    return add_left(ctx, budget, year, ret_totals);
}

/* ---- lines ---- */

static enum status line_of(const struct chart *chart, const struct remain *remain, enum chart_direction direction,
                           struct budget_line *ret_line)
{
    const struct budget_at at = {.section = sections[remain->line.section], .direction = direction,
                                 .account = remain->line.nature, .function = remain->line.function,
                                 .operation = STR("")};
    TRY(budget_line_new(chart, &at, (struct money){0}, ret_line));
    ret_line->operation = remain->line.operation;
    ret_line->amounts[DOCBUDG_LEFT] = remain->line.net;
    ret_line->has[DOCBUDG_LEFT] = true;
    return OK;
}

/* Several engagements may have something left on one line. */
static enum status add_line(struct budget_line *lines, size_t *count, const struct budget_line *line)
{
    for (size_t i = 0; i < *count; i++)
        if (budget_line_is(&lines[i], line))
            return money_add(&lines[i].amounts[DOCBUDG_LEFT], line->amounts[DOCBUDG_LEFT]);
    lines[(*count)++] = *line;
    return OK;
}

static enum status add_lines(const struct chart *chart, const struct remain *remains, size_t remain_count,
                             enum chart_direction direction, struct budget_line *lines, size_t *count)
{
    for (size_t i = 0; i < remain_count; i++) {
        struct budget_line line;
        if (remains[i].programme != 0)
            continue;
        TRY(line_of(chart, &remains[i], direction, &line));
        TRY(add_line(lines, count, &line));
    }
    return OK;
}

enum status result_left(struct ctx *ctx, struct str siret, int32_t year, const struct chart *chart,
                        struct budget_line **ret_lines, size_t *ret_count)
{
    struct remain *remains[CELL_DIRECTIONS];
    size_t counts[CELL_DIRECTIONS];
    int64_t budget;
    TRY(budget_of(ctx, siret, year, &budget));
    for (int direction = 0; direction < CELL_DIRECTIONS; direction++)
        TRY(remain_kept(ctx, budget, year, (enum cell_direction)direction, &remains[direction], &counts[direction]));
    struct budget_line *lines =
        arena_array(ctx->arena, struct budget_line, counts[CELL_EXPENSE] + counts[CELL_RECEIPT] + 1);
    if (lines == NULL)
        return LIMIT;
    *ret_count = 0;
    for (int direction = 0; direction < CELL_DIRECTIONS; direction++)
        TRY(add_lines(chart, remains[direction], counts[direction], directions[direction], lines, ret_count));
    *ret_lines = lines;
    return OK;
}
