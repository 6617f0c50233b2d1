/* What a contract holds back of a bill as a guarantee (retenue de garantie), and what is left of it beside. */
#include "core/page.h"
#include "core/town.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/bill.h"
#include "service/accounting/spend/bill_sql.h"
#include "service/accounting/story/story.h"

/* ---- what is left ---- */

struct money bill_held(const struct bill *bill)
{
    return bill->freed.days == 0 ? bill->retained : (struct money){0};
}

/* Without the tax that is recovered: its share of it. */
static struct money held_charge(const struct bill *bill, bool recovers_tax)
{
    struct money held = bill_held(bill), net;
    if (!recovers_tax || bill->gross.cents <= 0)
        return held;
    return money_share(held, bill->net.cents, bill->gross.cents, &net) == OK ? net : held;
}

struct money bill_left(const struct bill *bill)
{
    return (struct money){bill->gross.cents - bill->ordered_charge.cents - bill->ordered_tax.cents -
                          bill_held(bill).cents};
}

struct money bill_charge_left(const struct bill *bill, bool recovers_tax)
{
    return (struct money){bill_charge(bill, recovers_tax).cents - bill->ordered_charge.cents -
                          held_charge(bill, recovers_tax).cents};
}

struct money bill_tax_left(const struct bill *bill)
{
    int64_t held = bill_held(bill).cents - held_charge(bill, true).cents;
    return (struct money){bill->tax.cents - bill->ordered_tax.cents - held};
}

/* ---- held back, and due ---- */

static enum status need_held(struct ctx *ctx, const struct bill *bill)
{
    bool is_waiting = bill->state == BILL_OPEN || (bill->state == BILL_ORDERED && bill_held(bill).cents > 0);
    TRY(right_need(ctx, RIGHT_ORDER | RIGHT_ENGAGE));
    if (!is_waiting || bill->is_credit || bill->freed.days != 0)
        return refuse(ctx, CONFLICT, "accounting.bill_done", T_accounting_bill_done);
    return writer_need(ctx->town->writer, SYNC_FULL);
}

enum status bill_retain(struct ctx *ctx, const struct bill *bill, struct money amount, struct faults *faults)
{
    struct money most = {bill_left(bill).cents + bill_held(bill).cents};
    TRY(need_held(ctx, bill));
    if (amount.cents < 0 || amount.cents > most.cents) {
        fault_add_money(faults, "bill.retained", "amount", amount, most);
        return INVALID;
    }
    TRY(sql_bill_retain(ctx->db, (struct sql_bill_retain){.retained = amount.cents, .id = bill->id}));
    TRY(story_add(ctx, STORY_BILL, bill->id, "accounting.bill_retain", page_money(ctx, amount)));
    return bill_settle(ctx, bill->id);
}

enum status bill_free(struct ctx *ctx, const struct bill *bill, struct date day, struct faults *faults)
{
    struct date today = ctx_today(ctx);
    TRY(need_held(ctx, bill));
    if (bill->retained.cents == 0) {
        fault_add_money(faults, "bill.retained", "amount", bill->retained, bill_left(bill));
        return INVALID;
    }
    if (day.days > today.days || day.days < bill->received.days) {
        fault_add_dates(faults, "bill.day", "day", day, bill->received);
        return INVALID;
    }
    TRY(sql_bill_free(ctx->db, (struct sql_bill_free){.freed = day.days, .id = bill->id}));
    TRY(story_add(ctx, STORY_BILL, bill->id, "accounting.bill_free", STR("")));
    return bill_settle(ctx, bill->id);
}
