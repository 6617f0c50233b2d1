/* Payslips of one's own. */
#include "service/payroll/lang.h"
#include "service/payroll/payroll_service.h"
#include "service/payroll/run/payrun.h"
#include "service/payroll/view/panel.h"
#include "service/staff/staff.h"

static enum status add_slips(struct panel *panel, int64_t agent)
{
    struct ctx *ctx = panel->ctx;
    struct sql_payrun_slips_of_agent_row *rows;
    struct panel_page_table *table;
    size_t count;
    TRY(sql_payrun_slips_of_agent(ctx->db, ctx->arena, (struct sql_payrun_slips_of_agent){.agent = agent}, &rows,
                                  &count));
    TRY(panel_table(panel, "own", T_payroll_payslips, T_payroll_own_none, count, &table));
    panel_head(panel, table, T_payroll_month, PANEL_TEXT);
    panel_head(panel, table, T_payroll_line_gross, PANEL_OPTIONAL_NUMBER);
    panel_head(panel, table, T_payroll_line_net, PANEL_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct panel_page_table_row *row =
            panel_row(panel, table, panel_month(ctx, (struct date){(int32_t)rows[i].month_day}),
                      str_format(ctx->arena, "/payroll/own/%lld", (long long)rows[i].id));
        if (row == NULL)
            return LIMIT;
        panel_cell(row, panel_euros(ctx, rows[i].gross), PANEL_OPTIONAL_NUMBER);
        panel_cell(row, panel_euros(ctx, rows[i].net), PANEL_NUMBER);
    }
    return OK;
}

enum status payroll_own_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct panel panel;
    int64_t agent;
    TRY(panel_begin(&panel, ctx, request, text_of(ctx->language, T_payroll_own_title)));
    panel.page.is_first = true;
    enum status found = staff_agent_of_person(ctx, ctx->actor.person, &agent);
    if (found == NOT_FOUND)
        panel_nothing(&panel, T_payroll_own_nobody, T_payroll_own_nobody_text);
    else if (found == OK)
        TRY(add_slips(&panel, agent));
    else
        return found;
    return panel_end(&panel, response);
}
