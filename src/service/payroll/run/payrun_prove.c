/* Every payslip of a town, made again from what was known then. */
#include "service/payroll/run/payrun_pay.h"

enum { SCRATCH_BYTES = 64 << 20 };

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
