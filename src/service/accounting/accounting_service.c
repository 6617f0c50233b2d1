#include "service/accounting/accounting_service.h"

#include "core/member_verb.h"
#include "service/accounting/budget/budget_rows.h"
#include "service/accounting/budget/budget_verb.h"
#include "service/accounting/cfu/cfu_verb.h"

static const struct web_route routes[] = {
    {WEB_GET, "/accounting", PERMISSION_SELF, false, budget_list_show},
    {WEB_GET, "/accounting/acts/{act}", PERMISSION_SELF, false, budget_act_show},
    {WEB_GET, "/accounting/acts/{act}/changes", PERMISSION_SELF, false, budget_changes_show},
    {WEB_GET, "/accounting/acts/{act}/lines.csv", PERMISSION_SELF, false, budget_csv_show},
    {WEB_POST, "/accounting/acts/{act}/prepare", PERMISSION_ADMINISTER, false, budget_prepare_act},
    {WEB_GET, "/accounting/acts/{act}/edit", PERMISSION_ADMINISTER, false, budget_edit_show},
    {WEB_POST, "/accounting/acts/{act}/edit", PERMISSION_ADMINISTER, false, budget_edit_act},
    {WEB_POST, "/accounting/acts/{act}/add", PERMISSION_ADMINISTER, false, budget_add_act},
    {WEB_POST, "/accounting/acts/{act}/vote", PERMISSION_ADMINISTER, false, budget_vote_act},
    {WEB_POST, "/accounting/acts/{act}/drop", PERMISSION_ADMINISTER, false, budget_drop_act},
    {WEB_POST, "/accounting/acts/{act}/publish", PERMISSION_ADMINISTER, false, publish_act},
    {WEB_POST, "/accounting/acts/{act}/withdraw", PERMISSION_ADMINISTER, false, publish_withdraw_act},
    {WEB_GET, "/accounting/acts/{act}/budget.pdf", PERMISSION_SELF, false, print_pdf_show},
    {WEB_GET, "/accounting/acts/{act}/lines.ods", PERMISSION_SELF, false, print_ods_show},
    {WEB_GET, "/budget", PERMISSION_NONE, true, publish_first_show},
    {WEB_GET, "/budget/{act}", PERMISSION_NONE, true, publish_show},
    {WEB_GET, "/budget/{act}/scdl.csv", PERMISSION_NONE, true, publish_scdl_show},
    {WEB_GET, "/budget/{act}/chapter/{code}", PERMISSION_NONE, true, publish_chapter_show},
    {WEB_GET, "/budget/{act}/function/{code}", PERMISSION_NONE, true, publish_function_show},
};

static const struct verb verbs[] = {
    {"accounting import-budget",
     "NAME FILE [--replace] [--with-faults]",
     T_accounting_verb_import,
     {{VERB_PARENT, member_verb_of_name},
      [BUDGET_IMPORT_OPEN] = {VERB_COMMAND, budget_import_open},
      [BUDGET_IMPORT_TAKE] = {VERB_TOWN, budget_import_take},
      [BUDGET_IMPORT_READ] = {VERB_COMMAND, budget_import_read},
      [BUDGET_IMPORT_END] = {VERB_TOWN, budget_import_end}}},
    {"accounting export-budget",
     "NAME SIRET YEAR ACT [--number N]",
     T_accounting_verb_export,
     {{VERB_PARENT, member_verb_of_name}, {VERB_READER, budget_export_make}, {VERB_COMMAND, budget_export_print}}},
    {"accounting budgets",
     "NAME",
     T_accounting_verb_budgets,
     {{VERB_PARENT, member_verb_of_name}, {VERB_TOWN, budget_list_print}}},
    {"accounting reconcile-with",
     "NAME FILE",
     T_accounting_verb_reconcile,
     {{VERB_PARENT, member_verb_of_name},
      {VERB_COMMAND, cfu_verb_open},
      {VERB_READER, cfu_verb_lines},
      {VERB_COMMAND, cfu_verb_compare}}},
};

static const struct menu_entry menu[] = {{T_accounting_menu, "/accounting", "money", PERMISSION_SELF},
                                         {T_accounting_public_menu, "/budget", "money", PERMISSION_NONE}};

const struct service accounting_service = {
    .name = "accounting",
    .title = T_accounting_menu,
    .summary = T_accounting_summary,
    .owner = WEB_TOWN,
    .routes = routes,
    .route_count = sizeof routes / sizeof routes[0],
    .verbs = verbs,
    .verb_count = sizeof verbs / sizeof verbs[0],
    .exports = budget_rows,
    .export_count = BUDGET_ROWS,
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
};
