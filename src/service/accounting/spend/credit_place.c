/* What a line is charged to: an account of the chart, a function, an operation; and so to a level of the vote. */
#include "service/accounting/spend/credit.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "service/accounting/figure.h"
#include "service/accounting/spend/account_use.h"
#include "service/accounting/spend/credit_sql.h"

enum { PLACE_MAX = 32, FUNCTIONS_SAID = 512 /* bytes */ };

/* ---- its place ---- */

/* Credits of an operation are for equipment: what is received, or consumed by functioning, is of a chapter. */
static enum status place_operation(struct imputation *line, enum chart_direction direction, const char *place,
                                   struct faults *faults)
{
    if (direction != CHART_EXPENSE)
        return OK;
    bool is_short = line->operation.len + strlen(CELL_OPERATION) <= CELL_LEVEL_MAX;
    if (!is_short || line->section != CELL_INVESTMENT || !utf8_is_line(line->operation, CELL_LEVEL_MAX))
        return fault_refuse(faults, "spend.operation", place, line->operation, line->nature);
    line->level = str_format(faults->arena, CELL_OPERATION "%.*s", STR_ARG(line->operation));
    return str_is_absent(line->level) ? LIMIT : OK;
}

/* By function: as the budget counts it, else in the chapter of its function. */
static enum status place_function(const struct credit_year *year, struct imputation *line, const char *place,
                                  struct faults *faults)
{
    enum chart_section section = line->section == CELL_INVESTMENT ? CHART_INVESTMENT : CHART_FUNCTIONING;
    struct str chapter = line->function_chapter;
    if (chapter.len == 0)
        chapter = chart_function_chapter(year->chart, line->function, section);
    if (chapter.len == 0)
        return fault_refuse(faults, "spend.by_function", place, line->nature, STR(""));
    line->level = credit_function_level(faults->arena, chapter, line->function, year->is_by_article[line->section]);
    return str_is_absent(line->level) ? LIMIT : OK;
}

enum status credit_place(const struct credit_year *year, struct imputation *line, enum chart_kind kind,
                         enum chart_direction direction, const char *place, struct faults *faults)
{
    if (year->chart == NULL)
        return fault_refuse(faults, "docbudg.nomenclature", place, year->nomenclature, STR("M57-M57_A"));
    const struct chart_account *account = chart_account(year->chart, line->nature);
    if (account == NULL || account->is_shown_only)
        return fault_refuse(faults, "docbudg.account", place, line->nature, year->chart->variant);
    if (account->removed_since.len > 0)
        return fault_refuse(faults, "docbudg.removed", place, line->nature, account->removed_since);
    bool is_executed;
    TRY(account_is_executed(faults->arena, account->code, date_of(year->year, 1, 1), &is_executed));
    if (!is_executed)
        return fault_refuse(faults, "spend.unexecuted", place, line->nature, STR(""));
    struct str chapter = account->chapter[kind][direction];
    enum chart_section section = chart_section_of(year->chart, line->nature, chapter, kind, direction);
    if (chapter.len == 0 || section == CHART_NO_SECTION)
        return fault_refuse(faults, "docbudg.sense", place, line->nature, chart_sense(kind, direction));
    if (line->function.len > 0 && chart_function(year->chart, line->function) == NULL)
        return fault_refuse(faults, "docbudg.function", place, line->function, year->chart->variant);
    line->section = section == CHART_INVESTMENT ? CELL_INVESTMENT : CELL_FUNCTIONING;
    line->level = year->is_by_article[line->section] ? account->code : chapter;
    if (year->is_by_function && kind == CHART_REAL)
        TRY(place_function(year, line, place, faults));
    return line->operation.len > 0 ? place_operation(line, direction, place, faults) : OK;
}

static enum status choose_function(struct ctx *ctx, const struct credit_year *year, struct imputation *line,
                                   enum chart_direction direction, const char *place, struct faults *faults)
{
    struct buf known BUF_SCOPE = BUF_INIT(FUNCTIONS_SAID);
    struct sql_credit_functions_row *rows;
    size_t count;
    TRY(sql_credit_functions(ctx->db, ctx->arena,
                             (struct sql_credit_functions){.budget = year->budget, .year = year->year,
                                                           .direction = direction, .nature = line->nature},
                             &rows, &count));
    if (count == 0 || rows[0].function.len == 0)
        return OK;
    if (count == 1) {
        line->function = rows[0].function;
        return OK;
    }
    for (size_t i = 0; i < count && buf_status(&known) == OK; i++)
        buf_add_format(&known, "%s%.*s", i > 0 ? ", " : "", STR_ARG(rows[i].function));
    return fault_refuse(faults, "spend.function", place, line->nature, buf_str(&known));
}

static enum status find_chapter(struct ctx *ctx, const struct credit_year *year, struct imputation *line,
                                enum chart_direction direction)
{
    struct sql_credit_function_chapter_row row;
    enum status done = sql_credit_function_chapter(
        ctx->db, ctx->arena,
        (struct sql_credit_function_chapter){.budget = year->budget, .year = year->year, .direction = direction,
                                             .nature = line->nature, .function = line->function},
        &row);
    line->function_chapter = done == OK ? row.chapter : STR("");
    return done == NOT_FOUND ? OK : done;
}

enum status credit_functions(struct ctx *ctx, const struct credit_year *year, struct imputation *lines, size_t count,
                             enum chart_direction direction, struct faults *faults)
{
    char place[PLACE_MAX];
    for (size_t i = 0; i < count; i++) {
        snprintf(place, sizeof place, "line %zu", i + 1);
        if (lines[i].function.len == 0)
            TRY(choose_function(ctx, year, &lines[i], direction, place, faults));
        if (year->is_by_function)
            TRY(find_chapter(ctx, year, &lines[i], direction));
    }
    return OK;
}

enum status credit_amounts(const struct imputation *line, struct date day, const char *place, struct faults *faults)
{
    struct figure highest;
    struct money most;
    if (line->net.cents <= 0 || line->net.cents > MONEY_MAX || line->tax.cents < 0) {
        fault_add_money(faults, "engine.amount", place, line->net.cents <= 0 ? line->net : line->tax,
                        (struct money){MONEY_MAX});
        return INVALID;
    }
    if (line->tax.cents == 0)
        return OK;
    enum { WHOLE = 10000 /* hundredths of a percent */, ROUNDING = 1 };
    TRY(figure_need(faults, STR("tax.highest"), day, &highest));
    TRY(money_share(line->net, highest.value, WHOLE, &most));
    most.cents += ROUNDING;
    if (line->tax.cents <= most.cents)
        return OK;
    fault_add_money(faults, "spend.tax", place, line->tax, most);
    return INVALID;
}

struct money credit_charge(const struct imputation *lines, size_t count)
{
    struct money sum = {0};
    for (size_t i = 0; i < count; i++)
        if (money_add(&sum, lines[i].net) != OK)
            return (struct money){MONEY_MAX};
    return sum;
}

enum status credit_share_tax(struct imputation *lines, size_t count, struct money tax)
{
    struct money whole = credit_charge(lines, count);
    int64_t rest = tax.cents;
    for (size_t i = 0; i < count; i++) {
        if (i + 1 < count && whole.cents > 0)
            TRY(money_share(tax, lines[i].net.cents, whole.cents, &lines[i].tax));
        else
            lines[i].tax = (struct money){rest};
        rest -= lines[i].tax.cents;
    }
    return OK;
}

struct money credit_sum(const struct imputation *lines, size_t count)
{
    struct money sum = {0};
    for (size_t i = 0; i < count; i++)
        if (money_add(&sum, lines[i].net) != OK || money_add(&sum, lines[i].tax) != OK)
            return (struct money){MONEY_MAX};
    return sum;
}
