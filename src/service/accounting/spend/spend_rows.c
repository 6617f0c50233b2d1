#include "service/accounting/spend/spend_rows.h"

#include "core/export_people.h"
#include "core/town.h"
#include "service/accounting/spend/slip.h"
#include "service/accounting/spend/spend_rows_sql.h"
#include "service/accounting/spend/voucher.h"
#include "service/accounting/spend/voucher_sql.h"

enum { CODE_LEN = 2 /* TypBord, TypPce, NatPce */, PRODUCT_MAX = 4 };

static bool are_short(const struct str *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (texts[i].len > EXPORT_TEXT_MAX)
            return false;
    return true;
}
#define ARE_SHORT(...)                                                                                                 \
    are_short((const struct str[]){__VA_ARGS__}, sizeof(const struct str[]){__VA_ARGS__} / sizeof(struct str))

EXPORT_EACH(spend_rows_opening)
EXPORT_EACH(spend_rows_imputation)
EXPORT_EACH(spend_rows_engagement)
EXPORT_EACH(spend_rows_attest)
EXPORT_EACH(spend_rows_bill)
EXPORT_EACH(spend_rows_slip)
EXPORT_EACH(spend_rows_piece)
EXPORT_EACH(voucher_rows)

static enum status take_opening(struct ctx *ctx, const void *from)
{
    const struct sql_spend_rows_opening_row *row = from;
    struct sql_spend_rows_opening_add in = {
        .act = row->act,
        .sequence = row->sequence,
        .budget = row->budget,
        .year = row->year,
        .functioning_by_article = row->functioning_by_article,
        .investment_by_article = row->investment_by_article};
    bool is_right = row->year > 0 && row->year <= CELL_YEAR_LAST && row->functioning_by_article >= 0 &&
                    row->functioning_by_article <= 1 && row->investment_by_article >= 0 &&
                    row->investment_by_article <= 1;
    if (!is_right)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_spend_rows_opening_add(ctx->db, in);
}

static enum status take_imputation(struct ctx *ctx, const void *from)
{
    const struct sql_spend_rows_imputation_row *row = from;
    struct sql_spend_rows_imputation_add in = {
        .sequence = row->sequence,
        .place = row->place,
        .nature = row->nature,
        .function = row->function,
        .operation = row->operation,
        .level = row->level,
        .section = row->section,
        .net = row->net,
        .tax = row->tax};
    bool is_right = row->place > 0 && row->place <= IMPUTATIONS_MAX && row->tax >= 0 && row->section >= 0 &&
                    row->section < CELL_SECTIONS && money_is_within(row->net) &&
                    money_is_within(row->tax);
    if (!is_right)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_spend_rows_imputation_add(ctx->db, in);
}

static enum status take_engagement(struct ctx *ctx, const void *from)
{
    const struct sql_spend_rows_engagement_row *row = from;
    struct sql_spend_rows_engagement_add in = {
        .sequence = row->sequence,
        .budget = row->budget,
        .year = row->year,
        .number = row->number,
        .party = row->party,
        .unit = row->unit,
        .object = row->object,
        .reference = row->reference};
    bool is_right = row->number > 0 && row->object.len <= SPEND_OBJECT_MAX &&
                    row->reference.len <= SPEND_REFERENCE_MAX;
    if (!is_right)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_spend_rows_engagement_add(ctx->db, in);
}

static enum status take_attest(struct ctx *ctx, const void *from)
{
    const struct sql_spend_rows_attest_row *row = from;
    struct sql_spend_rows_attest_add in = {
        .id = row->id,
        .engagement = row->engagement,
        .day = row->day,
        .amount = row->amount,
        .at_ms = row->at_ms,
        .note = row->note,
        .bill = row->bill,
        .withdraws = row->withdraws};
    bool is_signed = (row->withdraws == 0) == (row->amount > 0);
    bool is_right = export_is_day(row->day) && is_signed && money_is_within(row->amount) &&
                    row->note.len <= SPEND_NOTE_MAX;
    if (!is_right)
        return INVALID;
    TRY(export_person(ctx, row->person, &in.person));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_spend_rows_attest_add(ctx->db, in);
}

static enum status take_bill(struct ctx *ctx, const void *from)
{
    const struct sql_spend_rows_bill_row *row = from;
    struct sql_spend_rows_bill_add in = {
        .id = row->id,
        .budget = row->budget,
        .party = row->party,
        .number = row->number,
        .form = row->form,
        .is_credit = row->is_credit,
        .issued = row->issued,
        .received = row->received,
        .net = row->net,
        .tax = row->tax,
        .gross = row->gross,
        .engagement = row->engagement,
        .state = row->state,
        .reason = row->reason,
        .notified = row->notified,
        .completed = row->completed,
        .iban = row->iban,
        .asked = row->asked,
        .service = row->service,
        .origin = row->origin,
        .inbound = row->inbound,
        .file_name = row->file_name,
        .file = row->file,
        .retained = row->retained,
        .freed = row->freed};
    bool is_right = row->retained >= 0 && row->retained <= row->gross && export_is_day(row->freed) &&
                    row->state >= 0 && row->state < BILL_STATES && money_is_within(row->net) &&
                    money_is_within(row->tax) && money_is_within(row->gross) &&
                    row->net + row->tax == row->gross && export_is_day(row->issued) &&
                    export_is_day(row->received) && export_is_day(row->notified) && export_is_day(row->completed) &&
                    row->file.len <= BILL_FILE_MAX &&
                    ARE_SHORT(row->number, row->form, row->reason, row->iban, row->asked, row->service, row->origin,
                              row->file_name);
    if (!is_right)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_spend_rows_bill_add(ctx->db, in);
}

static enum status take_slip(struct ctx *ctx, const void *from)
{
    const struct sql_spend_rows_slip_row *row = from;
    struct sql_spend_rows_slip_add in = {
        .id = row->id,
        .budget = row->budget,
        .year = row->year,
        .is_receipt = row->is_receipt,
        .type = row->type,
        .number = row->number,
        .day = row->day,
        .state = row->state,
        .file_name = row->file_name,
        .file = row->file,
        .signed_ms = row->signed_ms,
        .answered_ms = row->answered_ms,
        .answer = row->answer};
    bool is_right = row->state >= 0 && row->state < SLIP_STATES && row->number > 0 && export_is_day(row->day) &&
                    row->type.len == CODE_LEN && ARE_SHORT(row->file_name, row->answer);
    if (!is_right)
        return INVALID;
    TRY(export_person(ctx, row->made_by, &in.made_by));
    if (row->signed_by.len > 0)
        TRY(export_person(ctx, row->signed_by, &in.signed_by));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_spend_rows_slip_add(ctx->db, in);
}

static enum status take_piece(struct ctx *ctx, const void *from)
{
    const struct sql_spend_rows_piece_row *row = from;
    struct sql_spend_rows_piece_add in = {
        .sequence = row->sequence,
        .budget = row->budget,
        .year = row->year,
        .is_receipt = row->is_receipt,
        .number = row->number,
        .type = row->type,
        .nature = row->nature,
        .day = row->day,
        .party = row->party,
        .bank = row->bank,
        .bill = row->bill,
        .engagement = row->engagement,
        .unit = row->unit,
        .object = row->object,
        .product = row->product,
        .origin = row->origin,
        .due = row->due,
        .done = row->done,
        .slip = row->slip,
        .place = row->place,
        .state = row->state,
        .stated_day = row->stated_day,
        .said = row->said};
    bool is_right = row->type.len == CODE_LEN && row->nature.len == CODE_LEN && row->product.len <= PRODUCT_MAX &&
                    row->state >= 0 && row->state < PIECE_STATES && row->number > 0 && export_is_day(row->day) &&
                    export_is_day(row->due) && export_is_day(row->done) && export_is_day(row->stated_day);
    if (!is_right)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_spend_rows_piece_add(ctx->db, in);
}

static enum status take_voucher(struct ctx *ctx, const void *from)
{
    const struct sql_voucher_rows_row *row = from;
    struct sql_voucher_rows_add in = {.id = row->id, .piece = row->piece, .name = row->name, .type = row->type,
                                      .about = row->about, .state = row->state, .said = row->said,
                                      .bill = row->bill, .bytes = row->bytes};
    if (row->state < 0 || row->state >= VOUCHER_STATES || row->bytes.len > VOUCHER_MAX ||
        !ARE_SHORT(row->name, row->type, row->about, row->said))
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_voucher_rows_add(ctx->db, in);
}

const struct export_file spend_rows[SPEND_ROWS] = {
    {"accounting_openings.csv", &sql_spend_rows_opening_row_shape, each_spend_rows_opening, take_opening},
    {"accounting_imputations.csv", &sql_spend_rows_imputation_row_shape, each_spend_rows_imputation, take_imputation},
    {"accounting_engagements.csv", &sql_spend_rows_engagement_row_shape, each_spend_rows_engagement, take_engagement},
    {"accounting_bills.jsonl", &sql_spend_rows_bill_row_shape, each_spend_rows_bill, take_bill},
    {"accounting_attests.csv", &sql_spend_rows_attest_row_shape, each_spend_rows_attest, take_attest},
    {"accounting_slips.jsonl", &sql_spend_rows_slip_row_shape, each_spend_rows_slip, take_slip},
    {"accounting_pieces.csv", &sql_spend_rows_piece_row_shape, each_spend_rows_piece, take_piece},
    {"accounting_vouchers.jsonl", &sql_voucher_rows_row_shape, each_voucher_rows, take_voucher},
};
