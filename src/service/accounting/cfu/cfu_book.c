#include "service/accounting/cfu/cfu_book.h"

#include <stdlib.h>

#include "service/accounting/budget/budget_force.h"
#include "service/accounting/cfu/cfu_book_sql.h"
#include "service/accounting/close/remain.h"
#include "service/accounting/pes/pes_code.h"

enum { DIRECTIONS = 2 };

/* An account as it grows: lines of the budget first, which others are looked for among, then those that have none. */
struct making {
    const struct credit_year *year;
    struct cfu_book_line *lines;
    size_t known, count, room;
};

/* ---- which line ---- */

static int compare_numbers(int one, int other)
{
    return (one > other) - (one < other);
}

static int compare_accounts(const struct budget_line *one, const struct budget_line *other)
{
    const int orders[] = {compare_numbers(one->section, other->section),
                          compare_numbers(one->direction, other->direction),
                          str_compare(one->nature, other->nature),
                          str_compare(one->function, other->function),
                          str_compare(one->operation, other->operation),
                          compare_numbers(one->kind, other->kind)};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        if (orders[i] != 0)
            return orders[i];
    return 0;
}

static int by_account(const void *one, const void *other)
{
    const struct cfu_book_line *first = one, *second = other;
    int order = compare_accounts(&first->line, &second->line);
    return order != 0 ? order : str_compare(first->line.group_chapter, second->line.group_chapter);
}

static int by_chapter(const void *one, const void *other)
{
    const struct cfu_book_line *first = one, *second = other;
    return budget_line_compare(&first->line, &second->line);
}

/* The first line of the budget on that account; NULL: it has none. */
static struct cfu_book_line *known(const struct making *making, const struct budget_line *line)
{
    size_t from = 0, to = making->known;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (compare_accounts(&making->lines[middle].line, line) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    bool is_there = from < making->known && compare_accounts(&making->lines[from].line, line) == 0;
    return is_there ? &making->lines[from] : NULL;
}

static enum status line_for(struct making *making, const struct budget_line *line, struct cfu_book_line **ret_line)
{
    *ret_line = known(making, line);
    if (*ret_line != NULL)
        return OK;
    if (making->count == making->room)
        return LIMIT;
    *ret_line = &making->lines[making->count++];
    **ret_line = (struct cfu_book_line){.line = *line};
    return OK;
}

/* ---- where a piece stands ---- */

static bool is_of(const struct making *making, struct budget_line *line, enum chart_kind kind)
{
    const struct chart *chart = making->year->chart;
    const struct chart_account *account = chart == NULL ? NULL : chart_account(chart, line->nature);
    if (account == NULL)
        return false;
    struct str chapter = account->chapter[kind][line->direction];
    if (chapter.len == 0 || chart_section_of(chart, line->nature, chapter, kind, line->direction) != line->section)
        return false;
    line->kind = kind;
    line->group_chapter = chapter;
    return true;
}

/* An operation of order is between sections or within one: as its level says, else as the budget has it. */
static void place(const struct making *making, struct str level, bool is_internal, struct budget_line *line)
{
    static const enum chart_kind internal[] = {CHART_BETWEEN, CHART_WITHIN};
    if (!is_internal) {
        (void)is_of(making, line, CHART_REAL);
        return;
    }
    for (size_t i = 0; i < sizeof internal / sizeof *internal; i++)
        if (is_of(making, line, internal[i]) &&
            (str_eq(line->group_chapter, level) || (!str_eq(line->nature, level) && known(making, line) != NULL)))
            return;
    for (size_t i = 0; i < sizeof internal / sizeof *internal; i++)
        if (is_of(making, line, internal[i]) && known(making, line) != NULL)
            return;
    if (!is_of(making, line, CHART_BETWEEN) && !is_of(making, line, CHART_WITHIN))
        line->kind = CHART_BETWEEN;
}

static struct budget_line line_at(enum cell_section section, bool is_receipt, struct str nature, struct str function,
                                  struct str operation, struct str level)
{
    return (struct budget_line){.section = section == CELL_INVESTMENT ? CHART_INVESTMENT : CHART_FUNCTIONING,
                                .direction = is_receipt ? CHART_RECEIPT : CHART_EXPENSE,
                                .kind = CHART_REAL, .nature = nature, .function = function, .operation = operation,
                                .chapter = STR(""), .function_chapter = STR(""), .operation_chapter = STR(""),
                                .group_chapter = level, .extra = STR("")};
}

/* ---- what it is made of ---- */

/* No mandat or titre carries these out: what was opened of them is what was done. */
static bool is_reported(const struct budget_line *line)
{
    return str_eq(line->nature, STR("001")) || str_eq(line->nature, STR("002"));
}

static void add_budget(struct making *making, const struct budget_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (lines[i].section == CHART_NO_SECTION)
            continue;
        struct cfu_book_line *line = &making->lines[making->count++];
        *line = (struct cfu_book_line){.line = lines[i]};
        if (is_reported(&lines[i]))
            line->issued = lines[i].amounts[DOCBUDG_OPEN];
    }
    making->known = making->count;
    qsort(making->lines, making->count, sizeof *making->lines, by_account);
}

static enum status add_pieces(struct making *making, const struct sql_cfu_book_pieces_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct cfu_book_line *to;
        struct budget_line line = line_at((enum cell_section)rows[i].section, rows[i].is_receipt != 0, rows[i].nature,
                                          rows[i].function, rows[i].operation, rows[i].level);
        place(making, rows[i].level, rows[i].internal != 0, &line);
        TRY(line_for(making, &line, &to));
        TRY(money_add(&to->issued, (struct money){rows[i].issued}));
        TRY(money_add(&to->attached, (struct money){rows[i].attached}));
        TRY(money_add(&to->cancelled, (struct money){rows[i].cancelled}));
    }
    return OK;
}

/* What a programme bears goes on in its own credits and is not carried over. */
static enum status add_remains(struct making *making, const struct remain *remains, size_t count, bool is_receipt)
{
    for (size_t i = 0; i < count; i++) {
        const struct imputation *from = &remains[i].line;
        struct cfu_book_line *to;
        struct budget_line line = line_at(from->section, is_receipt, from->nature, from->function, from->operation,
                                          STR(""));
        if (remains[i].programme != 0)
            continue;
        place(making, STR(""), false, &line);
        TRY(line_for(making, &line, &to));
        TRY(money_add(&to->line.amounts[DOCBUDG_LEFT], from->net));
    }
    return OK;
}

/* ---- together ---- */

static enum status add_up(struct cfu_book_line *to, const struct cfu_book_line *from)
{
    TRY(money_add(&to->issued, from->issued));
    TRY(money_add(&to->attached, from->attached));
    TRY(money_add(&to->cancelled, from->cancelled));
    return money_add(&to->line.amounts[DOCBUDG_LEFT], from->line.amounts[DOCBUDG_LEFT]);
}

/* Lines that the budget has not may have been begun twice. */
static enum status join(struct making *making)
{
    size_t kept = making->known;
    qsort(making->lines + kept, making->count - kept, sizeof *making->lines, by_account);
    for (size_t i = kept; i < making->count; i++) {
        if (kept > making->known && by_account(&making->lines[kept - 1], &making->lines[i]) == 0)
            TRY(add_up(&making->lines[kept - 1], &making->lines[i]));
        else
            making->lines[kept++] = making->lines[i];
    }
    making->count = kept;
    qsort(making->lines, making->count, sizeof *making->lines, by_chapter);
    return OK;
}

static enum status finish(struct cfu_book_line *lines, size_t count, struct budget_total *totals)
{
    for (int i = 0; i < CFU_BOOK_TOTALS; i++)
        totals[i] = (struct budget_total){.section = (enum chart_section)(i / DIRECTIONS),
                                          .direction = (enum chart_direction)(i % DIRECTIONS)};
    for (size_t i = 0; i < count; i++) {
        struct budget_line *line = &lines[i].line;
        struct money *done = &line->amounts[DOCBUDG_DONE];
        struct budget_total *total = &totals[line->section * DIRECTIONS + line->direction];
        *done = lines[i].issued;
        TRY(money_add(done, lines[i].attached));
        TRY(money_take(done, lines[i].cancelled));
        for (size_t amount = 0; amount < DOCBUDG_AMOUNTS; amount++)
            TRY(money_add(&total->amounts[amount], line->amounts[amount]));
        total->lines++;
        line->has[DOCBUDG_VOTED] = line->has[DOCBUDG_OPEN] = line->has[DOCBUDG_DONE] = true;
        line->has[DOCBUDG_CARRIED] = line->amounts[DOCBUDG_CARRIED].cents != 0;
        line->has[DOCBUDG_LEFT] = line->amounts[DOCBUDG_LEFT].cents != 0;
    }
    return OK;
}

enum status cfu_book_unused(const struct budget_line *line, struct money *ret_unused)
{
    *ret_unused = line->amounts[DOCBUDG_OPEN];
    TRY(money_take(ret_unused, line->amounts[DOCBUDG_DONE]));
    return money_take(ret_unused, line->amounts[DOCBUDG_LEFT]);
}

enum status cfu_book_read(struct ctx *ctx, const struct credit_year *year, struct cfu_book *ret_book)
{
    struct budget_line *lines;
    struct sql_cfu_book_pieces_row *rows;
    struct remain *remains[DIRECTIONS];
    struct remain_list list;
    size_t count, row_count, counts[DIRECTIONS];
    struct making making = {.year = year};
    TRY(budget_in_force(ctx, year->siret, year->year, &lines, &count));
    TRY(sql_cfu_book_pieces(ctx->db, ctx->arena,
                            (struct sql_cfu_book_pieces){.budget = year->budget, .year = year->year,
                                                         .internal = STR(PES_PIECE_INTERNAL),
                                                         .order = STR(PES_ORDER_ATTACHED),
                                                         .title = STR(PES_TITLE_ATTACHED)},
                            &rows, &row_count));
    TRY(remain_list_get(ctx, year->budget, year->year, &list));
    for (int i = 0; i < DIRECTIONS; i++)
        TRY(remain_kept(ctx, year->budget, year->year, (enum cell_direction)i, &remains[i], &counts[i]));
    making.room = count + row_count + counts[0] + counts[1];
    making.lines = arena_array(ctx->arena, struct cfu_book_line, making.room + 1);
    if (making.lines == NULL || row_count > BUDGET_LINES_MAX)
        return LIMIT;
    add_budget(&making, lines, count);
    TRY(add_pieces(&making, rows, row_count));
    for (int i = 0; i < DIRECTIONS; i++)
        TRY(add_remains(&making, remains[i], counts[i], i == CELL_RECEIPT));
    TRY(join(&making));
    *ret_book = (struct cfu_book){.lines = making.lines, .count = making.count, .is_list_signed = list.is_signed};
    if (making.count > BUDGET_LINES_MAX)
        return LIMIT;
    TRY(book_is_closed(ctx, year->siret, year->year, &ret_book->is_closed));
    return finish(making.lines, making.count, ret_book->totals);
}
