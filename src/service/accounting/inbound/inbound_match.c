/* The engagement that an inbound invoice names. */
#include "service/accounting/inbound/inbound.h"
#include "service/accounting/inbound/inbound_sql.h"
#include "service/accounting/right/unit.h"

enum { YEAR_DIGITS = 4 };

/* "12" of the year it came in or of the one before; "2026-12", "2026/12". */
static bool read_number(struct str text, int32_t *ret_year, uint64_t *ret_number)
{
    uint64_t year = 0;
    size_t at = 0;
    while (at < text.len && ascii_is_digit(text.at[at]))
        at++;
    bool has_year = at == YEAR_DIGITS && at + 1 < text.len && (text.at[at] == '-' || text.at[at] == '/');
    if (has_year && str_to_u64(str_slice(text, 0, at), CELL_YEAR_LAST, &year) != OK)
        return false;
    *ret_year = (int32_t)year;
    return str_to_u64(has_year ? str_after(text, at + 1) : text, UINT32_MAX, ret_number) == OK;
}

static enum status by_number(struct ctx *ctx, const struct bill *bill, struct engagement *ret_engagement)
{
    int32_t year;
    uint64_t number;
    if (!read_number(bill->asked, &year, &number))
        return NOT_FOUND;
    if (year != 0)
        return engagement_of_number(ctx, bill->budget, year, (uint32_t)number, ret_engagement);
    struct civil day = civil_of_date(bill->received);
    enum status done = engagement_of_number(ctx, bill->budget, day.year, (uint32_t)number, ret_engagement);
    return done == NOT_FOUND
               ? engagement_of_number(ctx, bill->budget, day.year - 1, (uint32_t)number, ret_engagement)
               : done;
}

static enum status by_reference(struct ctx *ctx, const struct bill *bill, struct engagement *ret_engagement)
{
    struct sql_inbound_referred_row row;
    TRY(sql_inbound_referred(ctx->db, ctx->arena,
                             (struct sql_inbound_referred){.budget = bill->budget, .reference = bill->asked}, &row));
    return engagement_get(ctx, (uint64_t)row.sequence, ret_engagement);
}

/* Is the service that the bill names another than the engagement's? One that is no service of the town says nothing. */
static enum status is_other_service(struct ctx *ctx, const struct bill *bill, const struct engagement *engagement,
                                    bool *ret_is)
{
    unit_row unit;
    *ret_is = false;
    if (bill->service.len == 0 || engagement->unit == 0)
        return OK;
    enum status done = unit_by_code(ctx, bill->service, &unit);
    *ret_is = done == OK && unit.id != engagement->unit;
    return done == NOT_FOUND ? OK : done;
}

static enum status fits(struct ctx *ctx, const struct bill *bill, const struct engagement *engagement,
                        enum inbound_match *ret_match)
{
    struct sql_inbound_waiting_row waiting;
    bool is_other;
    *ret_match = INBOUND_OTHER_PARTY;
    if (engagement->party != 0 && engagement->party != bill->party)
        return OK;
    TRY(is_other_service(ctx, bill, engagement, &is_other));
    *ret_match = INBOUND_OTHER_SERVICE;
    if (is_other)
        return OK;
    TRY(sql_inbound_waiting(ctx->db, ctx->arena,
                            (struct sql_inbound_waiting){.engagement = (int64_t)engagement->sequence,
                                                         .bill = bill->id},
                            &waiting));
    struct credit_year year;
    TRY(credit_year(ctx, engagement->budget, engagement->year, &year));
    struct money charge = bill_charge(bill, year.recovers_tax);
    bool is_enough = bill->is_credit ||
                     charge.cents <= engagement->remains.cents - (year.recovers_tax ? waiting.net : waiting.cents);
    *ret_match = is_enough ? INBOUND_MATCHED : INBOUND_TOO_MUCH;
    return OK;
}

enum status inbound_find(struct ctx *ctx, const struct bill *bill, struct engagement *ret_engagement,
                         enum inbound_match *ret_match)
{
    *ret_match = INBOUND_UNASKED;
    if (bill->asked.len == 0)
        return OK;
    enum status done = by_number(ctx, bill, ret_engagement);
    if (done == NOT_FOUND)
        done = by_reference(ctx, bill, ret_engagement);
    *ret_match = INBOUND_UNKNOWN;
    if (done == NOT_FOUND)
        return OK;
    TRY(done);
    return fits(ctx, bill, ret_engagement, ret_match);
}
