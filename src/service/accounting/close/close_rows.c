#include "service/accounting/close/close_rows.h"

#include "core/export_people.h"
#include "core/town.h"
#include "service/accounting/close/before.h"
#include "service/accounting/close/close_rows_sql.h"
#include "service/accounting/close/remain.h"

EXPORT_EACH(close_rows_remain)
EXPORT_EACH(close_rows_list)
EXPORT_EACH(close_rows_carried)
EXPORT_EACH(close_rows_use)
EXPORT_EACH(close_rows_later)
EXPORT_EACH(close_rows_before)

static bool is_year(int64_t year)
{
    return year >= CELL_YEAR_FIRST && year <= CELL_YEAR_LAST;
}

static bool is_amount(int64_t cents)
{
    return cents >= 0 && money_is_within(cents);
}

static enum status take_remain(struct ctx *ctx, const void *from)
{
    const struct sql_close_rows_remain_row *row = from;
    struct sql_close_rows_remain_add in = {
        .id = row->id, .budget = row->budget, .year = row->year, .is_receipt = row->is_receipt,
        .engagement = row->engagement, .programme = row->programme, .section = row->section, .nature = row->nature,
        .function = row->function, .operation = row->operation, .amount = row->amount, .party = row->party,
        .object = row->object, .proof = row->proof};
    bool is_right = is_year(row->year) && row->section >= 0 && row->section < CELL_SECTIONS &&
                    is_amount(row->amount) && row->object.len <= SPEND_OBJECT_MAX &&
                    row->proof.len <= REMAIN_PROOF_MAX && row->nature.len <= CELL_LEVEL_MAX &&
                    row->function.len <= CELL_LEVEL_MAX && row->operation.len <= CELL_LEVEL_MAX;
    if (!is_right)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_close_rows_remain_add(ctx->db, in);
}

static enum status take_list(struct ctx *ctx, const void *from)
{
    const struct sql_close_rows_list_row *row = from;
    struct sql_close_rows_list_add in = {.id = row->id, .budget = row->budget, .year = row->year, .day = row->day,
                                         .signed_ms = row->signed_ms, .expense = row->expense,
                                         .receipt = row->receipt};
    if (!is_year(row->year) || !export_is_day(row->day) || !is_amount(row->expense) || !is_amount(row->receipt))
        return INVALID;
    TRY(export_person(ctx, row->signed_by, &in.signed_by));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_close_rows_list_add(ctx->db, in);
}

static enum status take_carried(struct ctx *ctx, const void *from)
{
    const struct sql_close_rows_carried_row *row = from;
    struct sql_close_rows_carried_add in = {.id = row->id, .engagement = row->engagement, .entry = row->entry,
                                            .amount = row->amount, .next = row->next};
    if (!is_amount(row->amount))
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_close_rows_carried_add(ctx->db, in);
}

static enum status take_use(struct ctx *ctx, const void *from)
{
    const struct sql_close_rows_use_row *row = from;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_close_rows_use_add(
        ctx->db, (struct sql_close_rows_use_add){.engagement = row->engagement, .programme = row->programme});
}

static enum status take_later(struct ctx *ctx, const void *from)
{
    const struct sql_close_rows_later_row *row = from;
    struct sql_close_rows_later_add in = {.id = row->id, .engagement = row->engagement, .place = row->place,
                                          .nature = row->nature, .function = row->function,
                                          .operation = row->operation, .net = row->net, .next = row->next,
                                          .released_ms = row->released_ms};
    bool is_right = row->net > 0 && is_amount(row->net) && row->place > 0 && row->place <= IMPUTATIONS_MAX &&
                    row->nature.len <= CELL_LEVEL_MAX && row->function.len <= CELL_LEVEL_MAX &&
                    row->operation.len <= CELL_LEVEL_MAX && row->released_ms >= 0;
    if (!is_right)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_close_rows_later_add(ctx->db, in);
}

static bool is_flag(int64_t number)
{
    return number == 0 || number == 1;
}

static enum status take_before(struct ctx *ctx, const void *from)
{
    const struct sql_close_rows_before_row *row = from;
    struct sql_close_rows_before_add in = {.sequence = row->sequence, .budget = row->budget, .year = row->year,
                                           .act = row->act, .reference = row->reference,
                                           .functioning_by_article = row->functioning_by_article != 0,
                                           .investment_by_article = row->investment_by_article != 0};
    struct sql_close_rows_before_act_row act;
    bool is_right = is_year(row->year) && row->sequence > 0 && row->reference.len <= BEFORE_REFERENCE_MAX &&
                    is_flag(row->functioning_by_article) && is_flag(row->investment_by_article);
    if (!is_right)
        return INVALID;
    enum status known = sql_close_rows_before_act(
        ctx->db, ctx->arena,
        (struct sql_close_rows_before_act){.budget = row->budget, .year = row->year}, &act);
    if (known == NOT_FOUND || (known == OK && act.act != row->act))
        return INVALID;
    TRY(known);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_close_rows_before_add(ctx->db, in);
}

const struct export_file close_rows[CLOSE_ROWS] = {
    {"accounting_remains.jsonl", &sql_close_rows_remain_row_shape, each_close_rows_remain, take_remain},
    {"accounting_remain_lists.csv", &sql_close_rows_list_row_shape, each_close_rows_list, take_list},
    {"accounting_carried.csv", &sql_close_rows_carried_row_shape, each_close_rows_carried, take_carried},
    {"accounting_programme_uses.csv", &sql_close_rows_use_row_shape, each_close_rows_use, take_use},
    {"accounting_later.csv", &sql_close_rows_later_row_shape, each_close_rows_later, take_later},
    {"accounting_before.csv", &sql_close_rows_before_row_shape, each_close_rows_before, take_before},
};
