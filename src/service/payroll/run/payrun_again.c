#include "service/payroll/run/payrun_again.h"

enum { YEAR_MONTHS = 12 };

struct looking {
    struct ctx *ctx;
    struct date again;
    struct difference_list *list;
    int64_t *agents; /* of each entry of the list */
    struct payrun_made *made;
    size_t made_count;
    struct sql_payrun_slips_between_row *slips;
    size_t slip_count;
    struct sql_payrun_differences_of_row *since;
    size_t since_count;
    struct bulletin *bulletin;
};

/* ---- which months ---- */

static enum status closed_from(struct ctx *ctx, struct date since, struct date month, struct date *ret_again)
{
    struct sql_payrun_closed_after_row row;
    struct sql_payrun_closed_after in = {.since_day = since.days, .month_day = month.days};
    TRY(sql_payrun_closed_after(ctx->db, ctx->arena, in, &row));
    *ret_again = (struct date){(int32_t)row.month_day};
    return OK;
}

enum status payrun_again_first(struct ctx *ctx, struct date month, struct date *ret_again)
{
    struct civil civil = civil_of_date(month);
    struct date since = date_of(civil.year - PAYRUN_AGAIN_MONTHS / YEAR_MONTHS, civil.month, 1);
    return closed_from(ctx, since, month, ret_again);
}

enum status payrun_again_next(struct ctx *ctx, struct date month, struct date again, struct date *ret_again)
{
    return closed_from(ctx, (struct date){date_month_end(again).days + 1}, month, ret_again);
}

/* ---- one agent ---- */

static enum status add_bytes(struct looking *looking, struct str bytes, struct payslip *sum)
{
    TRY(bulletin_read(looking->ctx->arena, bytes, looking->bulletin));
    payslip_add(sum, &looking->bulletin->said.payslip);
    return OK;
}

static enum status paid_of(struct looking *looking, int64_t agent, struct payslip *paid)
{
    for (size_t i = 0; i < looking->slip_count; i++)
        if (looking->slips[i].agent == agent)
            TRY(add_bytes(looking, looking->slips[i].bytes, paid));
    for (size_t i = 0; i < looking->since_count; i++) {
        enum pay_line line;
        if (looking->since[i].agent != agent)
            continue;
        if (pay_line_named(looking->since[i].line, &line) != OK)
            return CORRUPT;
        paid->cents[line] += looking->since[i].cents;
    }
    return OK;
}

static enum status look_at(struct looking *looking, int64_t agent)
{
    struct payslip now = {0}, paid = {0};
    size_t from = looking->list->count;
    for (size_t i = 0; i < looking->made_count; i++) {
        const struct payrun_made *made = &looking->made[i];
        if (made->agent == agent && made->fault.len > 0)
            return OK; /* it cannot be said yet */
        if (made->agent == agent && !made->is_unpaid)
            TRY(add_bytes(looking, made->bytes, &now));
    }
    TRY(paid_of(looking, agent, &paid));
    TRY(difference_between(looking->again, &paid, &now, looking->list));
    for (size_t i = from; i < looking->list->count; i++)
        looking->agents[i] = agent;
    return OK;
}

/* ---- some of them ---- */

static bool is_made(const struct looking *looking, int64_t agent)
{
    for (size_t i = 0; i < looking->made_count; i++)
        if (looking->made[i].agent == agent)
            return true;
    return false;
}

static enum status look_at_all(struct looking *looking)
{
    for (size_t i = 0; i < looking->made_count; i++)
        if (i == 0 || looking->made[i - 1].agent != looking->made[i].agent)
            TRY(look_at(looking, looking->made[i].agent));
    for (size_t i = 0; i < looking->slip_count; i++)
        if ((i == 0 || looking->slips[i - 1].agent != looking->slips[i].agent) &&
            !is_made(looking, looking->slips[i].agent))
            TRY(look_at(looking, looking->slips[i].agent));
    return OK;
}

static enum status read_paid(struct looking *looking, const payrun_row *run, int64_t after, int64_t last)
{
    struct ctx *ctx = looking->ctx;
    struct sql_payrun_closed_of_row closed;
    struct sql_payrun_differences_of since = {.month_day = looking->again.days, .run = run->id, .after = after,
                                              .last = last};
    TRY(sql_payrun_closed_of(ctx->db, ctx->arena, (struct sql_payrun_closed_of){.month_day = looking->again.days},
                             &closed));
    struct sql_payrun_slips_between slips = {.run = closed.id, .after = after, .last = last};
    TRY(sql_payrun_slips_between(ctx->db, ctx->arena, slips, &looking->slips, &looking->slip_count));
    return sql_payrun_differences_of(ctx->db, ctx->arena, since, &looking->since, &looking->since_count);
}

enum status payrun_again_find(struct ctx *ctx, const payrun_row *run, struct date again, int64_t after,
                              struct difference_list *list, int64_t *agents, int64_t *ret_last, bool *ret_is_last)
{
    struct looking looking = {.ctx = ctx, .again = again, .list = list, .agents = agents,
                              .bulletin = arena_new(ctx->arena, struct bulletin)};
    struct payrun_month *month = arena_new(ctx->arena, struct payrun_month);
    payrun_row then = *run;
    if (month == NULL || looking.bulletin == NULL)
        return LIMIT;
    then.month_day = again.days;
    TRY(payrun_month_of(ctx, &then, month));
    month->run = 0; /* the month alone, without what went with it */
    TRY(payrun_pay(ctx, month, after, &looking.made, &looking.made_count, ret_is_last));
    *ret_last = *ret_is_last || looking.made_count == 0 ? INT64_MAX : looking.made[looking.made_count - 1].agent;
    TRY(read_paid(&looking, run, after, *ret_last));
    return look_at_all(&looking);
}
