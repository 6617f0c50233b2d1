#include "service/accounting/budget/budget_rows.h"

#include "core/town.h"
#include "service/accounting/budget/budget.h"
#include "service/accounting/budget/budget_annul.h"
#include "service/accounting/budget/budget_rows_sql.h"

enum { SIRET_MAX = 32, YEAR_MAX = 9999 };

EXPORT_EACH(budget_rows_budget)
EXPORT_EACH(budget_rows_document)
EXPORT_EACH(budget_rows_act)
EXPORT_EACH(budget_rows_line)

static bool are_amounts(const struct sql_budget_rows_line_row *row)
{
    const int64_t amounts[] = {row->previous, row->carried, row->proposed, row->voted,
                               row->opened,   row->done,    row->remaining};
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
        if (!money_is_within(amounts[i]))
            return false;
    return true;
}

static bool is_line(const struct sql_budget_rows_line_row *row)
{
    return row->direction >= CHART_EXPENSE && row->direction <= CHART_RECEIPT && row->kind >= CHART_REAL &&
           row->kind <= CHART_WITHIN && row->section >= CHART_FUNCTIONING && row->section <= CHART_NO_SECTION &&
           row->place > 0 && row->place <= BUDGET_LINES_MAX && row->has >= 0 && row->has < 1 << DOCBUDG_AMOUNTS &&
           row->extra.len <= BUDGET_EXTRA_MAX && are_amounts(row);
}

static enum status take_budget(struct ctx *ctx, const void *from)
{
    const struct sql_budget_rows_budget_row *row = from;
    struct sql_budget_rows_budget_add in = {
        .id = row->id,
        .siret = row->siret,
        .label = row->label,
        .kind = row->kind,
        .recovers_tax = row->recovers_tax};
    if (row->siret.len == 0 || row->siret.len > SIRET_MAX || row->recovers_tax < 0 || row->recovers_tax > 1)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_budget_rows_budget_add(ctx->db, in);
}

static enum status take_document(struct ctx *ctx, const void *from)
{
    const struct sql_budget_rows_document_row *row = from;
    struct sql_budget_rows_document_add in = {
        .id = row->id,
        .frame = row->frame,
        .taken_ms = row->taken_ms};
    if (row->frame.len == 0 || row->frame.len > BUDGET_FRAME_MAX)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_budget_rows_document_add(ctx->db, in);
}

static enum status take_act(struct ctx *ctx, const void *from)
{
    const struct sql_budget_rows_act_row *row = from;
    struct sql_budget_rows_act_add in = {
        .id = row->id,
        .budget = row->budget,
        .document = row->document,
        .place = row->place,
        .year = row->year,
        .kind = row->kind,
        .number = row->number,
        .nomenclature = row->nomenclature,
        .decided_day = row->decided_day,
        .is_draft = row->is_draft,
        .published_ms = row->published_ms,
        .population = row->population,
        .annulled_ms = row->annulled_ms,
        .annulled_why = row->annulled_why};
    bool is_said = row->annulled_why.len > 0 && row->annulled_why.len <= BUDGET_ANNUL_WHY_MAX;
    if (row->annulled_ms < 0 || (row->annulled_ms > 0 ? !is_said : row->annulled_why.len > 0))
        return INVALID;
    if (row->population < 0 || row->population > INT32_MAX || !export_is_day(row->decided_day))
        return INVALID;
    if (row->year <= 0 || row->year > YEAR_MAX || row->place < 0 || row->place >= DOCBUDG_BUDGETS_MAX)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_budget_rows_act_add(ctx->db, in);
}

static enum status take_line(struct ctx *ctx, const void *from)
{
    const struct sql_budget_rows_line_row *row = from;
    struct sql_budget_rows_line_add in = {
        .id = row->id,
        .act = row->act,
        .place = row->place,
        .nature = row->nature,
        .function = row->function,
        .operation = row->operation,
        .chapter = row->chapter,
        .function_chapter = row->function_chapter,
        .operation_chapter = row->operation_chapter,
        .group_chapter = row->group_chapter,
        .direction = row->direction,
        .kind = row->kind,
        .section = row->section,
        .has = row->has,
        .previous = row->previous,
        .carried = row->carried,
        .proposed = row->proposed,
        .voted = row->voted,
        .opened = row->opened,
        .done = row->done,
        .remaining = row->remaining,
        .extra = row->extra};
    if (!is_line(row))
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_budget_rows_line_add(ctx->db, in);
}

const struct export_file budget_rows[BUDGET_ROWS] = {
    {"accounting_budgets.csv", &sql_budget_rows_budget_row_shape, each_budget_rows_budget, take_budget},
    {"accounting_documents.jsonl", &sql_budget_rows_document_row_shape, each_budget_rows_document, take_document},
    {"accounting_acts.csv", &sql_budget_rows_act_row_shape, each_budget_rows_act, take_act},
    {"accounting_lines.csv", &sql_budget_rows_line_row_shape, each_budget_rows_line, take_line},
};
