/* Payslips of another program beside ours, and why they differ. */
#include "service/payroll/desk/month.h"
#include "service/payroll/lang.h"
#include "service/payroll/payroll_service.h"
#include "service/payroll/right/payroll_right.h"
#include "service/payroll/vendor/vendor.h"

static struct str cause_words(struct ctx *ctx, const struct vendor_row *row)
{
    static const enum text_key causes[VENDOR_CAUSES] = {
        [VENDOR_SAME] = T_payroll_none,         [VENDOR_ROUNDING] = T_payroll_cause_rounding,
        [VENDOR_RATE] = T_payroll_cause_rate,   [VENDOR_SMIC] = T_payroll_cause_smic,
        [VENDOR_BASE] = T_payroll_cause_base,   [VENDOR_ABSENT] = T_payroll_cause_absent,
        [VENDOR_AGENT] = T_payroll_cause_agent, [VENDOR_UNKNOWN] = T_payroll_cause_unknown};
    if (row->cause != VENDOR_RATE)
        return text_of(ctx->language, causes[row->cause]);
    const struct text_arg what =
        TEXT_ARG("what", str_format(ctx->arena, "%.*s, %.*s", STR_ARG(row->value->source),
                                    STR_ARG(panel_day(ctx, row->value->since))));
    return text_with(ctx->arena, ctx->language, T_payroll_cause_rate, &what, 1);
}

static enum status add_result(struct panel *panel, const struct vendor_result *result)
{
    struct ctx *ctx = panel->ctx;
    struct panel_page_table *table;
    const struct text_arg counts[] = {NUMBER_ARG("count", result->compared), NUMBER_ARG("right", result->right),
                                      NUMBER_ARG("wrong", result->compared - result->right)};
    panel_stand(panel, text_with(ctx->arena, ctx->language, T_payroll_witness_counts, counts, 3));
    TRY(panel_table(panel, "differences", T_payroll_witness_differences, T_payroll_witness_none, result->row_count,
                    &table));
    panel_head(panel, table, T_payroll_matricule, PANEL_TEXT);
    panel_head(panel, table, T_payroll_line, PANEL_TEXT);
    panel_head(panel, table, T_payroll_expected, PANEL_NUMBER);
    panel_head(panel, table, T_payroll_computed, PANEL_NUMBER);
    panel_head(panel, table, T_payroll_cause, PANEL_TEXT);
    for (size_t i = 0; i < result->row_count; i++) {
        const struct vendor_row *from = &result->rows[i];
        struct panel_page_table_row *row = panel_row(panel, table, from->matricule, STR(""));
        if (row == NULL)
            return LIMIT;
        panel_cell(row, from->name, PANEL_TEXT);
        panel_cell(row, panel_euros(ctx, from->expected), PANEL_NUMBER);
        panel_cell(row, panel_euros(ctx, from->computed), PANEL_NUMBER);
        panel_cell_tag(row, cause_words(ctx, from), from->cause == VENDOR_UNKNOWN ? PANEL_BAD : PANEL_PLAIN);
    }
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        struct date month, const struct vendor_result *result)
{
    struct panel panel;
    struct panel_page_action *action;
    TRY(month_begin(&panel, ctx, request, month, T_payroll_witness_month));
    if (request->method == WEB_POST && result == NULL)
        panel_trouble(&panel);
    if (result != NULL)
        TRY(add_result(&panel, result));
    TRY(panel_action(&panel, "vendor", T_payroll_witness_title, T_payroll_witness_go,
                     month_path(ctx, month, "/vendor"), &action));
    panel_text(action, text_of(ctx->language, T_payroll_witness_text));
    (void)panel_field(&panel, action, "file", T_payroll_file, PANEL_FILE);
    return panel_end(&panel, response);
}

enum status payroll_vendor_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct date month;
    TRY(month_asked(ctx, request, PAYROLL_READ, &month));
    return show(ctx, request, response, month, NULL);
}

enum status payroll_vendor_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct vendor_result *result = arena_new(ctx->arena, struct vendor_result);
    struct date month;
    payrun_row run;
    if (result == NULL)
        return LIMIT;
    TRY(month_asked(ctx, request, PAYROLL_READ, &month));
    TRY(payrun_of(ctx, month, &run));
    enum status done = vendor_compare(ctx, &run, web_text(request, "file"), result);
    if (done == INVALID)
        return show(ctx, request, response, month, NULL);
    TRY(done);
    return show(ctx, request, response, month, result);
}
