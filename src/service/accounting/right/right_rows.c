#include "service/accounting/right/right_rows.h"

#include "core/export_people.h"
#include "core/town.h"
#include "service/accounting/right/right_rows_sql.h"
#include "service/accounting/right/signatory.h"
#include "service/accounting/right/unit.h"

EXPORT_EACH(right_rows_right)
EXPORT_EACH(right_rows_setting)
EXPORT_EACH(right_rows_unit)
EXPORT_EACH(right_rows_signatory)

enum { SETTING_MAX = 100, BYTES_OF_LETTER = 4 };

static bool are_rights(int64_t rights)
{
    return rights >= 0 && rights <= RIGHTS_ALL;
}

static enum status take_right(struct ctx *ctx, const void *from)
{
    const struct sql_right_rows_right_row *row = from;
    int64_t person;
    if (!are_rights(row->rights))
        return INVALID;
    TRY(export_person(ctx, row->person, &person));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_right_rows_right_add(ctx->db,
                                    (struct sql_right_rows_right_add){.person = person, .rights = row->rights});
}

static enum status take_setting(struct ctx *ctx, const void *from)
{
    const struct sql_right_rows_setting_row *row = from;
    if (row->name.len == 0 || row->name.len > SETTING_MAX || row->value.len > SETTING_MAX)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_right_rows_setting_add(ctx->db,
                                      (struct sql_right_rows_setting_add){.name = row->name, .value = row->value});
}

static enum status take_unit(struct ctx *ctx, const void *from)
{
    const struct sql_right_rows_unit_row *row = from;
    struct sql_right_rows_unit_add in = {
        .id = row->id, .code = row->code, .name = row->name, .is_active = row->is_active != 0};
    bool is_unit = row->id > 0 && row->code.len > 0 && row->code.len <= UNIT_CODE_MAX && row->name.len > 0 &&
                   row->name.len <= BYTES_OF_LETTER * UNIT_NAME_MAX;
    if (!is_unit)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_right_rows_unit_add(ctx->db, in);
}

static bool is_signatory(const struct sql_right_rows_signatory_row *row)
{
    return are_rights(row->rights) && row->limit_cents >= 0 && money_is_within(row->limit_cents) &&
           row->since_day > 0 && row->since_day <= INT32_MAX && row->until_day >= 0 && row->until_day <= INT32_MAX &&
           row->reference.len <= BYTES_OF_LETTER * SIGNATORY_REFERENCE_MAX;
}

static enum status take_signatory(struct ctx *ctx, const void *from)
{
    const struct sql_right_rows_signatory_row *row = from;
    struct sql_right_rows_signatory_add in = {.id = row->id,
                                              .unit = row->unit,
                                              .rights = row->rights,
                                              .limit_cents = row->limit_cents,
                                              .since_day = row->since_day,
                                              .until_day = row->until_day,
                                              .is_head = row->is_head != 0,
                                              .reference = row->reference};
    if (!is_signatory(row))
        return INVALID;
    TRY(export_person(ctx, row->person, &in.person));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_right_rows_signatory_add(ctx->db, in);
}

const struct export_file right_rows[RIGHT_ROWS] = {
    {"accounting_rights.csv", &sql_right_rows_right_row_shape, each_right_rows_right, take_right},
    {"accounting_settings.csv", &sql_right_rows_setting_row_shape, each_right_rows_setting, take_setting},
    {"accounting_units.csv", &sql_right_rows_unit_row_shape, each_right_rows_unit, take_unit},
    {"accounting_signatories.csv", &sql_right_rows_signatory_row_shape, each_right_rows_signatory, take_signatory},
};
