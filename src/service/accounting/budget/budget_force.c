#include "service/accounting/budget/budget_force.h"

#include "service/accounting/budget/budget_force_sql.h"

enum status budget_in_force(struct ctx *ctx, struct str siret, int32_t year, struct budget_line **ret_lines,
                            size_t *ret_count)
{
    struct sql_budget_force_lines_row *rows;
    size_t count;
    struct sql_budget_force_lines in = {.siret = siret, .year = year};
    TRY(sql_budget_force_lines(ctx->db, ctx->arena, in, &rows, &count));
    struct budget_line *lines = arena_array(ctx->arena, struct budget_line, count + 1);
    if (lines == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        if (!money_is_within(rows[i].opened) || !money_is_within(rows[i].voted))
            return LIMIT;
        lines[i] = (struct budget_line){
            .place = (int64_t)i + 1,
            .nature = rows[i].nature,
            .function = rows[i].function,
            .operation = rows[i].operation,
            .chapter = rows[i].group_chapter,
            .function_chapter = rows[i].function_chapter,
            .operation_chapter = rows[i].operation_chapter,
            .group_chapter = rows[i].group_chapter,
            .direction = (enum chart_direction)rows[i].direction,
            .kind = (enum chart_kind)rows[i].kind,
            .section = (enum chart_section)rows[i].section,
            .has = {[DOCBUDG_OPEN] = true, [DOCBUDG_CARRIED] = true, [DOCBUDG_VOTED] = true},
            .amounts = {[DOCBUDG_OPEN] = {rows[i].opened},
                        [DOCBUDG_CARRIED] = {rows[i].carried},
                        [DOCBUDG_VOTED] = {rows[i].voted}},
            .extra = STR("")};
    }
    *ret_lines = lines;
    *ret_count = count;
    return OK;
}

static int compare_numbers(int one, int other)
{
    return (one > other) - (one < other);
}

int budget_line_compare(const struct budget_line *one, const struct budget_line *other)
{
    const int orders[] = {compare_numbers(one->section, other->section),
                          compare_numbers(one->direction, other->direction),
                          str_compare(one->group_chapter, other->group_chapter),
                          str_compare(one->nature, other->nature),
                          str_compare(one->function, other->function),
                          str_compare(one->operation, other->operation),
                          compare_numbers(one->kind, other->kind),
                          str_compare(one->function_chapter, other->function_chapter),
                          str_compare(one->operation_chapter, other->operation_chapter)};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        if (orders[i] != 0)
            return orders[i];
    return 0;
}

bool budget_line_is(const struct budget_line *one, const struct budget_line *other)
{
    return budget_line_compare(one, other) == 0;
}

size_t budget_line_find(const struct budget_line *lines, size_t count, const struct budget_line *line)
{
    size_t from = 0, to = count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (budget_line_compare(&lines[middle], line) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from < count && budget_line_is(&lines[from], line) ? from : SIZE_MAX;
}
