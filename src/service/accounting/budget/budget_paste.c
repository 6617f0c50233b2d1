#include "service/accounting/budget/budget_paste.h"

#include "core/town.h"
#include "service/accounting/budget/budget_amend.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/budget/budget_make.h"
#include "service/accounting/chart/chart_kept.h"
#include "service/accounting/lang.h"

enum { COLUMNS = 4, CODE_MAX = 16 /* letters of an account or a function */ };

/* ---- read ---- */

/* Up to the next ';' or tab. */
static struct str next_column(struct str *rest)
{
    size_t at = 0;
    while (at < rest->len && rest->at[at] != ';' && rest->at[at] != '\t')
        at++;
    struct str column = str_slice(*rest, 0, at);
    *rest = at < rest->len ? str_after(*rest, at + 1) : STR_NONE;
    return str_trim(column);
}

static enum text_key read_line(enum language language, struct str text, struct budget_pasted *ret_row)
{
    struct str columns[COLUMNS], rest = text;
    size_t count = 0;
    while (!str_is_absent(rest) && count < COLUMNS)
        columns[count++] = next_column(&rest);
    if (count < 2 || !str_is_absent(rest) || columns[0].len == 0 || columns[0].len > CODE_MAX)
        return T_accounting_paste_columns;
    ret_row->account = columns[0];
    ret_row->function = count > 2 ? columns[1] : STR("");
    ret_row->operation = count == COLUMNS ? columns[2] : STR("");
    if (ret_row->function.len > CODE_MAX || ret_row->operation.len > CODE_MAX)
        return T_accounting_paste_columns;
    bool is_read = budget_amount_read(language, columns[count - 1], &ret_row->amount) == OK;
    return is_read ? T_none : T_accounting_amount_wrong;
}

enum status budget_paste_read(struct arena *arena, enum language language, struct str text,
                              struct budget_pasted **ret_rows, size_t *ret_count,
                              struct budget_paste_fault *ret_fault)
{
    struct budget_pasted *rows = arena_array(arena, struct budget_pasted, BUDGET_PASTE_MAX);
    size_t count = 0;
    int64_t number = 0;
    if (rows == NULL)
        return LIMIT;
    for (struct str rest = text; !str_is_absent(rest);) {
        struct str line = str_trim(str_cut(&rest, '\n'));
        number++;
        if (line.len == 0)
            continue;
        *ret_fault = (struct budget_paste_fault){.line = number, .text = line, .why = T_accounting_paste_many};
        if (count == BUDGET_PASTE_MAX)
            return LIMIT;
        rows[count] = (struct budget_pasted){.line = number, .text = line};
        ret_fault->why = read_line(language, line, &rows[count]);
        if (ret_fault->why != T_none)
            return INVALID;
        count++;
    }
    *ret_fault = (struct budget_paste_fault){.line = 0, .why = T_accounting_paste_empty};
    *ret_rows = rows;
    *ret_count = count;
    return count > 0 ? OK : INVALID;
}

/* ---- taken ---- */

/* One that is there, or that the chart allows. */
struct target {
    bool is_new;
    struct budget_line line;
};

static const struct budget_line *line_there(const struct budget_line *lines, size_t count,
                                            const struct budget_pasted *row, enum chart_section section,
                                            enum chart_direction direction)
{
    for (size_t i = 0; i < count; i++)
        if (lines[i].section == section && lines[i].direction == direction &&
            str_eq(lines[i].nature, row->account) && str_eq(lines[i].function, row->function) &&
            str_eq(lines[i].operation, row->operation))
            return &lines[i];
    return NULL;
}

static bool is_twice(const struct budget_pasted *rows, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (str_eq(rows[i].account, rows[at].account) && str_eq(rows[i].function, rows[at].function) &&
            str_eq(rows[i].operation, rows[at].operation))
            return true;
    return false;
}

/* Into what is pasted. */
struct into {
    const struct budget_act *act;
    const struct chart *chart;
    enum chart_section section;
    enum chart_direction direction;
    const struct budget_line *lines; /* there already */
    size_t count;
};

static enum text_key aim(struct ctx *ctx, const struct into *into, const struct budget_pasted *rows, size_t at,
                         struct target *ret_target)
{
    const struct budget_pasted *row = &rows[at];
    const struct budget_line *there = line_there(into->lines, into->count, row, into->section, into->direction);
    const struct budget_at to = {into->section, into->direction, row->account, row->function, row->operation};
    *ret_target = (struct target){.is_new = there == NULL};
    if (!budget_may_be_of_operation(&to))
        return T_accounting_operation_wrong;
    if (is_twice(rows, at))
        return T_accounting_paste_twice;
    if (there != NULL)
        ret_target->line = *there;
    else if (budget_line_new(into->chart, &to, row->amount, &ret_target->line) != OK)
        return T_accounting_account_wrong;
    if (budget_is_amending(into->act) && budget_amend_allows(ctx, &ret_target->line, row->amount) != OK)
        return T_accounting_below_zero;
    return T_none;
}

static enum status put(struct ctx *ctx, const struct budget_act *act, struct target *target, struct money amount,
                       int64_t *last)
{
    if (!target->is_new)
        return budget_draft_set(ctx, act, target->line.place, amount);
    target->line.place = ++*last;
    if (target->line.operation.len > 0)
        TRY(budget_frame_operations(ctx, act));
    return *last > BUDGET_LINES_MAX ? LIMIT : budget_line_add(ctx, act->id, &target->line);
}

enum status budget_paste_take(struct ctx *ctx, const struct budget_act *act, enum chart_section section,
                              enum chart_direction direction, const struct budget_pasted *rows, size_t count,
                              struct budget_paste_fault *ret_fault)
{
    struct chart_kept kept;
    struct budget_line *lines;
    struct into into = {.act = act, .section = section, .direction = direction};
    int64_t last = 0;
    if (!act->is_draft)
        return refuse(ctx, CONFLICT, "accounting.voted", T_accounting_voted_already);
    TRY(chart_kept_find(ctx, act->nomenclature, act->year, &kept));
    TRY(budget_lines(ctx, act->id, &lines, &into.count));
    struct target *targets = arena_array(ctx->arena, struct target, count + 1);
    if (targets == NULL)
        return LIMIT;
    into.chart = kept.chart;
    into.lines = lines;
    for (size_t i = 0; i < into.count; i++)
        last = lines[i].place > last ? lines[i].place : last;
    for (size_t i = 0; i < count; i++) {
        *ret_fault = (struct budget_paste_fault){
            .line = rows[i].line, .text = rows[i].text, .why = aim(ctx, &into, rows, i, &targets[i])};
        if (ret_fault->why != T_none)
            return INVALID;
    }
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    for (size_t i = 0; i < count; i++)
        TRY(put(ctx, act, &targets[i], rows[i].amount, &last));
    return OK;
}
