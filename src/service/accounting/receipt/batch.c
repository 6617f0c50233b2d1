#include "service/accounting/receipt/batch.h"

#include "base/utf8.h"
#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/lang.h"
#include "service/accounting/receipt/batch_sql.h"
#include "service/accounting/right/signatory.h"

/* ---- brought in ---- */

static enum status look(struct ctx *ctx, const struct credit_year *year, const struct batch_order *order,
                        struct faults *faults)
{
    int32_t of = civil_of_date(order->day).year;
    if (order->label.len == 0 || order->label.len > BATCH_LABEL_MAX)
        return fault_refuse(faults, "batch.label", "label", order->label, STR(""));
    if (of != year->year) {
        fault_add_numbers(faults, "batch.day", "day", of, year->year);
        return INVALID;
    }
    return batch_look(ctx, order->file, faults);
}

enum status batch_bring(struct ctx *ctx, const struct credit_year *year, const struct batch_order *order,
                        struct faults *faults, int64_t *ret_id)
{
    struct str command = {(const char *)order->command, ENTRY_ID_BYTES};
    struct sql_batch_of_command_row known;
    struct sql_batch_add_row row;
    struct batch batch;
    TRY(right_need(ctx, RIGHT_ORDER));
    enum status seen = sql_batch_of_command(ctx->db, ctx->arena, (struct sql_batch_of_command){.command = command},
                                            &known);
    if (seen == OK)
        *ret_id = known.id;
    if (seen != NOT_FOUND)
        return seen;
    TRY(look(ctx, year, order, faults));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_batch_add(ctx->db, ctx->arena,
                      (struct sql_batch_add){.budget = year->budget, .year = year->year, .label = order->label,
                                             .day = order->day.days, .unit = order->unit, .command = command,
                                             .file_name = utf8_prefix(order->file_name, BATCH_NAME_MAX),
                                             .file = order->file, .brought_by = ctx->actor.person,
                                             .brought_ms = ctx->now.ms},
                      &row));
    *ret_id = row.id;
    TRY(batch_get(ctx, row.id, &batch));
    return batch_read(ctx, &batch, year);
}

static enum status need_open(struct ctx *ctx, const struct batch *batch)
{
    bool is_open = batch->state <= BATCH_READY;
    TRY(right_need(ctx, RIGHT_ORDER));
    return is_open ? OK : refuse(ctx, CONFLICT, "accounting.batch_pressed", T_accounting_batch_pressed);
}

static enum status set_state(struct ctx *ctx, const struct batch *batch, enum batch_state state, struct str said)
{
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_batch_set(ctx->db, (struct sql_batch_set){.state = state, .read_from = batch->read_from,
                                                         .read_line = batch->read_line, .said = said,
                                                         .id = batch->id});
}

enum status batch_again(struct ctx *ctx, const struct batch *batch)
{
    struct credit_year year;
    struct batch fresh = *batch;
    TRY(need_open(ctx, batch));
    TRY(credit_year(ctx, batch->budget, batch->year, &year));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_batch_rows_drop(ctx->db, (struct sql_batch_rows_drop){.batch = batch->id}));
    fresh.read_from = fresh.read_line = fresh.rows = 0;
    TRY(set_state(ctx, &fresh, BATCH_READING, STR("")));
    return batch_read(ctx, &fresh, &year);
}

enum status batch_drop(struct ctx *ctx, const struct batch *batch)
{
    TRY(need_open(ctx, batch));
    return set_state(ctx, batch, BATCH_DROPPED, STR(""));
}

/* ---- pressed ---- */

/* What each titre will be asked is asked of the largest now, so that a long list does not stop half way. */
static enum status may_press(struct ctx *ctx, const struct batch *batch, struct faults *faults)
{
    struct sql_batch_row_most_row most;
    TRY(sql_batch_row_most(ctx->db, ctx->arena, (struct sql_batch_row_most){.batch = batch->id}, &most));
    struct signatory_act act = {.person = ctx->actor.person, .unit = batch->unit, .right = RIGHT_ORDER,
                                .amount = {most.amount}, .day = batch->day};
    return signatory_may(ctx, &act, faults);
}

static enum status need_alone(struct ctx *ctx, const struct batch *batch, struct faults *faults)
{
    struct sql_batch_twins_row twins;
    TRY(sql_batch_twins(ctx->db, ctx->arena,
                        (struct sql_batch_twins){.batch = batch->id, .budget = batch->budget, .year = batch->year},
                        &twins));
    if (twins.rows == 0)
        return OK;
    fault_add_numbers(faults, "batch.since", "rows", twins.rows, 0);
    return INVALID;
}

static enum status press(struct ctx *ctx, const struct batch *batch, const struct credit_year *year,
                         struct faults *faults)
{
    struct batch fresh;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_batch_pressed(ctx->db, (struct sql_batch_pressed){.pressed_by = ctx->actor.person,
                                                              .pressed_ms = ctx->now.ms, .id = batch->id}));
    TRY(audit_add(ctx, "accounting.bill", batch->label, str_format(ctx->arena, "%lld", (long long)batch->rows)));
    TRY(batch_get(ctx, batch->id, &fresh));
    return batch_make(ctx, &fresh, year, faults);
}

enum status batch_press(struct ctx *ctx, const struct batch *batch, struct faults *faults)
{
    struct credit_year year;
    TRY(right_need(ctx, RIGHT_ORDER));
    if (batch->state == BATCH_MAKING || batch->state == BATCH_MADE)
        return OK;
    if (batch->state != BATCH_READY && batch->state != BATCH_STOPPED)
        return refuse(ctx, CONFLICT, "accounting.batch_not_ready", T_accounting_batch_not_ready);
    TRY(credit_year(ctx, batch->budget, batch->year, &year));
    TRY(may_press(ctx, batch, faults));
    TRY(need_alone(ctx, batch, faults));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(db_savepoint(ctx->db)); /* the page tells of what is refused, and its job is committed */
    return db_settle(ctx->db, press(ctx, batch, &year, faults));
}

/* ---- steps ---- */

/* Whoever pressed acts, as long as they may. */
static enum status step_made(struct ctx *ctx, const struct batch *batch, const struct credit_year *year)
{
    struct faults *faults = faults_new(ctx->arena);
    unsigned rights = 0;
    if (faults == NULL)
        return LIMIT;
    TRY(right_of(ctx, batch->presser, &rights));
    ctx->actor = (struct actor){.person = batch->presser, .address = STR(""), .name = batch->pressed_by};
    enum status done = (rights & RIGHT_ORDER) != 0 ? batch_make(ctx, batch, year, faults) : DENIED;
    if (done == OK || (done != INVALID && done != DENIED && done != CONFLICT))
        return done;
    struct str said = faults->count > 0 ? faults->kept[0].mend : text_of(LANGUAGE_FR, T_accounting_lacks_order);
    return set_state(ctx, batch, BATCH_STOPPED, said);
}

enum status batch_step(struct ctx *ctx)
{
    struct sql_batch_at_work_row row;
    struct batch batch;
    struct credit_year year;
    TRY(sql_batch_at_work(ctx->db, ctx->arena, &row));
    TRY(batch_get(ctx, row.id, &batch));
    TRY(credit_year(ctx, batch.budget, batch.year, &year));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return batch.state == BATCH_READING ? batch_read(ctx, &batch, &year) : step_made(ctx, &batch, &year);
}

/* ---- reading ---- */

enum status batch_get(struct ctx *ctx, int64_t id, struct batch *ret_batch)
{
    struct sql_batch_get_row row;
    TRY(sql_batch_get(ctx->db, ctx->arena, (struct sql_batch_get){.id = id}, &row));
    if (row.command.len != ENTRY_ID_BYTES)
        return CORRUPT;
    *ret_batch = (struct batch){.id = row.id, .budget = row.budget, .year = (int32_t)row.year, .label = row.label,
                                .file_name = row.file_name, .day = {(int32_t)row.day}, .unit = row.unit,
                                .state = (enum batch_state)row.state, .read_from = row.read_from,
                                .read_line = row.read_line, .brought_by = row.brought_by,
                                .pressed_by = row.pressed_by, .brought = {row.brought_ms},
                                .pressed = {row.pressed_ms}, .presser = row.presser, .said = row.said,
                                .rows = row.rows, .faulty = row.faulty, .made = row.made, .sum = {row.sum}};
    memcpy(ret_batch->command, row.command.at, ENTRY_ID_BYTES);
    return OK;
}

enum status batch_file(struct ctx *ctx, int64_t id, struct str *ret_file)
{
    struct sql_batch_file_row row;
    TRY(sql_batch_file(ctx->db, ctx->arena, (struct sql_batch_file){.id = id}, &row));
    *ret_file = row.file;
    return OK;
}

enum status batch_list(struct ctx *ctx, int64_t budget, int32_t year, struct batch **ret_batches, size_t *ret_count)
{
    struct sql_batch_list_row *rows;
    size_t count;
    TRY(sql_batch_list(ctx->db, ctx->arena, (struct sql_batch_list){.budget = budget, .year = year}, &rows, &count));
    struct batch *batches = arena_array(ctx->arena, struct batch, count + 1);
    if (batches == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        batches[i] = (struct batch){.id = rows[i].id, .label = rows[i].label, .day = {(int32_t)rows[i].day},
                                    .state = (enum batch_state)rows[i].state, .brought_by = rows[i].brought_by,
                                    .brought = {rows[i].brought_ms}};
    *ret_batches = batches;
    *ret_count = count;
    return OK;
}

enum status batch_rows(struct ctx *ctx, int64_t batch, bool is_faulty, int64_t after, struct batch_row **ret_rows,
                       size_t *ret_count)
{
    struct sql_batch_row_list_row *from;
    size_t count;
    TRY(sql_batch_row_list(ctx->db, ctx->arena,
                           (struct sql_batch_row_list){.batch = batch, .after = after, .is_faulty = is_faulty}, &from,
                           &count));
    struct batch_row *rows = arena_array(ctx->arena, struct batch_row, count + 1);
    if (rows == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        rows[i] = (struct batch_row){.place = from[i].place, .line = from[i].line, .party = from[i].party,
                                     .party_text = from[i].party_text, .party_name = from[i].party_name,
                                     .object = from[i].object, .nature = from[i].nature,
                                     .function = from[i].function, .product = from[i].product,
                                     .basis = from[i].basis, .fault = from[i].fault, .amount = {from[i].amount},
                                     .sequence = (uint64_t)from[i].sequence, .number = (uint32_t)from[i].number};
    *ret_rows = rows;
    *ret_count = count;
    return OK;
}

enum status batch_totals(struct ctx *ctx, int64_t batch, struct batch_total **ret_totals, size_t *ret_count)
{
    struct sql_batch_row_totals_row *rows;
    size_t count;
    TRY(sql_batch_row_totals(ctx->db, ctx->arena, (struct sql_batch_row_totals){.batch = batch}, &rows, &count));
    struct batch_total *totals = arena_array(ctx->arena, struct batch_total, count + 1);
    if (totals == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        totals[i] = (struct batch_total){.nature = rows[i].nature, .function = rows[i].function,
                                         .rows = rows[i].rows, .sum = {rows[i].sum}};
    *ret_totals = totals;
    *ret_count = count;
    return OK;
}
