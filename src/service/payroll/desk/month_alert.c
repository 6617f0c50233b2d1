/* What to look at before a month is approved. */
#include "service/payroll/desk/month.h"
#include "service/payroll/lang.h"
#include "service/payroll/slip/bulletin.h"

enum { MOVED_PERCENT = 20, MOVED_CENTS = 15000, PERCENT = 100, ALERTS_MAX = 200 };

struct alerting {
    struct panel *panel;
    struct panel_page_table *table;
    const payrun_slip_row *before;
    size_t before_count;
    size_t found;
    struct bulletin *bulletin;
};

static enum status tell(struct alerting *alerting, struct str matricule, int64_t slip, enum text_key what,
                        struct str amount)
{
    struct ctx *ctx = alerting->panel->ctx;
    if (alerting->found++ >= ALERTS_MAX)
        return OK;
    struct str path = slip == 0 ? STR("") : str_format(ctx->arena, "/payroll/slips/%lld", (long long)slip);
    struct panel_page_table_row *row = panel_row(alerting->panel, alerting->table, matricule, path);
    if (row == NULL)
        return LIMIT;
    panel_cell_tag(row, text_of(ctx->language, what), PANEL_BAD);
    panel_cell(row, amount, PANEL_NUMBER);
    return OK;
}

static const payrun_slip_row *slip_of(const payrun_slip_row *slips, size_t count, int64_t agent, int64_t part)
{
    for (size_t i = 0; i < count; i++)
        if (slips[i].agent == agent && slips[i].part == part)
            return &slips[i];
    return NULL;
}

static bool has_moved(const payrun_slip_row *slip, const payrun_slip_row *before)
{
    int64_t moved = slip->net > before->net ? slip->net - before->net : before->net - slip->net;
    return moved > MOVED_CENTS && moved * PERCENT > before->net * MOVED_PERCENT;
}

static enum status look(struct alerting *alerting, const payrun_slip_row *slip)
{
    struct ctx *ctx = alerting->panel->ctx;
    const payrun_slip_row *before = slip_of(alerting->before, alerting->before_count, slip->agent, slip->part);
    TRY(bulletin_read(ctx->arena, slip->bytes, alerting->bulletin));
    const int64_t *cents = alerting->bulletin->paid.cents;
    int64_t refunds = cents[PAY_TRANSPORT] + cents[PAY_TELEWORK] + cents[PAY_REFUNDS];
    struct str net = panel_euros(ctx, slip->net);
    if (slip->net < 0)
        TRY(tell(alerting, slip->matricule, slip->id, T_payroll_alert_negative, net));
    if (slip->net - refunds > slip->gross)
        TRY(tell(alerting, slip->matricule, slip->id, T_payroll_alert_over, net));
    if (slip->tax > cents[PAY_NET_BEFORE_TAX])
        TRY(tell(alerting, slip->matricule, slip->id, T_payroll_alert_tax, panel_euros(ctx, slip->tax)));
    if (before != NULL && has_moved(slip, before))
        TRY(tell(alerting, slip->matricule, slip->id, T_payroll_alert_moved, panel_euros(ctx,
            slip->net - before->net)));
    return OK;
}

enum status month_add_alerts(struct panel *panel, const payrun_row *run)
{
    struct ctx *ctx = panel->ctx;
    struct alerting alerting = {.panel = panel, .bulletin = arena_new(ctx->arena, struct bulletin)};
    payrun_row last;
    payrun_slip_row *slips, *before = NULL;
    size_t count;
    if (alerting.bulletin == NULL)
        return LIMIT;
    TRY(payrun_slips(ctx, run->id, &slips, &count));
    enum status found = payrun_of(ctx, (struct date){(int32_t)run->month_day - 1}, &last);
    if (found == OK)
        TRY(payrun_slips(ctx, last.id, &before, &alerting.before_count));
    else if (found != NOT_FOUND)
        return found;
    alerting.before = before;
    TRY(panel_table(panel, "alerts", T_payroll_alerts, T_payroll_alerts_none, ALERTS_MAX, &alerting.table));
    panel_head(panel, alerting.table, T_payroll_matricule, PANEL_TEXT);
    panel_head(panel, alerting.table, T_payroll_alert, PANEL_TEXT);
    panel_head(panel, alerting.table, T_payroll_amount, PANEL_NUMBER);
    for (size_t i = 0; i < count; i++)
        TRY(look(&alerting, &slips[i]));
    for (size_t i = 0; i < alerting.before_count; i++)
        if (slip_of(slips, count, before[i].agent, before[i].part) == NULL)
            TRY(tell(&alerting, before[i].matricule, 0, T_payroll_alert_gone, panel_euros(ctx, before[i].net)));
    return OK;
}
