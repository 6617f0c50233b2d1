#include "core/town.h"
#include "service/accounting/budget/budget.h"
#include "service/accounting/budget/vote_rows.h"
#include "service/accounting/budget/vote_rows_sql.h"
#include "service/accounting/chart/chart_kept.h"

enum { RATE_MAX = 10000 /* hundredths of a percent */ };

EXPORT_EACH(vote_rows_chart)
EXPORT_EACH(vote_rows_taken)
EXPORT_EACH(vote_rows_rate)
EXPORT_EACH(vote_rows_transfer)
EXPORT_EACH(vote_rows_programme)
EXPORT_EACH(vote_rows_credit)

static bool is_year(int64_t year)
{
    return year > 0 && year <= CHART_YEAR_MAX;
}

static enum status take_chart(struct ctx *ctx, const void *from)
{
    const struct sql_vote_rows_chart_row *row = from;
    struct chart chart;
    struct sql_vote_rows_chart_add in = {.id = row->id, .nomenclature = row->nomenclature, .year = row->year,
        .csv = row->csv, .sha256 = row->sha256, .source = row->source, .taken_ms = row->taken_ms,
        .taken_by = row->taken_by};
    if (row->csv.len > CHART_KEPT_BYTES_MAX || chart_read(ctx->arena, row->csv, &chart) != OK ||
        !is_year(row->year))
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_vote_rows_chart_add(ctx->db, in);
}

static enum status take_taken(struct ctx *ctx, const void *from)
{
    const struct sql_vote_rows_taken_row *row = from;
    struct sql_vote_rows_taken_add in = {.id = row->id, .nomenclature = row->nomenclature, .year = row->year,
        .from_year = row->from_year, .taken_ms = row->taken_ms, .taken_by = row->taken_by, .ended_ms = row->ended_ms};
    if (!is_year(row->year) || !is_year(row->from_year) || row->from_year >= row->year)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_vote_rows_taken_add(ctx->db, in);
}

static enum status take_rate(struct ctx *ctx, const void *from)
{
    const struct sql_vote_rows_rate_row *row = from;
    struct sql_vote_rows_rate_add in = {
        .id = row->id, .budget = row->budget, .year = row->year, .rate = row->rate};
    struct sql_vote_rows_budget_row budget;
    if (!is_year(row->year) || row->rate < 0 || row->rate > RATE_MAX)
        return INVALID;
    enum status known = sql_vote_rows_budget(ctx->db, ctx->arena, (struct sql_vote_rows_budget){.id = row->budget},
                                             &budget);
    if (known != OK)
        return known == NOT_FOUND ? INVALID : known;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_vote_rows_rate_add(ctx->db, in);
}

static enum status take_transfer(struct ctx *ctx, const void *from)
{
    const struct sql_vote_rows_transfer_row *row = from;
    struct sql_vote_rows_transfer_add in = {.id = row->id, .act = row->act, .section = row->section,
        .from_chapter = row->from_chapter, .to_chapter = row->to_chapter, .amount = row->amount, .reason = row->reason,
        .made_by = row->made_by, .told_day = row->told_day};
    if (row->section < CHART_FUNCTIONING || row->section > CHART_INVESTMENT || row->amount <= 0 ||
        !money_is_within(row->amount) || !export_is_day(row->told_day))
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_vote_rows_transfer_add(ctx->db, in);
}

static enum status take_programme(struct ctx *ctx, const void *from)
{
    const struct sql_vote_rows_programme_row *row = from;
    struct sql_vote_rows_programme_add in = {.id = row->id, .budget = row->budget, .number = row->number,
        .title = row->title, .section = row->section, .authorised = row->authorised, .decided_day = row->decided_day};
    if (row->section < CHART_FUNCTIONING || row->section > CHART_INVESTMENT || row->authorised < 0 ||
        !money_is_within(row->authorised) || row->number.len == 0 || !export_is_day(row->decided_day))
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_vote_rows_programme_add(ctx->db, in);
}

static enum status take_credit(struct ctx *ctx, const void *from)
{
    const struct sql_vote_rows_credit_row *row = from;
    struct sql_vote_rows_credit_add in = {.id = row->id, .programme = row->programme, .year = row->year,
        .credit = row->credit};
    if (!is_year(row->year) || row->credit < 0 || !money_is_within(row->credit))
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_vote_rows_credit_add(ctx->db, in);
}

const struct export_file vote_rows[VOTE_ROWS] = {
    {"accounting_charts.jsonl", &sql_vote_rows_chart_row_shape, each_vote_rows_chart, take_chart},
    {"accounting_charts_taken.csv", &sql_vote_rows_taken_row_shape, each_vote_rows_taken, take_taken},
    {"accounting_rates.csv", &sql_vote_rows_rate_row_shape, each_vote_rows_rate, take_rate},
    {"accounting_transfers.csv", &sql_vote_rows_transfer_row_shape, each_vote_rows_transfer, take_transfer},
    {"accounting_programmes.csv", &sql_vote_rows_programme_row_shape, each_vote_rows_programme, take_programme},
    {"accounting_programme_years.csv", &sql_vote_rows_credit_row_shape, each_vote_rows_credit, take_credit},
};
