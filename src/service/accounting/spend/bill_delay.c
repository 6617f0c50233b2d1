/* The payment delay of a bill, and the day on which its own service was done. */
#include "service/accounting/figures/figure_kept.h"
#include "service/accounting/spend/bill.h"
#include "service/accounting/spend/bill_sql.h"

/* ---- service done ---- */

/* Takes so much of what was attested for that bill (0: for none in particular), the earliest first; the later of `last`
 * and the days it came from. */
static int64_t draw(struct sql_bill_attests_row *attests, size_t count, int64_t bill, int64_t *cents, int64_t last)
{
    for (size_t i = 0; i < count && *cents > 0; i++) {
        if (attests[i].bill != bill || attests[i].amount <= 0)
            continue;
        int64_t part = *cents < attests[i].amount ? *cents : attests[i].amount;
        attests[i].amount -= part;
        *cents -= part;
        if (attests[i].day > last)
            last = attests[i].day;
    }
    return last;
}

enum status bill_done(struct ctx *ctx, const struct bill *bill, struct date *ret_day)
{
    struct sql_bill_attests_row *attests;
    struct sql_bill_claims_row *claims;
    size_t count, claim_count;
    int64_t day = 0;
    *ret_day = (struct date){0};
    if (bill->engagement == 0)
        return OK;
    const int64_t engagement = (int64_t)bill->engagement;
    TRY(sql_bill_attests(ctx->db, ctx->arena, (struct sql_bill_attests){.engagement = engagement}, &attests, &count));
    if (count == 0)
        return OK;
    TRY(sql_bill_claims(ctx->db, ctx->arena, (struct sql_bill_claims){.engagement = engagement}, &claims,
                        &claim_count));
    for (size_t i = 0; i < claim_count; i++) {
        const bool is_its = claims[i].bill == bill->id;
        int64_t last = claims[i].bill != 0 ? draw(attests, count, claims[i].bill, &claims[i].cents, 0) : 0;
        last = draw(attests, count, 0, &claims[i].cents, last);
        if (is_its && last > day)
            day = last;
    }
    *ret_day = (struct date){(int32_t)day};
    return OK;
}

/* ---- the delay ---- */

enum status bill_delay_since(struct ctx *ctx, const struct bill *bill, struct date done, struct faults *faults,
                             struct delay *ret_delay)
{
    struct delay_interruption interruption = {bill->notified, bill->completed};
    bool is_guarantee = bill->freed.days != 0 && bill_left(bill).cents <= bill->retained.cents;
    struct delay_request request = {.received = bill->received, .done = done, .interruptions = &interruption,
                                    .interruption_count = bill->notified.days != 0};
    if (is_guarantee) /* all that is left was held back, and is due since then */
        request = (struct delay_request){.received = bill->freed, .done = done};
    TRY(figure_take(ctx, faults));
    return delay_of(&request, faults, ret_delay);
}

enum status bill_delay(struct ctx *ctx, const struct bill *bill, struct faults *faults, struct delay *ret_delay)
{
    struct date done;
    TRY(bill_done(ctx, bill, &done));
    return bill_delay_since(ctx, bill, done, faults, ret_delay);
}
