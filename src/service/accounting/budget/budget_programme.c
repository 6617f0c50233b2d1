#include "service/accounting/budget/budget_programme.h"

#include <stdlib.h>

#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/budget/budget_programme_sql.h"
#include "service/accounting/budget/budget_programme_use.h"
#include "service/accounting/lang.h"

enum { YEAR_LEAST = 1990, YEAR_MOST = 2100 };

/* ---- what there is ---- */

/* Credits stand by programme and year, programmes in another order. */
static enum status add_years(struct ctx *ctx, struct budget_programme *programme,
                             const struct sql_budget_programme_credits_row *rows, size_t count)
{
    size_t first = 0;
    while (first < count && rows[first].programme != programme->id)
        first++;
    while (first + programme->count < count && rows[first + programme->count].programme == programme->id)
        programme->count++;
    programme->years = arena_array(ctx->arena, struct programme_year, programme->count + 1);
    if (programme->years == NULL)
        return LIMIT;
    for (size_t i = 0; i < programme->count; i++)
        programme->years[i] =
            (struct programme_year){.year = (int32_t)rows[first + i].year, .credit = {rows[first + i].credit}};
    return OK;
}

enum status budget_programmes(struct ctx *ctx, struct budget_programme **ret_programmes, size_t *ret_count)
{
    struct sql_budget_programme_list_row *rows;
    struct sql_budget_programme_credits_row *credits;
    size_t count, credit_count;
    TRY(sql_budget_programme_list(ctx->db, ctx->arena, &rows, &count));
    TRY(sql_budget_programme_credits(ctx->db, ctx->arena, &credits, &credit_count));
    struct budget_programme *programmes = arena_array(ctx->arena, struct budget_programme, count + 1);
    if (programmes == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        programmes[i] = (struct budget_programme){.id = rows[i].id,
                                                  .siret = rows[i].siret,
                                                  .label = rows[i].label,
                                                  .number = rows[i].number,
                                                  .title = rows[i].title,
                                                  .section = (enum chart_section)rows[i].section,
                                                  .authorised = {rows[i].authorised},
                                                  .decided = {(int32_t)rows[i].decided_day}};
        TRY(add_years(ctx, &programmes[i], credits, credit_count));
    }
    *ret_programmes = programmes;
    *ret_count = count;
    return OK;
}

/* ---- recorded ---- */

static bool is_whole(const struct budget_programme *programme)
{
    bool is_right = programme->number.len > 0 && programme->number.len <= BUDGET_PROGRAMME_NUMBER_MAX &&
                    programme->title.len > 0 && programme->title.len <= BUDGET_PROGRAMME_TITLE_MAX &&
                    programme->count > 0 && programme->count <= BUDGET_PROGRAMME_YEARS_MAX &&
                    programme->section < CHART_NO_SECTION;
    for (size_t i = 0; i < programme->count; i++)
        is_right = is_right && programme->years[i].year >= YEAR_LEAST && programme->years[i].year <= YEAR_MOST &&
                   (i == 0 || programme->years[i].year > programme->years[i - 1].year);
    return is_right;
}

static enum status keep(struct ctx *ctx, const struct budget_programme *programme, int64_t *ret_id)
{
    struct sql_budget_programme_find_row there;
    struct sql_budget_programme_budget_row budget;
    struct sql_budget_programme_add_row added;
    struct sql_budget_programme_find find = {.siret = programme->siret, .number = programme->number};
    TRY(sql_budget_programme_budget(ctx->db, ctx->arena,
                                    (struct sql_budget_programme_budget){.siret = programme->siret}, &budget));
    enum status done = sql_budget_programme_find(ctx->db, ctx->arena, find, &there);
    if (done != OK && done != NOT_FOUND)
        return done;
    *ret_id = there.id;
    if (done == OK)
        return sql_budget_programme_put(ctx->db, (struct sql_budget_programme_put){
                                                     .title = programme->title,
                                                     .section = programme->section,
                                                     .authorised = programme->authorised.cents,
                                                     .decided_day = programme->decided.days,
                                                     .id = there.id});
    struct sql_budget_programme_add add = {.budget = budget.id,
                                           .number = programme->number,
                                           .title = programme->title,
                                           .section = programme->section,
                                           .authorised = programme->authorised.cents,
                                           .decided_day = programme->decided.days};
    TRY(sql_budget_programme_add(ctx->db, ctx->arena, add, &added));
    *ret_id = added.id;
    return OK;
}

/* Revised, it still bears what was engaged and ordered of it. */
static enum status check(struct ctx *ctx, const struct budget_programme *programme, struct faults *faults)
{
    struct sql_budget_programme_find_row there;
    struct sql_budget_programme_find find = {.siret = programme->siret, .number = programme->number};
    struct programme sums = {
        .authorised = programme->authorised, .years = programme->years, .count = programme->count};
    enum status done = sql_budget_programme_find(ctx->db, ctx->arena, find, &there);
    if (done == OK)
        return budget_programme_may_be(ctx, there.id, &sums, faults);
    return done == NOT_FOUND ? programme_check(&sums, faults) : done;
}

enum status budget_programme_record(struct ctx *ctx, const struct budget_programme *programme, struct faults *faults)
{
    int64_t id;
    if (!is_whole(programme))
        return refuse(ctx, INVALID, "accounting.programme", T_accounting_programme_words);
    TRY(check(ctx, programme, faults));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(keep(ctx, programme, &id));
    struct sql_budget_programme_years_drop drop = {.programme = id};
    TRY(sql_budget_programme_years_drop(ctx->db, drop));
    for (size_t i = 0; i < programme->count; i++) {
        struct sql_budget_programme_year_add add = {
            .programme = id, .year = programme->years[i].year, .credit = programme->years[i].credit.cents};
        TRY(sql_budget_programme_year_add(ctx->db, add));
    }
    return audit_add(ctx, "accounting.programme", programme->siret, programme->number);
}

/* ---- years as people write them ---- */

static int by_year(const void *one, const void *other)
{
    const struct programme_year *first = one, *second = other;
    return (first->year > second->year) - (first->year < second->year);
}

/* The year ends at the first ';' or tab. */
static enum status read_year(enum language language, struct str line, struct programme_year *ret_year)
{
    size_t at = 0;
    uint64_t year;
    while (at < line.len && line.at[at] != ';' && line.at[at] != '\t')
        at++;
    if (at == line.len)
        return INVALID;
    TRY(str_to_u64(str_trim(str_slice(line, 0, at)), YEAR_MOST, &year));
    ret_year->year = (int32_t)year;
    return budget_amount_read(language, str_after(line, at + 1), &ret_year->credit);
}

enum status budget_programme_years_read(struct arena *arena, enum language language, struct str text,
                                        struct programme_year **ret_years, size_t *ret_count)
{
    struct programme_year *years = arena_array(arena, struct programme_year, BUDGET_PROGRAMME_YEARS_MAX);
    size_t count = 0;
    if (years == NULL)
        return LIMIT;
    for (struct str rest = text; !str_is_absent(rest);) {
        struct str line = str_trim(str_cut(&rest, '\n'));
        if (line.len == 0)
            continue;
        if (count == BUDGET_PROGRAMME_YEARS_MAX)
            return LIMIT;
        years[count] = (struct programme_year){.year = 0};
        if (read_year(language, line, &years[count++]) != OK)
            return INVALID;
    }
    qsort(years, count, sizeof *years, by_year);
    *ret_years = years;
    *ret_count = count;
    return OK;
}
