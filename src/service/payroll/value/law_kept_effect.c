#include "service/payroll/value/law_kept_effect.h"

#include "service/payroll/lang.h"
#include "service/payroll/law/law_effect.h"
#include "service/payroll/run/payrun_pay.h"

enum { TEXT_MAX = 64 << 10 };

/* The number as a law of one row. */
static enum status rows_of(struct ctx *ctx, const law_kept_row *row, struct law *ret_rows)
{
    struct buf text BUF_SCOPE = BUF_INIT(TEXT_MAX);
    struct law_fault fault;
    struct str head = str_slice(law_text(), 0, str_find_byte(law_text(), '\n') + 1);
    buf_add(&text, head);
    law_kept_write(ctx, &text, row);
    TRY(buf_status(&text));
    struct str kept = str_copy(ctx->arena, buf_str(&text));
    return str_is_absent(kept) ? LIMIT : law_read(ctx->arena, kept, ret_rows, &fault);
}

/* What each payslip was made from, as it says itself. */
static enum status facts_of(struct ctx *ctx, const payrun_row *run, struct pay_facts **ret_facts, size_t *ret_count)
{
    struct bulletin *bulletin = arena_new(ctx->arena, struct bulletin);
    payrun_slip_row *slips;
    TRY(payrun_slips(ctx, run->id, &slips, ret_count));
    *ret_facts = arena_array(ctx->arena, struct pay_facts, *ret_count + 1);
    if (bulletin == NULL || *ret_facts == NULL)
        return LIMIT;
    for (size_t i = 0; i < *ret_count; i++) {
        TRY(bulletin_read(ctx->arena, slips[i].bytes, bulletin));
        (*ret_facts)[i] = bulletin->facts;
    }
    return OK;
}

static enum status reckon(struct ctx *ctx, const payrun_row *run, const law_kept_row *row, struct law_effect *effect)
{
    struct payrun_month *month = arena_new(ctx->arena, struct payrun_month);
    struct pay_facts *facts;
    struct law rows;
    struct law_fault fault;
    if (month == NULL)
        return LIMIT;
    TRY(payrun_month_of(ctx, run, month));
    TRY(rows_of(ctx, row, &rows));
    struct law_effect_ask ask = {.law = &month->law, .rows = &rows, .is_large = month->pay.employer.is_large,
                                 .month = month->month, .known = ctx_today(ctx)};
    TRY(facts_of(ctx, run, &facts, &ask.count));
    ask.facts = facts;
    return law_effect_of(ctx->arena, &ask, effect, NULL, &fault);
}

enum status law_kept_effect_show(struct panel *panel, const law_kept_row *row)
{
    struct ctx *ctx = panel->ctx;
    struct law_effect effect;
    payrun_row *runs;
    size_t count;
    TRY(payrun_list(ctx, &runs, &count));
    if (count == 0)
        return OK;
    enum status done = reckon(ctx, &runs[0], row, &effect);
    if (done == INVALID) {
        panel_warn(panel, text_of(ctx->language, T_payroll_law_effect_none));
        return OK;
    }
    TRY(done);
    panel_fact(panel, T_payroll_effect_month, panel_month(ctx, (struct date){(int32_t)runs[0].month_day}), STR(""));
    panel_fact(panel, T_payroll_effect_agents, panel_number(ctx, (int64_t)effect.touched), STR(""));
    panel_fact(panel, T_payroll_effect_gross, panel_euros(ctx, effect.lines.cents[PAY_GROSS]), STR(""));
    panel_fact(panel, T_payroll_effect_net, panel_euros(ctx, effect.lines.cents[PAY_NET]), STR(""));
    panel_fact(panel, T_payroll_effect_cost, panel_euros(ctx, effect.lines.cents[PAY_COST]), STR(""));
    return OK;
}
