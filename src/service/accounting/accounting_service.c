#include "service/accounting/accounting_service.h"

#include "core/member_verb.h"
#include "service/accounting/book/book.h"
#include "service/accounting/book/book_rows.h"
#include "service/accounting/book/book_verb.h"
#include "service/accounting/budget/budget_rows.h"
#include "service/accounting/budget/budget_verb.h"
#include "service/accounting/budget/vote_rows.h"
#include "service/accounting/chart/chart_verb.h"

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
    {WEB_GET, "/accounting/acts/{act}/transfers", PERMISSION_SELF, false, budget_transfers_show},
    {WEB_POST, "/accounting/acts/{act}/transfers", PERMISSION_ADMINISTER, false, budget_transfer_act},
    {WEB_POST, "/accounting/acts/{act}/rate", PERMISSION_ADMINISTER, false, budget_rate_act},
    {WEB_POST, "/accounting/acts/{act}/told", PERMISSION_ADMINISTER, false, budget_told_act},
    {WEB_POST, "/accounting/acts/{act}/paste", PERMISSION_ADMINISTER, false, budget_paste_act},
    {WEB_POST, "/accounting/acts/{act}/amend", PERMISSION_ADMINISTER, false, budget_amend_act},
    {WEB_POST, "/accounting/acts/{act}/results", PERMISSION_ADMINISTER, false, budget_results_act},
    {WEB_GET, "/accounting/charts", PERMISSION_SELF, false, chart_list_show},
    {WEB_POST, "/accounting/charts/taken", PERMISSION_ADMINISTER, false, chart_take_act},
    {WEB_POST, "/accounting/charts/taken/{taken}/end", PERMISSION_ADMINISTER, false, chart_take_end_act},
};

static const struct verb verbs[] = {
    {"accounting import-budget",
     "NAME FILE [--replace] [--with-faults]",
     T_accounting_verb_import,
     {{VERB_PARENT, member_verb_of_name},
      [BUDGET_IMPORT_CHARTS] = {VERB_TOWN, chart_hand_over},
      [BUDGET_IMPORT_OPEN] = {VERB_COMMAND, budget_import_open},
      [BUDGET_IMPORT_TAKE] = {VERB_TOWN, budget_import_take},
      [BUDGET_IMPORT_READ] = {VERB_COMMAND, budget_import_read},
      [BUDGET_IMPORT_END] = {VERB_TOWN, budget_import_end}}},
    {"accounting export-budget",
     "NAME SIRET YEAR ACT [--number N] [--with-faults]",
     T_accounting_verb_export,
     {{VERB_PARENT, member_verb_of_name}, {VERB_READER, budget_export_make}, {VERB_COMMAND, budget_export_print}}},
    {"accounting import-chart",
     "NAME FILE [--replace]",
     T_accounting_verb_import_chart,
     {{VERB_PARENT, member_verb_of_name}, {VERB_COMMAND, chart_import_read}, {VERB_TOWN, chart_import_take}}},
    {"accounting budgets",
     "NAME",
     T_accounting_verb_budgets,
     {{VERB_PARENT, member_verb_of_name}, {VERB_TOWN, budget_list_print}}},
    {"accounting verify",
     "NAME",
     T_accounting_verb_verify,
     {{VERB_PARENT, member_verb_of_name}, {VERB_READER, book_verify_print}}},
};

static const struct export_set exports[] = {
    {budget_rows, BUDGET_ROWS},
    {vote_rows, VOTE_ROWS},
    {book_rows, BOOK_ROWS},
};

static enum status verify(struct ctx *ctx, struct buf *findings)
{
    struct book_proof proof;
    return book_verify(ctx, &proof, findings);
}

static const struct menu_entry menu[] = {{T_accounting_menu, "/accounting", "money", PERMISSION_SELF}};

const struct service accounting_service = {
    .name = "accounting",
    .title = T_accounting_menu,
    .summary = T_accounting_summary,
    .owner = WEB_TOWN,
    .routes = routes,
    .route_count = sizeof routes / sizeof routes[0],
    .verbs = verbs,
    .verb_count = sizeof verbs / sizeof verbs[0],
    .exports = exports,
    .export_count = sizeof exports / sizeof exports[0],
    .rebuild = book_rebuild,
    .verify = verify,
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
};
