/* Numbers of the town as an employer, each with its text. */
#include "service/payroll/employer/employer.h"
#include "service/payroll/lang.h"
#include "service/payroll/payroll_service.h"
#include "service/payroll/right/payroll_right.h"
#include "service/payroll/view/panel.h"

static enum status add_form(struct panel *panel)
{
    struct panel_page_action *action;
    struct panel_page_action_field *field;
    TRY(panel_action(panel, "employer", T_payroll_employer_add, T_payroll_save, STR("/payroll/employer"), &action));
    field = panel_field(panel, action, "code", T_payroll_what, PANEL_SELECT);
    TRY(panel_options(panel, field, EMPLOYER_CODES));
    for (size_t i = 0; i < EMPLOYER_CODES; i++)
        panel_option(field, str_of(employer_code_name((enum employer_code)i)),
                     text_of(panel->ctx->language, employer_code_text((enum employer_code)i)));
    field = panel_field(panel, action, "value", T_payroll_value, PANEL_WORDS);
    panel_hint(panel, field, T_payroll_employer_value_hint);
    (void)panel_field(panel, action, "since", T_payroll_since, PANEL_DATE);
    (void)panel_field(panel, action, "source", T_payroll_source, PANEL_WORDS);
    return OK;
}

static enum status add_rows(struct panel *panel)
{
    struct ctx *ctx = panel->ctx;
    struct panel_page_table *table;
    employer_row *rows;
    size_t count;
    TRY(employer_list(ctx, &rows, &count));
    TRY(panel_table(panel, "figures", T_payroll_employer_all, T_payroll_employer_none, count, &table));
    panel_head(panel, table, T_payroll_what, PANEL_TEXT);
    panel_head(panel, table, T_payroll_value, PANEL_NUMBER);
    panel_head(panel, table, T_payroll_since, PANEL_TEXT);
    panel_head(panel, table, T_payroll_source, PANEL_TEXT);
    panel_head(panel, table, T_payroll_added_by, PANEL_OPTIONAL);
    for (size_t i = 0; i < count; i++) {
        enum employer_code code;
        if (employer_code_named(rows[i].code, &code) != OK)
            continue; /* of a program that knew it */
        struct panel_page_table_row *row =
            panel_row(panel, table, text_of(ctx->language, employer_code_text(code)), STR(""));
        if (row == NULL)
            return LIMIT;
        panel_cell(row, employer_value_words(ctx, code, rows[i].value), PANEL_NUMBER);
        panel_cell(row, panel_day(ctx, (struct date){(int32_t)rows[i].since_day}), PANEL_TEXT);
        panel_cell(row, rows[i].source, PANEL_TEXT);
        panel_cell(row, rows[i].added_by, PANEL_OPTIONAL);
    }
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        bool is_refused)
{
    struct panel panel;
    unsigned rights;
    TRY(payroll_right_need(ctx, PAYROLL_READ));
    TRY(payroll_right_held(ctx, &rights));
    TRY(panel_begin(&panel, ctx, request, text_of(ctx->language, T_payroll_employer_title)));
    panel_stand(&panel, text_of(ctx->language, T_payroll_employer_text));
    if (is_refused)
        panel_trouble(&panel);
    if (rights & PAYROLL_PREPARE)
        TRY(add_form(&panel));
    TRY(add_rows(&panel));
    return panel_end(&panel, response);
}

enum status payroll_employer_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, false);
}

enum status payroll_employer_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct employer_given given = {.code = web_text(request, "code"), .value = web_text(request, "value"),
                                   .source = web_text(request, "source")};
    enum status done = date_parse(web_text(request, "since"), &given.since);
    done = done == OK ? employer_add(ctx, &given) : refuse(ctx, INVALID, "payroll.day", T_payroll_day_wrong);
    if (done == INVALID)
        return show(ctx, request, response, true);
    TRY(done);
    return web_redirect(ctx, response, "/payroll/employer?saved=1");
}
