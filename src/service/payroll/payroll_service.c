#include "service/payroll/payroll_service.h"

#include "core/member_verb.h"
#include "service/payroll/lang.h"
#include "service/payroll/run/payrun.h"
#include "service/payroll/run/payrun_pay.h"
#include "service/payroll/run/payrun_rows.h"
#include "service/payroll/run/payrun_verb.h"
#include "service/payroll/sample/payroll_sample.h"

static const struct web_route routes[] = {
    {WEB_GET, "/payroll", PERMISSION_SELF, false, payroll_home_show},
    {WEB_POST, "/payroll/months", PERMISSION_SELF, false, payroll_open_act},
    {WEB_GET, "/payroll/months/{month}", PERMISSION_SELF, false, payroll_month_show},
    {WEB_POST, "/payroll/months/{month}/draft", PERMISSION_SELF, false, payroll_draft_act},
    {WEB_POST, "/payroll/months/{month}/approve", PERMISSION_SELF, false, payroll_approve_act},
    {WEB_POST, "/payroll/months/{month}/close", PERMISSION_SELF, false, payroll_close_act},
    {WEB_GET, "/payroll/months/{month}/changes", PERMISSION_SELF, false, payroll_changes_show},
    {WEB_GET, "/payroll/months/{month}/elements", PERMISSION_SELF, false, payroll_elements_show},
    {WEB_POST, "/payroll/months/{month}/elements", PERMISSION_SELF, false, payroll_element_act},
    {WEB_POST, "/payroll/months/{month}/elements/import", PERMISSION_SELF, false, payroll_import_act},
    {WEB_POST, "/payroll/months/{month}/elements/{element}/withdraw", PERMISSION_SELF, false, payroll_withdraw_act},
    {WEB_GET, "/payroll/slips/{slip}", PERMISSION_SELF, false, payroll_slip_show},
    {WEB_GET, "/payroll/slips/{slip}/payslip.pdf", PERMISSION_SELF, false, payroll_slip_pdf_show},
    {WEB_GET, "/payroll/own/{slip}/payslip.pdf", PERMISSION_SELF, false, payroll_own_pdf_show},
    {WEB_GET, "/payroll/months/{month}/lines.csv", PERMISSION_SELF, false, payroll_lines_show},
    {WEB_GET, "/payroll/months/{month}/archive.zip", PERMISSION_SELF, false, payroll_archive_show},
    {WEB_GET, "/payroll/months/{month}/transfer", PERMISSION_SELF, false, payroll_transfer_show},
    {WEB_POST, "/payroll/months/{month}/transfer", PERMISSION_SELF, false, payroll_transfer_act},
    {WEB_GET, "/payroll/months/{month}/posting", PERMISSION_SELF, false, payroll_posting_show},
    {WEB_POST, "/payroll/months/{month}/posting", PERMISSION_SELF, false, payroll_posting_act},
    {WEB_GET, "/payroll/months/{month}/vendor", PERMISSION_SELF, false, payroll_vendor_show},
    {WEB_POST, "/payroll/months/{month}/vendor", PERMISSION_SELF, false, payroll_vendor_act},
    {WEB_GET, "/payroll/own", PERMISSION_SELF, false, payroll_own_show},
    {WEB_GET, "/payroll/own/{slip}", PERMISSION_SELF, false, payroll_own_slip_show},
    {WEB_GET, "/payroll/employer", PERMISSION_SELF, false, payroll_employer_show},
    {WEB_POST, "/payroll/employer", PERMISSION_SELF, false, payroll_employer_act},
    {WEB_GET, "/payroll/law", PERMISSION_SELF, false, payroll_law_show},
    {WEB_POST, "/payroll/law", PERMISSION_SELF, false, payroll_law_act},
    {WEB_POST, "/payroll/law/import", PERMISSION_SELF, false, payroll_law_import_act},
    {WEB_GET, "/payroll/law/{value}", PERMISSION_SELF, false, payroll_law_one_show},
    {WEB_POST, "/payroll/law/{value}/approve", PERMISSION_SELF, false, payroll_law_approve_act},
    {WEB_POST, "/payroll/law/{value}/drop", PERMISSION_SELF, false, payroll_law_drop_act},
    {WEB_GET, "/payroll/declarations", PERMISSION_SELF, false, payroll_declare_show},
    {WEB_POST, "/payroll/declarations", PERMISSION_SELF, false, payroll_declare_act},
    {WEB_GET, "/payroll/people", PERMISSION_ADMINISTER, false, payroll_right_show},
    {WEB_POST, "/payroll/people", PERMISSION_ADMINISTER, false, payroll_right_act},
};

static const struct verb verbs[] = {
    {"payroll run",
     "NAME MONTH",
     T_payroll_verb_run,
     {{VERB_PARENT, member_verb_of_name}, {VERB_TOWN, payrun_verb_begin}, {VERB_TOWN, payrun_verb_step}}},
    {"payroll explain",
     "NAME PAYSLIP",
     T_payroll_verb_explain,
     {{VERB_PARENT, member_verb_of_name}, {VERB_READER, payrun_verb_explain}}},
    {"payroll sample",
     "NAME",
     T_payroll_verb_sample,
     {{VERB_PARENT, member_verb_of_name},
      [PAYROLL_SAMPLE_BEGIN] = {VERB_TOWN, payroll_sample_begin},
      [PAYROLL_SAMPLE_ELEMENTS] = {VERB_TOWN, payroll_sample_elements},
      [PAYROLL_SAMPLE_PAY] = {VERB_TOWN, payroll_sample_pay}}},
    {"payroll verify",
     "NAME",
     T_payroll_verb_verify,
     {{VERB_PARENT, member_verb_of_name}, {VERB_READER, payrun_verb_verify}}},
};

enum { STEP_MS = 2 * 1000 };
static const struct service_job jobs[] = {{"payroll_run", STEP_MS, payrun_step}};

static const struct export_set exports[] = {{payrun_rows, PAYRUN_ROWS}};

static enum status verify(struct ctx *ctx, struct buf *findings)
{
    int64_t slips;
    return payrun_prove(ctx, findings, &slips);
}

static const struct menu_entry menu[] = {{T_payroll_menu, "/payroll", "money", PERMISSION_SELF}};

static const struct service_act acts[] = {
    {"payroll.rights", T_payroll_act_rights},     {"payroll.employer", T_payroll_act_employer},
    {"payroll.element", T_payroll_act_element},   {"payroll.element_withdraw", T_payroll_act_withdraw},
    {"payroll.import", T_payroll_act_import},     {"payroll.draft", T_payroll_act_draft},
    {"payroll.approve", T_payroll_act_approve},   {"payroll.close", T_payroll_act_close},
    {"payroll.law", T_payroll_act_law},           {"payroll.law_approve", T_payroll_act_law_approve},
    {"payroll.law_drop", T_payroll_act_law_drop}, {"payroll.read_all", T_payroll_act_read_all},
    {"payroll.post", T_payroll_act_post},
};

static const char *const needs[] = {"staff", "accounting", NULL};

const struct service payroll_service = {
    .name = "payroll",
    .title = T_payroll_menu,
    .summary = T_payroll_summary,
    .owner = WEB_TOWN,
    .needs = needs,
    .routes = routes,
    .route_count = sizeof routes / sizeof routes[0],
    .verbs = verbs,
    .verb_count = sizeof verbs / sizeof verbs[0],
    .jobs = jobs,
    .job_count = sizeof jobs / sizeof jobs[0],
    .exports = exports,
    .export_count = sizeof exports / sizeof exports[0],
    .verify = verify,
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
    .acts = acts,
    .act_count = sizeof acts / sizeof acts[0],
};
