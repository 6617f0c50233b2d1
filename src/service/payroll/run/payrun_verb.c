#include "service/payroll/run/payrun_verb.h"

#include "base/money.h"
#include "service/payroll/lang.h"
#include "service/payroll/run/payrun_pay.h"
#include "service/payroll/slip/reason.h"
#include "service/payroll/view/panel.h"

enum { FINDINGS_BYTES = 64 << 10 };

/* ---- run ---- */

static enum status month_of(struct ctx *ctx, struct str text, struct date *ret_month)
{
    if (panel_read_month(text, ret_month) == OK)
        return OK;
    return refuse_with(ctx, INVALID, "payroll.month", T_payroll_month_wrong, "%.*s", STR_ARG(text));
}

enum status payrun_verb_begin(struct ctx *ctx, struct verb_call *call)
{
    struct date month;
    int64_t id;
    TRY(month_of(ctx, verb_argument(call, 1), &month));
    TRY(payrun_begin(ctx, month, &id));
    buf_add_i64(call->hand, id);
    return OK;
}

static void print_sum(struct buf *out, const char *name, int64_t cents)
{
    buf_add_format(out, "%s ", name);
    money_write(out, (struct money){cents});
    buf_add_byte(out, '\n');
}

static enum status print_run(struct ctx *ctx, const payrun_row *run, struct buf *out)
{
    payrun_failed_row *failed;
    size_t count;
    TRY(payrun_failed(ctx, run->id, &failed, &count));
    buf_add_format(out, "%.*s draft %lld: %lld payslips\n", STR_ARG(panel_iso(ctx,
        (struct date){(int32_t)run->month_day})),
                   (long long)run->number, (long long)(run->made - run->failed));
    print_sum(out, "gross", run->gross);
    print_sum(out, "withheld", run->withheld);
    print_sum(out, "tax", run->tax);
    print_sum(out, "net", run->net);
    print_sum(out, "employer", run->employer);
    for (size_t i = 0; i < count; i++)
        buf_add_format(out, "not paid %.*s: %.*s\n", STR_ARG(failed[i].matricule), STR_ARG(failed[i].field));
    return buf_status(out);
}

/* Other work of the town comes between two steps. */
enum status payrun_verb_step(struct ctx *ctx, struct verb_call *call)
{
    payrun_row run;
    int64_t id;
    if (str_to_i64(call->handed, &id) != OK)
        return BUG;
    TRY(payrun_get(ctx, id, &run));
    if (run.state != PAYRUN_MAKING)
        return print_run(ctx, &run, call->out);
    TRY(payrun_step(ctx));
    call->next--;
    call->done = run.made;
    call->total = run.agents;
    return OK;
}

/* ---- explain ---- */

static enum status slip_of(struct ctx *ctx, struct str word, struct sql_payrun_slip_get_row *ret_slip)
{
    struct str matricule = word;
    struct str first = str_cut(&matricule, '/');
    struct date month;
    payrun_row run;
    payrun_slip_row *slips;
    size_t count;
    int64_t id;
    if (str_is_absent(matricule))
        return str_to_i64(first, &id) == OK
                   ? sql_payrun_slip_get(ctx->db, ctx->arena, (struct sql_payrun_slip_get){.id = id}, ret_slip)
                   : NOT_FOUND;
    TRY(month_of(ctx, first, &month));
    TRY(payrun_of(ctx, month, &run));
    TRY(payrun_slips(ctx, run.id, &slips, &count));
    for (size_t i = 0; i < count; i++)
        if (str_eq(slips[i].matricule, matricule))
            return sql_payrun_slip_get(ctx->db, ctx->arena, (struct sql_payrun_slip_get){.id = slips[i].id}, ret_slip);
    return NOT_FOUND;
}

enum status payrun_verb_explain(struct ctx *ctx, struct verb_call *call)
{
    struct bulletin *bulletin = arena_new(ctx->arena, struct bulletin);
    struct payrun_month *month = arena_new(ctx->arena, struct payrun_month);
    struct sql_payrun_slip_get_row slip;
    payrun_row run;
    if (bulletin == NULL || month == NULL)
        return LIMIT;
    TRY(slip_of(ctx, verb_argument(call, 1), &slip));
    TRY(payrun_get(ctx, slip.run, &run));
    TRY(payrun_month_of(ctx, &run, month));
    TRY(bulletin_read(ctx->arena, slip.bytes, bulletin));
    buf_add_format(call->out, "%.*s %.*s\n", STR_ARG(bulletin->matricule), STR_ARG(panel_iso(ctx,
        bulletin->said.month)));
    for (size_t i = 0; i < PAY_LINES; i++)
        if (bulletin_has(bulletin, (enum pay_line)i))
            reason_print(ctx, call->out, bulletin, &month->pay, (enum pay_line)i);
    return buf_status(call->out);
}

/* ---- verify ---- */

enum status payrun_verb_verify(struct ctx *ctx, struct verb_call *call)
{
    struct buf findings BUF_SCOPE = BUF_INIT(FINDINGS_BYTES);
    int64_t slips;
    TRY(payrun_prove(ctx, &findings, &slips));
    buf_add_format(call->out, "payslips %lld\n", (long long)slips);
    buf_add(call->out, buf_str(&findings));
    return findings.len > 0 ? refuse(ctx, CORRUPT, "payroll.broken", T_payroll_broken) : OK;
}
