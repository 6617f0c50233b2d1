#include "service/accounting/figures/figure_rows.h"

#include "core/export_people.h"
#include "core/town.h"
#include "service/accounting/figures/figure_kept.h"
#include "service/accounting/figures/figure_rows_sql.h"

EXPORT_EACH(figure_rows_all)

static enum status take_figure(struct ctx *ctx, const void *from)
{
    const struct sql_figure_rows_all_row *row = from;
    struct sql_figure_rows_add in = {.id = row->id, .code = row->code, .since = row->since, .value = row->value,
                                     .source = row->source, .added_ms = row->added_ms};
    if (row->since < INT32_MIN || row->since > INT32_MAX || row->value < 0 || row->value > FIGURE_VALUE_MAX ||
        row->source.len > FIGURE_SOURCE_MAX)
        return INVALID;
    if (row->added_by.len > 0)
        TRY(export_person(ctx, row->added_by, &in.added_by));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_figure_rows_add(ctx->db, in);
}

const struct export_file figure_rows[FIGURE_ROWS] = {
    {"accounting_figures.csv", &sql_figure_rows_all_row_shape, each_figure_rows_all, take_figure},
};
