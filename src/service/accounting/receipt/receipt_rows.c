#include "service/accounting/receipt/receipt_rows.h"

#include "core/export_people.h"
#include "core/town.h"
#include "service/accounting/receipt/basis.h"
#include "service/accounting/receipt/batch.h"
#include "service/accounting/receipt/asap.h"
#include "service/accounting/receipt/receipt_rows_sql.h"
#include "service/accounting/receipt/regie.h"
#include "service/accounting/receipt/suspense.h"

static const int64_t NUMBER_MAX = 9999999999999; /* 13 digits: IdPce of TypPce 13 */

EXPORT_EACH(receipt_rows_batch)
EXPORT_EACH(receipt_rows_row)
EXPORT_EACH(receipt_rows_basis)
EXPORT_EACH(receipt_rows_notice)
EXPORT_EACH(receipt_rows_suspense)
EXPORT_EACH(receipt_rows_settled)
EXPORT_EACH(receipt_rows_regie)
EXPORT_EACH(receipt_rows_taking)
EXPORT_EACH(receipt_rows_deposit)

static enum status take_batch(struct ctx *ctx, const void *from)
{
    const struct sql_receipt_rows_batch_row *row = from;
    struct sql_receipt_rows_batch_add in = {
        .id = row->id,
        .budget = row->budget,
        .year = row->year,
        .label = row->label,
        .day = row->day,
        .unit = row->unit,
        .command = row->command,
        .file_name = row->file_name,
        .file = row->file,
        .brought_ms = row->brought_ms,
        .state = row->state,
        .read_from = row->read_from,
        .read_line = row->read_line,
        .pressed_ms = row->pressed_ms,
        .said = row->said};
    bool is_right = row->state >= 0 && row->state < BATCH_STATES && export_is_day(row->day) && row->command.len ==
                    ENTRY_ID_BYTES && row->file.len <= BATCH_FILE_MAX && row->label.len <= BATCH_LABEL_MAX &&
                    row->read_from >= 0 && row->read_from <= INT32_MAX && row->read_line <= INT32_MAX &&
                    row->file_name.len <= EXPORT_TEXT_MAX && row->said.len <= EXPORT_TEXT_MAX &&
                    row->read_line >= 0 &&
                    row->year >= CELL_YEAR_FIRST && row->year <= CELL_YEAR_LAST;
    if (!is_right)
        return INVALID;
    TRY(export_person(ctx, row->brought_by, &in.brought_by));
    if (row->pressed_by.len > 0)
        TRY(export_person(ctx, row->pressed_by, &in.pressed_by));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_receipt_rows_batch_add(ctx->db, in);
}

static enum status take_row(struct ctx *ctx, const void *from)
{
    const struct sql_receipt_rows_row_row *row = from;
    struct sql_receipt_rows_row_add in = {
        .batch = row->batch,
        .place = row->place,
        .line = row->line,
        .party_text = row->party_text,
        .party = row->party,
        .object = row->object,
        .nature = row->nature,
        .function = row->function,
        .product = row->product,
        .amount = row->amount,
        .basis = row->basis,
        .fault = row->fault,
        .sequence = row->sequence};
    bool is_right = row->place > 0 && row->line > 0 && row->line <= INT32_MAX && row->amount >= 0 &&
                    money_is_within(row->amount);
    if (!is_right)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_receipt_rows_row_add(ctx->db, in);
}

static enum status take_basis(struct ctx *ctx, const void *from)
{
    const struct sql_receipt_rows_basis_row *row = from;
    struct sql_receipt_rows_basis_add in = {
        .sequence = row->sequence,
        .words = row->words};
    bool is_right = row->words.len <= BASIS_MAX;
    if (!is_right)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_receipt_rows_basis_add(ctx->db, in);
}

static enum status take_notice(struct ctx *ctx, const void *from)
{
    const struct sql_receipt_rows_notice_row *row = from;
    struct sql_receipt_rows_notice_add in = {
        .budget = row->budget,
        .desk = row->desk,
        .pay_to = row->pay_to,
        .online = row->online,
        .online_code = row->online_code,
        .court = row->court};
    bool is_right = row->desk.len <= ASAP_TEXT_MAX && row->pay_to.len <= ASAP_TEXT_MAX && row->court.len
                    <= ASAP_TEXT_MAX && row->online.len <= ASAP_TEXT_MAX && row->online_code.len <=
                    ASAP_CODE_MAX;
    if (!is_right)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_receipt_rows_notice_add(ctx->db, in);
}

static enum status take_suspense(struct ctx *ctx, const void *from)
{
    const struct sql_receipt_rows_suspense_row *row = from;
    struct sql_receipt_rows_suspense_add in = {
        .id = row->id,
        .budget = row->budget,
        .year = row->year,
        .is_receipt = row->is_receipt,
        .number = row->number,
        .day = row->day,
        .amount = row->amount,
        .payer = row->payer,
        .label = row->label,
        .third_account = row->third_account,
        .source = row->source,
        .entered_ms = row->entered_ms};
    bool is_right = row->year >= CELL_YEAR_FIRST && row->year <= CELL_YEAR_LAST && row->number > 0 &&
                    row->number <= NUMBER_MAX && row->amount > 0 && money_is_within(row->amount) &&
                    export_is_day(row->day) &&
                    row->source >= 0 && row->source < SUSPENSE_SOURCES && row->payer.len <= SUSPENSE_TEXT_MAX
                    && row->label.len <= SUSPENSE_TEXT_MAX;
    if (!is_right)
        return INVALID;
    TRY(export_person(ctx, row->entered_by, &in.entered_by));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_receipt_rows_suspense_add(ctx->db, in);
}

static enum status take_settled(struct ctx *ctx, const void *from)
{
    const struct sql_receipt_rows_settled_row *row = from;
    struct sql_receipt_rows_settled_add in = {
        .sequence = row->sequence,
        .suspense = row->suspense};
    bool is_right = row->sequence > 0;
    if (!is_right)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_receipt_rows_settled_add(ctx->db, in);
}

static enum status take_regie(struct ctx *ctx, const void *from)
{
    const struct sql_receipt_rows_regie_row *row = from;
    struct sql_receipt_rows_regie_add in = {
        .id = row->id,
        .budget = row->budget,
        .code = row->code,
        .name = row->name,
        .kind = row->kind,
        .act = row->act,
        .act_day = row->act_day,
        .ended = row->ended,
        .cash_limit = row->cash_limit,
        .coin_limit = row->coin_limit,
        .advance_limit = row->advance_limit,
        .deposit_days = row->deposit_days,
        .holder = row->holder,
        .deputy = row->deputy,
        .party = row->party,
        .nature = row->nature,
        .function = row->function,
        .product = row->product};
    bool is_right = row->kind > REGIE_NO_KIND && row->kind < REGIE_KINDS && export_is_day(row->act_day) &&
                    export_is_day(row->ended) && row->code.len <= REGIE_CODE_MAX && row->deposit_days >= 0 &&
                    row->deposit_days <= REGIE_DAYS_MAX && money_is_within(row->cash_limit) &&
                    row->cash_limit >= 0 && row->advance_limit >= 0 &&
                    money_is_within(row->coin_limit) && row->coin_limit >= 0 &&
                    money_is_within(row->advance_limit);
    if (!is_right)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_receipt_rows_regie_add(ctx->db, in);
}

static enum status take_taking(struct ctx *ctx, const void *from)
{
    const struct sql_receipt_rows_taking_row *row = from;
    struct sql_receipt_rows_taking_add in = {
        .id = row->id,
        .regie = row->regie,
        .day = row->day,
        .kind = row->kind,
        .means = row->means,
        .amount = row->amount,
        .entered_ms = row->entered_ms,
        .sequence = row->sequence,
        .undoes = row->undoes,
        .reason = row->reason};
    bool is_right = (row->undoes == 0 ? row->amount > 0 : row->amount < 0) && row->reason.len <= REGIE_TEXT_MAX &&
                    money_is_within(row->amount) && export_is_day(row->day) && row->means >
                    REGIE_NO_MEANS && row->means < REGIE_MEANS;
    if (!is_right)
        return INVALID;
    TRY(export_person(ctx, row->entered_by, &in.entered_by));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_receipt_rows_taking_add(ctx->db, in);
}

static enum status take_deposit(struct ctx *ctx, const void *from)
{
    const struct sql_receipt_rows_deposit_row *row = from;
    struct sql_receipt_rows_deposit_add in = {
        .id = row->id,
        .regie = row->regie,
        .day = row->day,
        .amount = row->amount,
        .reference = row->reference,
        .entered_ms = row->entered_ms,
        .cash = row->cash};
    bool is_right = row->amount > 0 && row->cash >= -1 && row->cash <= row->amount &&
                    money_is_within(row->amount) && export_is_day(row->day) && row->reference.len
                    <= REGIE_TEXT_MAX;
    if (!is_right)
        return INVALID;
    TRY(export_person(ctx, row->entered_by, &in.entered_by));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_receipt_rows_deposit_add(ctx->db, in);
}

const struct export_file receipt_rows[RECEIPT_ROWS] = {
    {"accounting_batches.jsonl", &sql_receipt_rows_batch_row_shape, each_receipt_rows_batch, take_batch},
    {"accounting_batch_rows.csv", &sql_receipt_rows_row_row_shape, each_receipt_rows_row, take_row},
    {"accounting_bases.csv", &sql_receipt_rows_basis_row_shape, each_receipt_rows_basis, take_basis},
    {"accounting_notices.csv", &sql_receipt_rows_notice_row_shape, each_receipt_rows_notice, take_notice},
    {"accounting_suspenses.csv", &sql_receipt_rows_suspense_row_shape, each_receipt_rows_suspense, take_suspense},
    {"accounting_suspense_pieces.csv", &sql_receipt_rows_settled_row_shape, each_receipt_rows_settled, take_settled},
    {"accounting_regies.csv", &sql_receipt_rows_regie_row_shape, each_receipt_rows_regie, take_regie},
    {"accounting_takings.csv", &sql_receipt_rows_taking_row_shape, each_receipt_rows_taking, take_taking},
    {"accounting_deposits.csv", &sql_receipt_rows_deposit_row_shape, each_receipt_rows_deposit, take_deposit},
};
