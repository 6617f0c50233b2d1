/* Every payslip of a town, made again from what was known then. */
#include "service/payroll/run/payrun_again.h"
#include "service/payroll/view/panel.h"

enum { SCRATCH_BYTES = 256 << 20 };

struct proving {
    struct ctx *ctx;
    struct buf *findings;
    const payrun_row *run;
    const payrun_slip_row *slips;
    size_t count;
    bool *seen; /* one for each */
    int64_t proven;
};

static void find(struct proving *proving, const char *what, struct str matricule)
{
    struct civil civil = civil_of_date((struct date){(int32_t)proving->run->month_day});
    buf_add_format(proving->findings, "payroll %04d-%02d %.*s: %s\n", civil.year, civil.month, STR_ARG(matricule),
                   what);
}

static bool are_sums(const payrun_slip_row *slip, const struct payrun_made *made)
{
    return slip->gross == made->gross && slip->withheld == made->withheld && slip->employer == made->employer &&
           slip->tax == made->tax && slip->net == made->net;
}

static void compare(struct proving *proving, const struct payrun_made *made)
{
    for (size_t i = 0; i < proving->count; i++) {
        const payrun_slip_row *slip = &proving->slips[i];
        if (slip->agent != made->agent || slip->part != made->part)
            continue;
        proving->seen[i] = true;
        proving->proven++;
        if (!str_eq(slip->hash, made->hash) || !str_eq(slip->bytes, made->bytes))
            find(proving, "the payslip is not what its facts give", slip->matricule);
        else if (!are_sums(slip, made))
            find(proving, "sums are not those of the payslip", slip->matricule);
        return;
    }
    if (!made->is_unpaid && made->fault.len == 0)
        find(proving, "a payslip is not there", made->matricule);
}

static bool has_slip(const struct proving *proving, int64_t agent)
{
    for (size_t i = 0; i < proving->count; i++)
        if (proving->slips[i].agent == agent)
            return true;
    return false;
}

static enum status prove_agents(struct proving *proving)
{
    struct payrun_month *month = arena_new(proving->ctx->arena, struct payrun_month);
    int64_t after = 0;
    bool is_last = false;
    if (month == NULL)
        return LIMIT;
    TRY(payrun_month_of(proving->ctx, proving->run, month));
    while (!is_last) {
        struct payrun_made *made;
        size_t count;
        TRY(payrun_pay(proving->ctx, month, after, &made, &count, &is_last));
        for (size_t i = 0; i < count; i++) {
            compare(proving, &made[i]);
            after = made[i].agent;
        }
    }
    return OK;
}

/* The differences of a past month are those that are found again. */
static enum status prove_again(struct proving *proving, struct date again)
{
    struct ctx *ctx = proving->ctx;
    struct sql_payrun_difference_count_row kept;
    struct difference_list list = {.room = PAYRUN_AGAIN_MAX,
                                   .at = arena_array(ctx->arena, struct difference, PAYRUN_AGAIN_MAX)};
    int64_t *agents = arena_array(ctx->arena, int64_t, PAYRUN_AGAIN_MAX), after = 0, cents = 0, count = 0;
    bool is_last = false;
    if (list.at == NULL || agents == NULL)
        return LIMIT;
    while (!is_last) {
        list.count = 0;
        TRY(payrun_again_find(ctx, proving->run, again, after, &list, agents, &after, &is_last));
        for (size_t i = 0; i < list.count; i++) {
            if (!has_slip(proving, agents[i]))
                continue;
            count++;
            cents += list.at[i].cents;
        }
    }
    struct sql_payrun_difference_count in = {.run = proving->run->id, .month_day = again.days};
    TRY(sql_payrun_difference_count(ctx->db, ctx->arena, in, &kept));
    if (kept.count != count || kept.cents != cents)
        find(proving, "differences of a past month are not what is found again", panel_iso(ctx, again));
    return OK;
}

static enum status prove_past(struct proving *proving)
{
    struct date month = {(int32_t)proving->run->month_day}, again;
    TRY(payrun_again_first(proving->ctx, month, &again));
    while (again.days != 0) {
        TRY(prove_again(proving, again));
        TRY(payrun_again_next(proving->ctx, month, again, &again));
    }
    return OK;
}

static enum status prove_run(struct ctx *ctx, int64_t id, struct buf *findings, int64_t *slips)
{
    payrun_row run;
    payrun_slip_row *rows;
    struct proving proving = {.ctx = ctx, .findings = findings, .run = &run};
    TRY(payrun_get(ctx, id, &run));
    if (run.state == PAYRUN_MAKING)
        return OK;
    TRY(payrun_slips(ctx, id, &rows, &proving.count));
    proving.slips = rows;
    proving.seen = arena_array(ctx->arena, bool, proving.count + 1);
    if (proving.seen == NULL)
        return LIMIT;
    enum status done = prove_agents(&proving);
    if (done == OK)
        done = prove_past(&proving);
    if (done == CORRUPT)
        find(&proving, "the law it was made by is not what was kept", STR("*"));
    else
        TRY(done);
    for (size_t i = 0; done == OK && i < proving.count; i++)
        if (!proving.seen[i])
            find(&proving, "a payslip that its facts do not give", rows[i].matricule);
    *slips += proving.proven;
    return OK;
}

enum status payrun_prove(struct ctx *ctx, struct buf *findings, int64_t *ret_slips)
{
    payrun_row *runs;
    size_t count;
    *ret_slips = 0;
    TRY(payrun_list(ctx, &runs, &count));
    for (size_t i = 0; i < count; i++) {
        struct arena *arena ARENA_SCOPE = arena_create(SCRATCH_BYTES);
        struct ctx own = *ctx;
        own.arena = arena;
        TRY(prove_run(&own, runs[i].id, findings, ret_slips));
    }
    return OK;
}
