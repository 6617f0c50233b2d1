#include "service/accounting/inbound/inbound_rows.h"

#include "core/export_people.h"
#include "core/town.h"
#include "service/accounting/inbound/inbound.h"
#include "service/accounting/inbound/inbound_rows_sql.h"
#include "service/accounting/inbound/inbound_sql.h"

EXPORT_EACH(inbound_rows_file)
EXPORT_EACH(inbound_rows_line)

static enum status take_file(struct ctx *ctx, const void *from)
{
    const struct sql_inbound_rows_file_row *row = from;
    struct sql_inbound_rows_file_add in = {.id = row->id,
                                           .name = row->name,
                                           .at_ms = row->at_ms,
                                           .state = row->state,
                                           .said = row->said,
                                           .size = (int64_t)row->file.len,
                                           .file = row->file};
    if (row->state < INBOUND_READING || row->state > INBOUND_FAILED || row->file.len > INBOUND_FILE_MAX)
        return INVALID;
    if (row->person.len > 0)
        TRY(export_person(ctx, row->person, &in.person));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_inbound_rows_file_add(ctx->db, in);
}

static enum status take_line(struct ctx *ctx, const void *from)
{
    const struct sql_inbound_rows_line_row *row = from;
    if (row->place <= 0 || row->outcome < INBOUND_ADDED || row->outcome > INBOUND_REFUSED)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_inbound_line_add(ctx->db, (struct sql_inbound_line_add){.inbound = row->inbound,
                                                                       .place = row->place,
                                                                       .number = row->number,
                                                                       .bill = row->bill,
                                                                       .outcome = row->outcome,
                                                                       .said = row->said});
}

const struct export_file inbound_rows[INBOUND_ROWS] = {
    {"accounting_inbound.jsonl", &sql_inbound_rows_file_row_shape, each_inbound_rows_file, take_file},
};
const struct export_file inbound_line_rows[INBOUND_LINE_ROWS] = {
    {"accounting_inbound_lines.csv", &sql_inbound_rows_line_row_shape, each_inbound_rows_line, take_line},
};
