#include "service/payroll/value/law_effect.h"

#include "service/payroll/lang.h"
#include "service/payroll/run/payrun_law.h"
#include "service/payroll/run/payrun_pay.h"

enum { TEXT_MAX = 4 << 20 };

struct effect {
    int64_t agents, gross, net, cost;
};

/* The law of the payrun with the number behind it, known then already. */
static enum status law_with(struct ctx *ctx, const payrun_row *run, const law_kept_row *row, struct law *ret_law)
{
    struct buf text BUF_SCOPE = BUF_INIT(TEXT_MAX);
    struct law one;
    struct law_fault fault;
    struct str head = str_slice(law_text(), 0, str_find_byte(law_text(), '\n') + 1);
    buf_add(&text, head);
    law_kept_write(ctx, &text, row);
    TRY(buf_status(&text));
    struct str kept = str_copy(ctx->arena, buf_str(&text));
    if (str_is_absent(kept))
        return LIMIT;
    TRY(law_read(ctx->arena, kept, &one, &fault));
    struct law before;
    TRY(payrun_law_of(ctx, run->law, &before));
    return law_joined(ctx->arena, &before, &one, ret_law);
}

static enum status month_with(struct ctx *ctx, const payrun_row *run, const law_kept_row *row,
                              struct payrun_month *month)
{
    struct pay_employer employer;
    enum law_code missing;
    TRY(payrun_month_of(ctx, run, month));
    bool is_large = month->pay.employer.is_large;
    TRY(law_with(ctx, run, row, &month->law));
    struct date today = ctx_today(ctx);
    TRY(pay_employer_of(&month->law, month->month, today, is_large, &employer));
    return pay_law_of(&month->law, &employer, month->month, today, &month->pay, &missing);
}

static void add(struct effect *effect, const payrun_slip_row *slips, size_t count, const struct payrun_made *made)
{
    for (size_t i = 0; i < count; i++) {
        const payrun_slip_row *slip = &slips[i];
        if (slip->agent != made->agent || slip->part != made->part || made->fault.len > 0)
            continue;
        int64_t gross = made->gross - slip->gross, employer = made->employer - slip->employer;
        effect->agents += gross != 0 || employer != 0 || made->net != slip->net;
        effect->gross += gross;
        effect->net += made->net - slip->net;
        effect->cost += gross + employer;
    }
}

static enum status reckon(struct ctx *ctx, const payrun_row *run, const law_kept_row *row, struct effect *effect)
{
    struct payrun_month *month = arena_new(ctx->arena, struct payrun_month);
    payrun_slip_row *slips;
    size_t count, made_count;
    int64_t after = 0;
    bool is_last = false;
    if (month == NULL)
        return LIMIT;
    TRY(month_with(ctx, run, row, month));
    TRY(payrun_slips(ctx, run->id, &slips, &count));
    while (!is_last) {
        struct payrun_made *made;
        TRY(payrun_pay(ctx, month, after, &made, &made_count, &is_last));
        for (size_t i = 0; i < made_count; i++) {
            add(effect, slips, count, &made[i]);
            after = made[i].agent;
        }
    }
    return OK;
}

enum status law_effect_show(struct panel *panel, const law_kept_row *row)
{
    struct ctx *ctx = panel->ctx;
    struct effect effect = {0};
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
    panel_fact(panel, T_payroll_effect_agents, panel_number(ctx, effect.agents), STR(""));
    panel_fact(panel, T_payroll_effect_gross, panel_euros(ctx, effect.gross), STR(""));
    panel_fact(panel, T_payroll_effect_net, panel_euros(ctx, effect.net), STR(""));
    panel_fact(panel, T_payroll_effect_cost, panel_euros(ctx, effect.cost), STR(""));
    return OK;
}
