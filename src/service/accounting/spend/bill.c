#include "service/accounting/spend/bill.h"

#include "base/utf8.h"
#include "core/town.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/bill_sql.h"
#include "service/accounting/story/story.h"

enum { DAY_BYTES = 16 };

/* ---- it comes in ---- */

enum status bill_check(struct ctx *ctx, const struct bill *bill, struct faults *faults)
{
    struct money sum = bill->net;
    struct date today = ctx_today(ctx);
    if (bill->number.len == 0 || !utf8_is_line(bill->number, BILL_NUMBER_MAX))
        return fault_refuse(faults, "bill.number", "number", bill->number, STR(""));
    if (bill->net.cents < 0 || bill->tax.cents < 0 || bill->gross.cents <= 0 || money_add(&sum, bill->tax) != OK ||
        !money_is(sum, bill->gross)) {
        fault_add_money(faults, "bill.sum", "gross", bill->gross, sum);
        return INVALID;
    }
    if (bill->received.days > today.days || bill->issued.days > bill->received.days) {
        fault_add_dates(faults, "bill.day", "received", bill->received, bill->issued);
        return INVALID;
    }
    return OK;
}

static enum status need_new(struct ctx *ctx, const struct bill *bill, struct faults *faults)
{
    struct buf day BUF_SCOPE = BUF_INIT(DAY_BYTES);
    struct bill twin;
    enum status done = bill_twin(ctx, bill, STR(""), &twin);
    if (done != OK)
        return done == NOT_FOUND ? OK : done;
    date_write(&day, twin.issued);
    return fault_refuse(faults, "bill.twice", "number", bill->number,
                        str_format(ctx->arena, "%.*s du %.*s", STR_ARG(twin.number), STR_ARG(buf_str(&day))));
}

enum status bill_add(struct ctx *ctx, const struct bill *bill, struct faults *faults, int64_t *ret_id)
{
    struct sql_bill_add_row row;
    TRY(bill_check(ctx, bill, faults));
    TRY(need_new(ctx, bill, faults));
    if (bill->file.len > BILL_FILE_MAX)
        return LIMIT;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_bill_add(ctx->db, ctx->arena,
                     (struct sql_bill_add){.budget = bill->budget,
                                           .party = bill->party,
                                           .number = bill->number,
                                           .form = bill->form,
                                           .is_credit = bill->is_credit,
                                           .issued = bill->issued.days,
                                           .received = bill->received.days,
                                           .net = bill->net.cents,
                                           .tax = bill->tax.cents,
                                           .gross = bill->gross.cents,
                                           .engagement = (int64_t)bill->engagement,
                                           .iban = bill->iban,
                                           .asked = bill->asked,
                                           .service = bill->service,
                                           .origin = bill->origin,
                                           .inbound = bill->inbound,
                                           .file_name = bill->file_name,
                                           .file = bill->file},
                     &row));
    *ret_id = row.id;
    return story_add(ctx, STORY_BILL, row.id, "accounting.bill_add", bill->number);
}

/* ---- reading ---- */

enum status bill_get(struct ctx *ctx, int64_t id, struct bill *ret_bill)
{
    struct sql_bill_get_row row;
    struct sql_bill_orders_row orders;
    TRY(sql_bill_get(ctx->db, ctx->arena, (struct sql_bill_get){.id = id}, &row));
    TRY(sql_bill_orders(ctx->db, ctx->arena, (struct sql_bill_orders){.bill = id}, &orders));
    *ret_bill = (struct bill){.id = row.id,
                              .budget = row.budget,
                              .party = row.party,
                              .party_name = row.party_name,
                              .number = row.number,
                              .form = row.form,
                              .is_credit = row.is_credit != 0,
                              .issued = {(int32_t)row.issued},
                              .received = {(int32_t)row.received},
                              .net = {row.net},
                              .tax = {row.tax},
                              .gross = {row.gross},
                              .ordered_charge = {orders.net},
                              .ordered_tax = {orders.tax},
                              .ordered = {(int32_t)orders.day},
                              .retained = {row.retained},
                              .freed = {(int32_t)row.freed},
                              .engagement = (uint64_t)row.engagement,
                              .engagement_number = (uint32_t)row.engagement_number,
                              .state = (enum bill_state)row.state,
                              .reason = row.reason,
                              .notified = {(int32_t)row.notified},
                              .completed = {(int32_t)row.completed},
                              .iban = row.iban,
                              .asked = row.asked,
                              .service = row.service,
                              .origin = row.origin,
                              .inbound = row.inbound,
                              .file_name = row.file_name,
                              .file = STR("")};
    return OK;
}

/* Each of those whose ids `rows` has. */
#define BILLS_OF(ctx, rows, count, ret_bills, ret_count)                                                               \
    do {                                                                                                               \
        *(ret_bills) = arena_array((ctx)->arena, struct bill, (count) + 1);                                            \
        if (*(ret_bills) == NULL)                                                                                      \
            return LIMIT;                                                                                              \
        for (size_t i = 0; i < (count); i++)                                                                           \
            TRY(bill_get((ctx), (rows)[i].id, &(*(ret_bills))[i]));                                                    \
        *(ret_count) = (count);                                                                                        \
    } while (0)

enum status bill_list(struct ctx *ctx, int64_t budget, enum bill_state state, struct bill **ret_bills,
                      size_t *ret_count)
{
    struct sql_bill_list_row *rows;
    size_t count;
    TRY(sql_bill_list(ctx->db, ctx->arena, (struct sql_bill_list){.budget = budget, .state = state}, &rows, &count));
    BILLS_OF(ctx, rows, count, ret_bills, ret_count);
    return OK;
}

enum status bill_list_of(struct ctx *ctx, uint64_t engagement, struct bill **ret_bills, size_t *ret_count)
{
    struct sql_bill_list_of_row *rows;
    size_t count;
    TRY(sql_bill_list_of(ctx->db, ctx->arena, (struct sql_bill_list_of){.engagement = (int64_t)engagement}, &rows,
                         &count));
    BILLS_OF(ctx, rows, count, ret_bills, ret_count);
    return OK;
}

enum status bill_file(struct ctx *ctx, int64_t id, struct str *ret_name, struct str *ret_bytes)
{
    struct sql_bill_file_row row;
    TRY(sql_bill_file(ctx->db, ctx->arena, (struct sql_bill_file){.id = id}, &row));
    if (row.file.len == 0)
        return NOT_FOUND;
    *ret_name = row.file_name;
    *ret_bytes = row.file;
    return OK;
}

/* ---- what becomes of it ---- */

static enum status need_open(struct ctx *ctx, const struct bill *bill)
{
    TRY(right_need(ctx, RIGHT_ORDER | RIGHT_ENGAGE));
    if (bill->state != BILL_OPEN)
        return refuse(ctx, CONFLICT, "accounting.bill_done", T_accounting_bill_done);
    return writer_need(ctx->town->writer, SYNC_FULL);
}

enum status bill_match(struct ctx *ctx, const struct bill *bill, const struct engagement *engagement,
                       struct faults *faults)
{
    TRY(need_open(ctx, bill));
    if (engagement->budget != bill->budget || (engagement->party != 0 && engagement->party != bill->party))
        return fault_refuse(faults, "bill.match", "engagement", engagement->party_name, STR(""));
    TRY(story_add(ctx, STORY_BILL, bill->id, "accounting.bill_match", engagement->object));
    return sql_bill_match(ctx->db,
                          (struct sql_bill_match){.engagement = (int64_t)engagement->sequence, .id = bill->id});
}

/* What went to the accountant in part is no longer the supplier's to complete or to take back. */
static enum status need_whole(struct ctx *ctx, const struct bill *bill, struct faults *faults)
{
    TRY(need_open(ctx, bill));
    return bill->ordered.days == 0 ? OK : fault_refuse(faults, "bill.begun", "bill", bill->number, STR(""));
}

enum status bill_interrupt(struct ctx *ctx, const struct bill *bill, struct date day, struct str reason,
                           struct faults *faults)
{
    struct bill after = *bill;
    struct delay delay;
    TRY(need_whole(ctx, bill, faults));
    if (reason.len == 0 || !utf8_is_line(reason, BILL_REASON_MAX))
        return fault_refuse(faults, "bill.reason", "reason", reason, STR(""));
    if (bill->notified.days != 0) {
        fault_add_dates(faults, "delay.twice", "day", day, bill->notified);
        return INVALID;
    }
    after.notified = day;
    TRY(bill_delay(ctx, &after, faults, &delay));
    TRY(story_add(ctx, STORY_BILL, bill->id, "accounting.bill_interrupt", reason));
    return sql_bill_interrupt(
        ctx->db, (struct sql_bill_interrupt){.notified = day.days, .reason = reason, .id = bill->id});
}

enum status bill_complete(struct ctx *ctx, const struct bill *bill, struct date day, struct faults *faults)
{
    struct bill after = *bill;
    struct delay delay;
    TRY(need_open(ctx, bill));
    after.completed = day;
    TRY(bill_delay(ctx, &after, faults, &delay));
    TRY(story_add(ctx, STORY_BILL, bill->id, "accounting.bill_complete", STR("")));
    return sql_bill_complete(ctx->db, (struct sql_bill_complete){.completed = day.days, .id = bill->id});
}

enum status bill_send_back(struct ctx *ctx, const struct bill *bill, struct str reason, struct faults *faults)
{
    TRY(need_whole(ctx, bill, faults));
    if (reason.len == 0 || !utf8_is_line(reason, BILL_REASON_MAX))
        return fault_refuse(faults, "bill.reason", "reason", reason, STR(""));
    TRY(story_add(ctx, STORY_BILL, bill->id, "accounting.bill_back", reason));
    return sql_bill_send_back(ctx->db, (struct sql_bill_send_back){.reason = reason, .id = bill->id});
}

struct money bill_charge(const struct bill *bill, bool recovers_tax)
{
    return recovers_tax ? bill->net : bill->gross;
}

enum status bill_settle(struct ctx *ctx, int64_t id)
{
    struct bill bill;
    TRY(bill_get(ctx, id, &bill));
    bool is_whole = bill.is_credit || bill_left(&bill).cents <= 0;
    return sql_bill_state(ctx->db, (struct sql_bill_state){.state = is_whole ? BILL_ORDERED : BILL_OPEN, .id = id});
}

enum status bill_ordered(struct ctx *ctx, int64_t id)
{
    TRY(story_add(ctx, STORY_BILL, id, "accounting.bill_order", STR("")));
    return bill_settle(ctx, id);
}
