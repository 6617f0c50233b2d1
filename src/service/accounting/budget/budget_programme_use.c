#include "service/accounting/budget/budget_programme_use.h"

#include "service/accounting/budget/budget_programme_use_sql.h"

enum { YEARS_MAX = 200 };

/* ---- what is used ---- */

/* The year among those of the programme; a new one without credits where it has none. NULL: no room. */
static struct programme_year *year_of(struct budget_programme *programme, int32_t year)
{
    size_t at = 0;
    while (at < programme->count && programme->years[at].year < year)
        at++;
    if (at < programme->count && programme->years[at].year == year)
        return &programme->years[at];
    if (programme->count == YEARS_MAX)
        return NULL;
    memmove(&programme->years[at + 1], &programme->years[at], (programme->count - at) * sizeof *programme->years);
    programme->count++;
    programme->years[at] = (struct programme_year){.year = year};
    return &programme->years[at];
}

static enum status add_credits(struct ctx *ctx, struct budget_programme *programme)
{
    struct sql_budget_programme_use_credits_row *rows;
    size_t count;
    TRY(sql_budget_programme_use_credits(
        ctx->db, ctx->arena, (struct sql_budget_programme_use_credits){.programme = programme->id}, &rows, &count));
    programme->years = arena_array(ctx->arena, struct programme_year, YEARS_MAX);
    if (programme->years == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        programme->years[programme->count++] =
            (struct programme_year){.year = (int32_t)rows[i].year, .credit = {rows[i].credit}};
    return OK;
}

static enum status add_used(struct ctx *ctx, struct budget_programme_use *use)
{
    struct sql_budget_programme_use_reserved_row reserved;
    struct sql_budget_programme_use_ordered_row *rows;
    size_t count;
    TRY(sql_budget_programme_use_reserved(
        ctx->db, ctx->arena, (struct sql_budget_programme_use_reserved){.programme = use->programme.id}, &reserved));
    TRY(sql_budget_programme_use_ordered(
        ctx->db, ctx->arena, (struct sql_budget_programme_use_ordered){.programme = use->programme.id}, &rows,
        &count));
    for (size_t i = 0; i < count; i++) {
        struct programme_year *year = year_of(&use->programme, (int32_t)rows[i].year);
        if (year == NULL)
            return LIMIT;
        year->mandated = (struct money){rows[i].cents};
        TRY(money_add(&use->ordered, year->mandated));
    }
    use->engaged = use->ordered;
    return money_add(&use->engaged, (struct money){reserved.cents});
}

enum status budget_programme_use(struct ctx *ctx, int64_t programme, struct budget_programme_use *ret_use)
{
    struct sql_budget_programme_use_one_row row;
    TRY(sql_budget_programme_use_one(ctx->db, ctx->arena, (struct sql_budget_programme_use_one){.id = programme},
                                     &row));
    struct budget_programme_use use = {.programme = {.id = row.id, .siret = row.siret, .label = row.label,
                                                     .number = row.number, .title = row.title,
                                                     .section = (enum chart_section)row.section,
                                                     .authorised = {row.authorised},
                                                     .decided = {(int32_t)row.decided_day}},
                                       .budget = row.budget};
    TRY(add_credits(ctx, &use.programme));
    TRY(add_used(ctx, &use));
    *ret_use = use;
    return OK;
}

enum status budget_programme_of(struct ctx *ctx, uint64_t engagement, int64_t *ret_programme)
{
    struct sql_budget_programme_use_of_row row;
    enum status done = sql_budget_programme_use_of(
        ctx->db, ctx->arena, (struct sql_budget_programme_use_of){.engagement = (int64_t)engagement}, &row);
    *ret_programme = done == OK ? row.programme : 0;
    return done == NOT_FOUND ? OK : done;
}

enum status budget_programme_named(struct ctx *ctx, int64_t budget, struct str number, int64_t *ret_programme)
{
    struct sql_budget_programme_use_named_row row;
    TRY(sql_budget_programme_use_named(
        ctx->db, ctx->arena, (struct sql_budget_programme_use_named){.budget = budget, .number = number}, &row));
    *ret_programme = row.id;
    return OK;
}

/* ---- what may be ---- */

static enum status check(const struct budget_programme_use *use, struct faults *faults)
{
    const struct programme sums = {.authorised = use->programme.authorised, .engaged = use->engaged,
                                   .years = use->programme.years, .count = use->programme.count};
    return programme_check(&sums, faults);
}

enum status budget_programme_may_engage(struct ctx *ctx, int64_t programme, enum cell_section section,
                                        struct money amount, struct faults *faults)
{
    struct budget_programme_use use;
    TRY(budget_programme_use(ctx, programme, &use));
    if ((use.programme.section == CHART_INVESTMENT) != (section == CELL_INVESTMENT))
        return fault_refuse(faults, "programme.section", "programme", use.programme.number, STR(""));
    TRY(money_add(&use.engaged, amount));
    return check(&use, faults);
}

enum status budget_programme_may_order(struct ctx *ctx, uint64_t engagement, int32_t year, struct money amount,
                                       struct faults *faults)
{
    struct budget_programme_use use;
    int64_t programme;
    TRY(budget_programme_of(ctx, engagement, &programme));
    if (programme == 0)
        return OK;
    TRY(budget_programme_use(ctx, programme, &use));
    struct programme_year *used = year_of(&use.programme, year);
    if (used == NULL)
        return LIMIT;
    TRY(money_add(&used->mandated, amount));
    return check(&use, faults);
}

enum status budget_programme_free(struct ctx *ctx, int64_t programme, int32_t year, struct money *ret_free)
{
    struct sql_budget_programme_use_year_row reserved;
    struct budget_programme_use use;
    TRY(budget_programme_use(ctx, programme, &use));
    TRY(sql_budget_programme_use_year(
        ctx->db, ctx->arena, (struct sql_budget_programme_use_year){.programme = programme, .year = year}, &reserved));
    const struct programme_year *used = year_of(&use.programme, year);
    if (used == NULL)
        return LIMIT;
    *ret_free = (struct money){used->credit.cents - used->mandated.cents - reserved.cents};
    return OK;
}

enum status budget_programme_may_be(struct ctx *ctx, int64_t programme, const struct programme *revised,
                                    struct faults *faults)
{
    struct budget_programme_use use;
    TRY(budget_programme_use(ctx, programme, &use));
    use.programme.authorised = revised->authorised;
    for (size_t i = 0; i < use.programme.count; i++)
        use.programme.years[i].credit = (struct money){0};
    for (size_t i = 0; i < revised->count; i++) {
        struct programme_year *year = year_of(&use.programme, revised->years[i].year);
        if (year == NULL)
            return LIMIT;
        year->credit = revised->years[i].credit;
    }
    return check(&use, faults);
}

enum status budget_programme_use_it(struct ctx *ctx, uint64_t engagement, int64_t programme)
{
    return sql_budget_programme_use_add(ctx->db, (struct sql_budget_programme_use_add){
                                                     .engagement = (int64_t)engagement, .programme = programme});
}

/* ---- proof ---- */

enum status budget_programme_verify(struct ctx *ctx, struct buf *findings)
{
    struct sql_budget_programme_use_all_row *rows;
    size_t count;
    TRY(sql_budget_programme_use_all(ctx->db, ctx->arena, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct budget_programme_use use;
        struct faults *faults = faults_new(ctx->arena);
        if (faults == NULL)
            return LIMIT;
        TRY(budget_programme_use(ctx, rows[i].programme, &use));
        enum status done = check(&use, faults);
        if (done != OK && done != INVALID)
            return done;
        for (size_t j = 0; j < faults->count; j++)
            buf_add_format(findings, "programme %.*s: %.*s %.*s\n", STR_ARG(use.programme.number),
                           STR_ARG(faults->kept[j].rule), STR_ARG(faults->kept[j].value));
    }
    return OK;
}
