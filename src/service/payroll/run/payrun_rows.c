#include "service/payroll/run/payrun_rows.h"

#include "core/export_people.h"
#include "core/town.h"
#include "service/payroll/right/payroll_right.h"
#include "service/payroll/run/payrun.h"
#include "service/payroll/run/payrun_rows_sql.h"
#include "service/payroll/slip/bulletin.h"
#include "service/staff/staff.h"

EXPORT_EACH(payrun_rows_right)
EXPORT_EACH(payrun_rows_employer)
EXPORT_EACH(payrun_rows_import)
EXPORT_EACH(payrun_rows_element)
EXPORT_EACH(payrun_rows_value)
EXPORT_EACH(payrun_rows_law)
EXPORT_EACH(payrun_rows_run)
EXPORT_EACH(payrun_rows_slip)
EXPORT_EACH(payrun_rows_difference)
EXPORT_EACH(payrun_rows_failed)
EXPORT_EACH(payrun_rows_look)
EXPORT_EACH(payrun_rows_posted)
EXPORT_EACH(payrun_rows_creditor)

enum { SHA256_BYTES = 32 };

static enum status person_or_none(struct ctx *ctx, struct str address, int64_t *ret_person)
{
    *ret_person = 0;
    return address.len == 0 ? OK : export_person(ctx, address, ret_person);
}

static enum status agent_of(struct ctx *ctx, struct str matricule, int64_t *ret_agent)
{
    enum status done = staff_agent_of(ctx, matricule, ret_agent);
    return done == NOT_FOUND ? INVALID : done;
}

static enum status take_right(struct ctx *ctx, const void *from)
{
    const struct sql_payrun_rows_right_row *row = from;
    struct sql_payrun_rows_right_add in = {
        .rights = row->rights};
    if (!(row->rights >= 0 && row->rights <= PAYROLL_RIGHTS_ALL))
        return INVALID;
    TRY(export_person(ctx, row->person, &in.person));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_payrun_rows_right_add(ctx->db, in);
}

static enum status take_employer(struct ctx *ctx, const void *from)
{
    const struct sql_payrun_rows_employer_row *row = from;
    struct sql_payrun_rows_employer_add in = {
        .id = row->id, .code = row->code, .since_day = row->since_day, .value = row->value, .source = row->source,
        .added_ms = row->added_ms};
    if (!(export_is_day(row->since_day) && row->value >= 0))
        return INVALID;
    TRY(person_or_none(ctx, row->added_by, &in.added_by));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_payrun_rows_employer_add(ctx->db, in);
}

static enum status take_import(struct ctx *ctx, const void *from)
{
    const struct sql_payrun_rows_import_row *row = from;
    struct sql_payrun_rows_import_add in = {
        .id = row->id, .hash = row->hash, .name = row->name, .month_day = row->month_day, .taken = row->taken,
        .refused = row->refused, .added_ms = row->added_ms};
    if (!(row->hash.len == SHA256_BYTES && export_is_day(row->month_day)))
        return INVALID;
    TRY(person_or_none(ctx, row->added_by, &in.added_by));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_payrun_rows_import_add(ctx->db, in);
}

static enum status take_element(struct ctx *ctx, const void *from)
{
    const struct sql_payrun_rows_element_row *row = from;
    struct sql_payrun_rows_element_add in = {
        .id = row->id, .matricule = row->matricule, .code = row->code, .amount = row->amount,
        .since_day = row->since_day, .until_day = row->until_day, .source = row->source, .import = row->import,
        .added_ms = row->added_ms, .withdrawn_ms = row->withdrawn_ms};
    if (!(row->amount >= 0 && export_is_day(row->since_day)))
        return INVALID;
    TRY(agent_of(ctx, row->matricule, &in.agent));
    TRY(person_or_none(ctx, row->added_by, &in.added_by));
    TRY(person_or_none(ctx, row->withdrawn_by, &in.withdrawn_by));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_payrun_rows_element_add(ctx->db, in);
}

static enum status take_value(struct ctx *ctx, const void *from)
{
    const struct sql_payrun_rows_value_row *row = from;
    struct sql_payrun_rows_value_add in = {
        .id = row->id, .code = row->code, .since_day = row->since_day, .until_day = row->until_day,
        .value = row->value, .unit = row->unit, .trust = row->trust, .name = row->name, .source = row->source,
        .link = row->link, .scope = row->scope, .again_day = row->again_day, .added_ms = row->added_ms,
        .approved_ms = row->approved_ms, .dropped_ms = row->dropped_ms};
    if (!(export_is_day(row->since_day)))
        return INVALID;
    TRY(person_or_none(ctx, row->added_by, &in.added_by));
    TRY(person_or_none(ctx, row->approved_by, &in.approved_by));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_payrun_rows_value_add(ctx->db, in);
}

static enum status take_law(struct ctx *ctx, const void *from)
{
    const struct sql_payrun_rows_law_row *row = from;
    struct sql_payrun_rows_law_add in = {
        .hash = row->hash, .text = row->text};
    if (!(row->hash.len == SHA256_BYTES))
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_payrun_rows_law_add(ctx->db, in);
}

static enum status take_run(struct ctx *ctx, const void *from)
{
    const struct sql_payrun_rows_run_row *row = from;
    struct sql_payrun_rows_run_add in = {
        .id = row->id, .month_day = row->month_day, .number = row->number, .known_ms = row->known_ms,
        .law = row->law, .state = row->state, .agents = row->agents, .made = row->made,
        .after_agent = row->after_agent, .again_day = row->again_day, .made_ms = row->made_ms,
        .approved_ms = row->approved_ms, .closed_ms = row->closed_ms, .said = row->said};
    if (!(export_is_day(row->month_day) && row->state >= 0 && row->state < PAYRUN_STATES))
        return INVALID;
    TRY(person_or_none(ctx, row->made_by, &in.made_by));
    TRY(person_or_none(ctx, row->approved_by, &in.approved_by));
    TRY(person_or_none(ctx, row->closed_by, &in.closed_by));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_payrun_rows_run_add(ctx->db, in);
}

static enum status take_slip(struct ctx *ctx, const void *from)
{
    const struct sql_payrun_rows_slip_row *row = from;
    struct sql_payrun_rows_slip_add in = {
        .id = row->id, .run = row->run, .matricule = row->matricule, .part = row->part, .bytes = row->bytes,
        .hash = row->hash, .gross = row->gross, .withheld = row->withheld, .employer = row->employer,
        .tax = row->tax, .net = row->net};
    if (!(row->hash.len == SHA256_BYTES && row->bytes.len <= BULLETIN_BYTES_MAX))
        return INVALID;
    TRY(agent_of(ctx, row->matricule, &in.agent));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_payrun_rows_slip_add(ctx->db, in);
}

static enum status take_difference(struct ctx *ctx, const void *from)
{
    const struct sql_payrun_rows_difference_row *row = from;
    struct sql_payrun_rows_difference_add in = {
        .run = row->run, .agent = row->agent, .month_day = row->month_day, .line = row->line, .cents = row->cents};
    if (!(export_is_day(row->month_day)))
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_payrun_rows_difference_add(ctx->db, in);
}

static enum status take_failed(struct ctx *ctx, const void *from)
{
    const struct sql_payrun_rows_failed_row *row = from;
    struct sql_payrun_rows_failed_add in = {
        .run = row->run, .matricule = row->matricule, .field = row->field};
    if (!(row->run > 0))
        return INVALID;
    TRY(agent_of(ctx, row->matricule, &in.agent));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_payrun_rows_failed_add(ctx->db, in);
}

static enum status take_look(struct ctx *ctx, const void *from)
{
    const struct sql_payrun_rows_look_row *row = from;
    struct sql_payrun_rows_look_add in = {
        .agent = row->agent, .day = row->day, .count = row->count};
    if (!(export_is_day(row->day)))
        return INVALID;
    TRY(export_person(ctx, row->person, &in.person));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_payrun_rows_look_add(ctx->db, in);
}

static enum status take_posted(struct ctx *ctx, const void *from)
{
    const struct sql_payrun_rows_posted_row *row = from;
    struct sql_payrun_rows_posted_add in = {
        .run = row->run, .command = row->command, .budget = row->budget, .amount = row->amount,
        .pieces = row->pieces, .posted_ms = row->posted_ms};
    if (!(row->command.len == 16))
        return INVALID;
    TRY(export_person(ctx, row->posted_by, &in.posted_by));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_payrun_rows_posted_add(ctx->db, in);
}

static enum status take_creditor(struct ctx *ctx, const void *from)
{
    const struct sql_payrun_rows_creditor_row *row = from;
    struct sql_payrun_rows_creditor_add in = {
        .code = row->code, .siret = row->siret};
    if (!(row->code.len > 0))
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_payrun_rows_creditor_add(ctx->db, in);
}

const struct export_file payrun_rows[PAYRUN_ROWS] = {
    {"payroll_rights.csv", &sql_payrun_rows_right_row_shape, each_payrun_rows_right, take_right},
    {"payroll_employers.csv", &sql_payrun_rows_employer_row_shape, each_payrun_rows_employer, take_employer},
    {"payroll_imports.jsonl", &sql_payrun_rows_import_row_shape, each_payrun_rows_import, take_import},
    {"payroll_elements.csv", &sql_payrun_rows_element_row_shape, each_payrun_rows_element, take_element},
    {"payroll_values.csv", &sql_payrun_rows_value_row_shape, each_payrun_rows_value, take_value},
    {"payroll_law.jsonl", &sql_payrun_rows_law_row_shape, each_payrun_rows_law, take_law},
    {"payroll_runs.jsonl", &sql_payrun_rows_run_row_shape, each_payrun_rows_run, take_run},
    {"payroll_slips.jsonl", &sql_payrun_rows_slip_row_shape, each_payrun_rows_slip, take_slip},
    {"payroll_differences.jsonl", &sql_payrun_rows_difference_row_shape, each_payrun_rows_difference, take_difference},
    {"payroll_failed.csv", &sql_payrun_rows_failed_row_shape, each_payrun_rows_failed, take_failed},
    {"payroll_looks.csv", &sql_payrun_rows_look_row_shape, each_payrun_rows_look, take_look},
    {"payroll_posted.jsonl", &sql_payrun_rows_posted_row_shape, each_payrun_rows_posted, take_posted},
    {"payroll_creditors.csv", &sql_payrun_rows_creditor_row_shape, each_payrun_rows_creditor, take_creditor},
};
