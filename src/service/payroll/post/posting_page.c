/* A month's pay before accounting: what each creditor is owed, and the mandats. */
#include "service/payroll/desk/month.h"
#include "service/payroll/lang.h"
#include "service/payroll/payroll_service.h"
#include "service/payroll/post/posting.h"
#include "service/payroll/right/payroll_right.h"

static enum status add_table(struct panel *panel, const struct posting *posting)
{
    struct ctx *ctx = panel->ctx;
    struct panel_page_table *table;
    TRY(panel_table(panel, "posting", T_payroll_post_table, T_payroll_none, POSTING_CREDITORS * POSTING_ACCOUNTS_MAX,
                    &table));
    panel_head(panel, table, T_payroll_creditor, PANEL_TEXT);
    panel_head(panel, table, T_payroll_account, PANEL_TEXT);
    panel_head(panel, table, T_payroll_amount, PANEL_NUMBER);
    for (size_t i = 0; i < POSTING_CREDITORS; i++)
        for (size_t k = 0; k < posting->account_count; k++) {
            if (posting->cents[i][k] == 0)
                continue;
            struct str name = text_of(ctx->language, posting_creditor_text((enum posting_creditor)i));
            struct panel_page_table_row *row = panel_row(panel, table, name, STR(""));
            if (row == NULL)
                return LIMIT;
            panel_cell(row, posting->accounts[k], PANEL_TEXT);
            panel_cell(row, panel_euros(ctx, posting->cents[i][k]), PANEL_NUMBER);
        }
    return OK;
}

static enum status add_form(struct panel *panel, struct date month, const struct posting *posting)
{
    struct ctx *ctx = panel->ctx;
    struct panel_page_action *action;
    struct panel_page_action_field *field;
    struct str sirets[POSTING_CREDITORS];
    TRY(posting_sirets(ctx, sirets));
    TRY(panel_action(panel, "post", T_payroll_post, T_payroll_post_go, month_path(ctx, month, "/posting"), &action));
    panel_text(action, text_of(ctx->language, T_payroll_post_text));
    (void)panel_field(panel, action, "budget", T_payroll_post_budget, PANEL_WORDS);
    field = panel_field(panel, action, "function", T_payroll_post_function, PANEL_WORDS);
    field->is_required = false;
    field = panel_field(panel, action, "chart", T_payroll_post_chart, PANEL_SELECT);
    TRY(panel_options(panel, field, 2));
    panel_option(field, STR("long"), text_of(ctx->language, T_payroll_post_long));
    panel_option(field, STR("short"), text_of(ctx->language, T_payroll_post_short));
    (void)panel_field(panel, action, "day", T_payroll_day, PANEL_DATE);
    for (size_t i = POSTING_STAFF + 1; i < POSTING_CREDITORS; i++) {
        enum posting_creditor creditor = (enum posting_creditor)i;
        const struct text_arg what = TEXT_ARG("what", text_of(ctx->language, posting_creditor_text(creditor)));
        if (posting_of(posting, creditor) == 0)
            continue;
        field = panel_field(panel, action, posting_creditor_name(creditor), T_payroll_what, PANEL_WORDS);
        field->label = text_with(ctx->arena, ctx->language, T_payroll_creditor_siret, &what, 1);
        panel_value(panel, field, sirets[i]);
    }
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct accounting_answer *answer)
{
    struct panel panel;
    struct posting *posting = arena_new(ctx->arena, struct posting);
    struct sql_posting_done_row done;
    struct date month;
    payrun_row run;
    if (posting == NULL)
        return LIMIT;
    TRY(month_asked(ctx, request, PAYROLL_READ, &month));
    TRY(payrun_of(ctx, month, &run));
    TRY(month_begin(&panel, ctx, request, month, T_payroll_post_title));
    if (answer != NULL)
        panel_trouble(&panel);
    for (size_t i = 0; answer != NULL && i < answer->fault_count; i++)
        panel_fault(&panel, answer->faults[i].mend);
    TRY(posting_of_run(ctx, &run, str_eq(web_text(request, "chart"), STR("short")), posting));
    panel_fact(&panel, T_payroll_line_gross, panel_euros(ctx, posting->gross), STR(""));
    panel_fact(&panel, T_payroll_line_employer_total, panel_euros(ctx, posting->employer), STR(""));
    if (posting->elected != 0)
        panel_fact(&panel, T_payroll_post_elected, panel_euros(ctx, posting->elected), STR(""));
    enum status found = sql_posting_done(ctx->db, ctx->arena, (struct sql_posting_done){.run = run.id}, &done);
    if (found == OK) {
        panel_tag(&panel, T_payroll_post_done, PANEL_GOOD);
        panel_fact(&panel, T_payroll_posted_at, page_moment(ctx, (struct instant){done.posted_ms}), STR("/accounting"));
        panel_fact(&panel, T_payroll_posted_pieces, panel_number(ctx, done.pieces), STR(""));
    } else if (found != NOT_FOUND) {
        return found;
    } else if (run.state == PAYRUN_APPROVED || run.state == PAYRUN_CLOSED) {
        TRY(add_form(&panel, month, posting));
    }
    TRY(add_table(&panel, posting));
    return panel_end(&panel, response);
}

enum status payroll_posting_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, NULL);
}

enum status payroll_posting_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct posting_asked asked = {.budget = str_trim(web_text(request, "budget")),
                                  .function = str_trim(web_text(request, "function")),
                                  .is_short = str_eq(web_text(request, "chart"), STR("short"))};
    struct accounting_answer *answer = arena_new(ctx->arena, struct accounting_answer);
    struct date month;
    payrun_row run;
    if (answer == NULL)
        return LIMIT;
    TRY(month_asked(ctx, request, PAYROLL_READ, &month));
    TRY(payrun_of(ctx, month, &run));
    asked.sirets[POSTING_STAFF] = STR("");
    for (size_t i = POSTING_STAFF + 1; i < POSTING_CREDITORS; i++)
        asked.sirets[i] = str_trim(web_text(request, posting_creditor_name((enum posting_creditor)i)));
    enum status done = date_parse(web_text(request, "day"), &asked.day) == OK
                           ? posting_make(ctx, &run, &asked, answer)
                           : refuse(ctx, INVALID, "payroll.day", T_payroll_day_wrong);
    if (done == INVALID && ctx->failure.sentence == T_none)
        done = refuse(ctx, INVALID, "payroll.post", T_payroll_post_refused);
    if (done == INVALID || done == CONFLICT || answer->fault_count > 0)
        return show(ctx, request, response, answer);
    TRY(done);
    return web_redirect(ctx, response, "%s", str_c(ctx->arena, month_path(ctx, month, "/posting?saved=1")));
}
