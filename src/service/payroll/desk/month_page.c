/* The months of a town, and the desk of one: elements, draft, what to look at, approval, closing. */
#include "service/payroll/desk/month.h"
#include "service/payroll/employer/employer.h"
#include "service/payroll/lang.h"
#include "service/payroll/payroll_service.h"
#include "service/payroll/right/payroll_right.h"
#include "service/payroll/run/payrun_pay.h"

/* ---- all months ---- */

static const struct {
    enum text_key name;
    enum panel_mood mood;
} states[PAYRUN_STATES] = {
    [PAYRUN_MAKING] = {T_payroll_state_making, PANEL_PLAIN}, [PAYRUN_DRAFT] = {T_payroll_state_draft, PANEL_PLAIN},
    [PAYRUN_APPROVED] = {T_payroll_state_approved, PANEL_GOOD}, [PAYRUN_CLOSED] = {T_payroll_state_closed, PANEL_GOOD},
    [PAYRUN_DROPPED] = {T_payroll_state_dropped, PANEL_BAD},
};

static enum status add_months(struct panel *panel)
{
    struct ctx *ctx = panel->ctx;
    struct panel_page_table *table;
    payrun_row *runs;
    size_t count;
    TRY(payrun_list(ctx, &runs, &count));
    TRY(panel_table(panel, "months", T_payroll_months, T_payroll_months_none, count, &table));
    panel_head(panel, table, T_payroll_month, PANEL_TEXT);
    panel_head(panel, table, T_payroll_state, PANEL_TEXT);
    panel_head(panel, table, T_payroll_payslips, PANEL_OPTIONAL_NUMBER);
    panel_head(panel, table, T_payroll_line_gross, PANEL_OPTIONAL_NUMBER);
    panel_head(panel, table, T_payroll_line_net, PANEL_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct date month = {(int32_t)runs[i].month_day};
        struct panel_page_table_row *row = panel_row(panel, table, panel_month(ctx, month), month_path(ctx, month, ""));
        if (row == NULL)
            return LIMIT;
        panel_cell_tag(row, text_of(ctx->language, states[runs[i].state].name), states[runs[i].state].mood);
        panel_cell(row, panel_number(ctx, runs[i].made), PANEL_OPTIONAL_NUMBER);
        panel_cell(row, panel_euros(ctx, runs[i].gross), PANEL_OPTIONAL_NUMBER);
        panel_cell(row, panel_euros(ctx, runs[i].net), PANEL_NUMBER);
    }
    return OK;
}

static enum status add_open(struct panel *panel)
{
    struct ctx *ctx = panel->ctx;
    struct panel_page_action *action;
    struct date next;
    TRY(payrun_next(ctx, &next));
    TRY(panel_action(panel, "open", T_payroll_open, T_payroll_open_go, STR("/payroll/months"), &action));
    struct panel_page_action_field *field = panel_field(panel, action, "month", T_payroll_month, PANEL_MONTH);
    panel_value(panel, field, panel_iso(ctx, next.days != 0 ? next : ctx_today(ctx)));
    return OK;
}

enum status payroll_home_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct panel panel;
    unsigned rights;
    TRY(payroll_right_held(ctx, &rights));
    if (rights == 0 && !permission_allows(ctx->actor.rights, PERMISSION_ADMINISTER))
        return web_redirect(ctx, response, "/payroll/own");
    TRY(panel_begin(&panel, ctx, request, text_of(ctx->language, T_payroll_menu)));
    panel.page.is_first = true;
    if (rights & PAYROLL_PREPARE)
        TRY(add_open(&panel));
    if (rights != 0)
        TRY(add_months(&panel));
    else
        panel_nothing(&panel, T_payroll_no_right, T_payroll_no_right_text);
    panel_more(&panel, STR("/payroll/own"), T_payroll_own_title);
    if (rights & (PAYROLL_PREPARE | PAYROLL_APPROVE))
        panel_more(&panel, STR("/payroll/declarations"), T_payroll_declare_title);
    if (rights != 0) {
        panel_more(&panel, STR("/payroll/law"), T_payroll_law_title);
        panel_more(&panel, STR("/payroll/employer"), T_payroll_employer_title);
    }
    if (permission_allows(ctx->actor.rights, PERMISSION_ADMINISTER))
        panel_more(&panel, STR("/payroll/people"), T_payroll_right_title);
    return panel_end(&panel, response);
}

enum status payroll_open_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct date month;
    TRY(payroll_right_need(ctx, PAYROLL_PREPARE));
    if (panel_read_month(web_text(request, "month"), &month) != OK)
        return refuse(ctx, INVALID, "payroll.month", T_payroll_month_wrong);
    return web_redirect(ctx, response, "%s", str_c(ctx->arena, month_path(ctx, month, "")));
}

/* ---- one month ---- */

struct str month_path(struct ctx *ctx, struct date month, const char *rest)
{
    return str_format(ctx->arena, "/payroll/months/%.*s%s", STR_ARG(panel_iso(ctx, month)), rest);
}

enum status month_asked(struct ctx *ctx, const struct web_request *request, unsigned rights, struct date *ret_month)
{
    TRY(payroll_right_need(ctx, rights));
    return panel_read_month(request->params[0], ret_month) == OK ? OK : NOT_FOUND;
}

enum status month_begin(struct panel *panel, struct ctx *ctx, const struct web_request *request, struct date month,
                        enum text_key title)
{
    const struct text_arg names[] = {TEXT_ARG("month", panel_month(ctx, month)),
                                     TEXT_ARG("of_month", panel_of_month(ctx, month))};
    TRY(panel_begin(panel, ctx, request, text_with(ctx->arena, ctx->language, title, names, 2)));
    if (title != T_payroll_month_title)
        panel_crumb(panel, month_path(ctx, month, ""), panel_month(ctx, month));
    return OK;
}

static void add_facts(struct panel *panel, const payrun_row *run)
{
    struct ctx *ctx = panel->ctx;
    const struct {
        enum text_key label;
        int64_t cents;
    } sums[] = {{T_payroll_line_gross, run->gross},       {T_payroll_line_agent_total, run->withheld},
                {T_payroll_line_tax, run->tax},           {T_payroll_line_net, run->net},
                {T_payroll_line_employer_total, run->employer}, {T_payroll_line_cost, run->gross + run->employer}};
    panel_fact(panel, T_payroll_payslips, panel_number(ctx, run->made - run->failed), STR(""));
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        panel_fact(panel, sums[i].label, panel_euros(ctx, sums[i].cents), STR(""));
    panel_fact(panel, T_payroll_known, page_moment(ctx, (struct instant){run->known_ms}), STR(""));
    panel_fact(panel, T_payroll_made_by, run->made_by, STR(""));
    panel_fact(panel, T_payroll_approved_by, run->approved_by, STR(""));
    if (run->approved_ms != 0)
        panel_fact(panel, T_payroll_approved_at, page_moment(ctx, (struct instant){run->approved_ms}), STR(""));
    if (run->closed_ms != 0)
        panel_fact(panel, T_payroll_closed_at, page_moment(ctx, (struct instant){run->closed_ms}), STR(""));
}

static enum status add_button(struct panel *panel, const char *id, enum text_key title, enum text_key button,
                              struct str path, enum text_key text)
{
    struct panel_page_action *action;
    TRY(panel_action(panel, id, title, button, path, &action));
    panel_text(action, text_of(panel->ctx->language, text));
    return OK;
}

static enum status add_actions(struct panel *panel, struct date month, const payrun_row *run, unsigned rights)
{
    struct ctx *ctx = panel->ctx;
    bool may_approve = (rights & PAYROLL_APPROVE) != 0 && run != NULL && run->maker != ctx->actor.person;
    int64_t state = run == NULL ? PAYRUN_STATES : run->state;
    if (state == PAYRUN_DRAFT && may_approve && run->failed == 0)
        TRY(add_button(panel, "approve", T_payroll_approve, T_payroll_approve_go, month_path(ctx, month, "/approve"),
                       T_payroll_approve_text));
    if (state == PAYRUN_APPROVED && rights & (PAYROLL_APPROVE | PAYROLL_PREPARE))
        TRY(add_button(panel, "close", T_payroll_close, T_payroll_close_go, month_path(ctx, month, "/close"),
                       T_payroll_close_text));
    if ((rights & PAYROLL_PREPARE) && (run == NULL || state <= PAYRUN_DRAFT))
        TRY(add_button(panel, "draft", run == NULL ? T_payroll_draft : T_payroll_draft_again, T_payroll_draft_go,
                       month_path(ctx, month, "/draft"),
                       run == NULL ? T_payroll_draft_text : T_payroll_draft_again_text));
    return OK;
}

static enum status add_failed(struct panel *panel, const payrun_row *run)
{
    struct panel_page_table *table;
    payrun_failed_row *rows;
    size_t count;
    if (run->failed == 0)
        return OK;
    TRY(payrun_failed(panel->ctx, run->id, &rows, &count));
    TRY(panel_table(panel, "failed", T_payroll_failed_caption, T_payroll_none, count, &table));
    panel_head(panel, table, T_payroll_matricule, PANEL_TEXT);
    panel_head(panel, table, T_payroll_failed_field, PANEL_TEXT);
    for (size_t i = 0; i < count; i++) {
        struct panel_page_table_row *row = panel_row(panel, table, rows[i].matricule, STR(""));
        if (row == NULL)
            return LIMIT;
        panel_cell_tag(row, month_field_words(panel->ctx, rows[i].field), PANEL_BAD);
    }
    return OK;
}

static enum status add_slips(struct panel *panel, const payrun_row *run)
{
    struct ctx *ctx = panel->ctx;
    struct panel_page_table *table;
    payrun_slip_row *slips;
    size_t count;
    TRY(payrun_slips(ctx, run->id, &slips, &count));
    TRY(panel_table(panel, "slips", T_payroll_payslips, T_payroll_none, count, &table));
    panel_head(panel, table, T_payroll_matricule, PANEL_TEXT);
    panel_head(panel, table, T_payroll_line_gross, PANEL_NUMBER);
    panel_head(panel, table, T_payroll_line_employer_total, PANEL_OPTIONAL_NUMBER);
    panel_head(panel, table, T_payroll_line_tax, PANEL_OPTIONAL_NUMBER);
    panel_head(panel, table, T_payroll_line_net, PANEL_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct str path = str_format(ctx->arena, "/payroll/slips/%lld", (long long)slips[i].id);
        struct panel_page_table_row *row = panel_row(panel, table, slips[i].matricule, path);
        if (row == NULL)
            return LIMIT;
        panel_cell(row, panel_euros(ctx, slips[i].gross), PANEL_NUMBER);
        panel_cell(row, panel_euros(ctx, slips[i].employer), PANEL_OPTIONAL_NUMBER);
        panel_cell(row, panel_euros(ctx, slips[i].tax), PANEL_OPTIONAL_NUMBER);
        panel_cell(row, panel_euros(ctx, slips[i].net), PANEL_NUMBER);
    }
    return OK;
}

/* Rates that nobody has told are 0 on every payslip: never silently. */
static enum status add_warnings(struct panel *panel, struct date month)
{
    struct ctx *ctx = panel->ctx;
    unsigned lacks;
    TRY(employer_lacks(ctx, month, &lacks));
    for (size_t i = 0; i < EMPLOYER_CODES; i++) {
        const struct text_arg what = TEXT_ARG("what", text_of(ctx->language,
            employer_code_text((enum employer_code)i)));
        if (lacks >> i & 1)
            panel_warn(panel, text_with(ctx->arena, ctx->language, T_payroll_employer_lacks, &what, 1));
    }
    return OK;
}

static enum status add_run(struct panel *panel, struct date month, const payrun_row *run, unsigned rights)
{
    struct ctx *ctx = panel->ctx;
    const struct text_arg made = NUMBER_ARG("count", run->made);
    panel_tag(panel, states[run->state].name, states[run->state].mood);
    if (run->state == PAYRUN_MAKING)
        panel_moving(panel, text_with(ctx->arena, ctx->language, T_payroll_made_so_far, &made, 1),
                     month_path(ctx, month, ""), run->made, run->agents > run->made ? run->agents : run->made + 1);
    add_facts(panel, run);
    TRY(add_actions(panel, month, run, rights));
    if (run->state == PAYRUN_DRAFT && rights & PAYROLL_PREPARE && run->maker == ctx->actor.person)
        panel_warn(panel, text_of(ctx->language, T_payroll_approve_other));
    TRY(add_failed(panel, run));
    if (run->state == PAYRUN_MAKING)
        return OK;
    TRY(month_add_alerts(panel, run));
    return add_slips(panel, run);
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        struct date month, bool is_refused)
{
    struct panel panel;
    payrun_row run;
    unsigned rights;
    TRY(payroll_right_held(ctx, &rights));
    TRY(month_begin(&panel, ctx, request, month, T_payroll_month_title));
    if (is_refused)
        panel_trouble(&panel);
    TRY(add_warnings(&panel, month));
    panel_link(&panel, month_path(ctx, month, "/elements"), T_payroll_elements);
    enum status found = payrun_of(ctx, month, &run);
    if (found == OK) {
        panel_link(&panel, month_path(ctx, month, "/changes"), T_payroll_changes);
        panel_more(&panel, month_path(ctx, month, "/vendor"), T_payroll_witness_title);
        if (run.state == PAYRUN_APPROVED || run.state == PAYRUN_CLOSED)
            month_add_links(&panel, month);
        TRY(add_run(&panel, month, &run, rights));
    } else if (found == NOT_FOUND) {
        TRY(add_actions(&panel, month, NULL, rights));
    } else {
        return found;
    }
    return panel_end(&panel, response);
}

enum status payroll_month_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct date month;
    TRY(month_asked(ctx, request, PAYROLL_READ, &month));
    return show(ctx, request, response, month, false);
}

/* ---- deeds ---- */

static enum status after(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                         struct date month, enum status done)
{
    if (done == CONFLICT || done == INVALID)
        return show(ctx, request, response, month, true);
    TRY(done);
    return web_redirect(ctx, response, "%s", str_c(ctx->arena, month_path(ctx, month, "?saved=1")));
}

/* The first steps at once, so that a small town sees its draft on the next page. */
enum { STEPS_AT_ONCE = 2 };
enum status payroll_draft_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct date month;
    int64_t id;
    TRY(month_asked(ctx, request, PAYROLL_PREPARE, &month));
    enum status done = payrun_begin(ctx, month, &id);
    for (int i = 0; i < STEPS_AT_ONCE && done == OK; i++)
        done = payrun_step(ctx);
    done = done == NOT_FOUND ? OK : done; /* all is made */
    return after(ctx, request, response, month, done);
}

typedef enum status run_deed(struct ctx *ctx, int64_t id);

static enum status deed(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        run_deed *run_deed_of)
{
    struct date month;
    payrun_row run;
    TRY(month_asked(ctx, request, PAYROLL_READ, &month));
    TRY(payrun_of(ctx, month, &run));
    return after(ctx, request, response, month, run_deed_of(ctx, run.id));
}

enum status payroll_approve_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return deed(ctx, request, response, payrun_approve);
}

enum status payroll_close_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return deed(ctx, request, response, payrun_close);
}
