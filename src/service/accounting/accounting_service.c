#include "service/accounting/accounting_service.h"

#include "core/member_verb.h"
#include "service/accounting/book/book.h"
#include "service/accounting/book/book_rows.h"
#include "service/accounting/book/book_verb.h"
#include "service/accounting/budget/budget_rows.h"
#include "service/accounting/budget/budget_verb.h"
#include "service/accounting/figures/figure_rows.h"
#include "service/accounting/figures/figure_verb.h"
#include "service/accounting/inbound/inbound_rows.h"
#include "service/accounting/inbound/inbound_verb.h"
#include "service/accounting/party/party_rows.h"
#include "service/accounting/publish/publish.h"
#include "service/accounting/party/party_verb.h"
#include "service/accounting/receipt/batch.h"
#include "service/accounting/receipt/receipt_proof.h"
#include "service/accounting/receipt/receipt_rows.h"
#include "service/accounting/right/right_rows.h"
#include "service/accounting/spend/spend_proof.h"
#include "service/accounting/spend/spend_rows.h"
#include "service/accounting/story/story.h"
#include "service/accounting/story/story_rows.h"
#include "service/accounting/spend/spend_verb.h"
#include "service/accounting/budget/vote_rows.h"
#include "service/accounting/close/close_proof.h"
#include "service/accounting/close/close_rows.h"
#include "service/accounting/chart/chart_verb.h"
#include "service/accounting/asset/item_rows.h"
#include "service/accounting/internal/pair_rows.h"
#include "service/accounting/debt/loan_rows.h"
#include "service/accounting/cfu/cfu_verb.h"
#include "service/accounting/lang.h"

static const struct web_route routes[] = {
    {WEB_GET, "/accounting", PERMISSION_SELF, false, desk_show},
    {WEB_GET, "/accounting/acts", PERMISSION_SELF, false, budget_list_show},
    {WEB_GET, "/accounting/search", PERMISSION_SELF, false, find_show},
    {WEB_GET, "/accounting/acts/{act}", PERMISSION_SELF, false, budget_act_show},
    {WEB_GET, "/accounting/acts/{act}/changes", PERMISSION_SELF, false, budget_changes_show},
    {WEB_GET, "/accounting/acts/{act}/lines.csv", PERMISSION_SELF, false, budget_csv_show},
    {WEB_POST, "/accounting/acts/{act}/prepare", PERMISSION_SELF, false, budget_prepare_act},
    {WEB_GET, "/accounting/acts/{act}/edit", PERMISSION_SELF, false, budget_edit_show},
    {WEB_POST, "/accounting/acts/{act}/edit", PERMISSION_SELF, false, budget_edit_act},
    {WEB_POST, "/accounting/acts/{act}/add", PERMISSION_SELF, false, budget_add_act},
    {WEB_POST, "/accounting/acts/{act}/vote", PERMISSION_SELF, false, budget_vote_act},
    {WEB_POST, "/accounting/acts/{act}/drop", PERMISSION_SELF, false, budget_drop_act},
    {WEB_GET, "/accounting/acts/{act}/annexes", PERMISSION_SELF, false, budget_annexes_show},
    {WEB_POST, "/accounting/acts/{act}/annexes", PERMISSION_SELF, false, budget_annexes_act},
    {WEB_GET, "/accounting/programmes", PERMISSION_SELF, false, budget_programmes_show},
    {WEB_POST, "/accounting/programmes", PERMISSION_SELF, false, budget_programme_act},
    {WEB_GET, "/accounting/programmes/{programme}", PERMISSION_SELF, false, programme_show},
    {WEB_GET, "/accounting/acts/{act}/transfers", PERMISSION_SELF, false, budget_transfers_show},
    {WEB_POST, "/accounting/acts/{act}/transfers", PERMISSION_SELF, false, budget_transfer_act},
    {WEB_POST, "/accounting/acts/{act}/rate", PERMISSION_SELF, false, budget_rate_act},
    {WEB_POST, "/accounting/acts/{act}/told", PERMISSION_SELF, false, budget_told_act},
    {WEB_POST, "/accounting/acts/{act}/paste", PERMISSION_SELF, false, budget_paste_act},
    {WEB_GET, "/accounting/people", PERMISSION_ADMINISTER, false, right_people_show},
    {WEB_POST, "/accounting/people", PERMISSION_ADMINISTER, false, right_people_act},
    {WEB_POST, "/accounting/people/apart", PERMISSION_ADMINISTER, false, right_apart_act},
    {WEB_GET, "/accounting/services", PERMISSION_SELF, false, unit_list_show},
    {WEB_POST, "/accounting/services/add", PERMISSION_ADMINISTER, false, unit_add_act},
    {WEB_POST, "/accounting/services/unit", PERMISSION_ADMINISTER, false, unit_set_act},
    {WEB_POST, "/accounting/services/signatory", PERMISSION_ADMINISTER, false, signatory_add_act},
    {WEB_POST, "/accounting/services/end", PERMISSION_ADMINISTER, false, signatory_end_act},
    {WEB_GET, "/accounting/years/{budget}/{year}", PERMISSION_SELF, false, spend_year_show},
    {WEB_POST, "/accounting/years/{budget}/{year}/tax/{way}", PERMISSION_ADMINISTER, false, spend_tax_act},
    {WEB_GET, "/accounting/cells/{cell}", PERMISSION_SELF, false, spend_cell_show},
    {WEB_POST, "/accounting/acts/{act}/open", PERMISSION_SELF, false, spend_open_act},
    {WEB_GET, "/accounting/years/{budget}/{year}/engagements", PERMISSION_SELF, false, engagement_list_show},
    {WEB_GET, "/accounting/years/{budget}/{year}/engage", PERMISSION_SELF, false, engagement_new_show},
    {WEB_POST, "/accounting/years/{budget}/{year}/engage", PERMISSION_SELF, false, engagement_new_act},
    {WEB_GET, "/accounting/engagements/{engagement}", PERMISSION_SELF, false, engagement_show},
    {WEB_POST, "/accounting/engagements/{engagement}/attest", PERMISSION_SELF, false, engagement_attest_act},
    {WEB_POST, "/accounting/engagements/{engagement}/release", PERMISSION_SELF, false, engagement_release_act},
    {WEB_GET, "/accounting/years/{budget}/{year}/bills", PERMISSION_SELF, false, bill_list_show},
    {WEB_GET, "/accounting/years/{budget}/{year}/bill", PERMISSION_SELF, false, bill_new_show},
    {WEB_POST, "/accounting/years/{budget}/{year}/bill", PERMISSION_SELF, false, bill_new_act},
    {WEB_POST, "/accounting/years/{budget}/{year}/inbound", PERMISSION_SELF, false, inbound_act},
    {WEB_GET, "/accounting/inbound/{file}", PERMISSION_SELF, false, inbound_show},
    {WEB_POST, "/accounting/bills/{bill}/attest", PERMISSION_SELF, false, bill_attest_act},
    {WEB_POST, "/accounting/bills/{bill}/deduct", PERMISSION_SELF, false, bill_deduct_act},
    {WEB_GET, "/accounting/bills/{bill}", PERMISSION_SELF, false, bill_show},
    {WEB_GET, "/accounting/bills/{bill}/file", PERMISSION_SELF, false, bill_file_show},
    {WEB_POST, "/accounting/bills/{bill}/match", PERMISSION_SELF, false, bill_match_act},
    {WEB_POST, "/accounting/bills/{bill}/order", PERMISSION_SELF, false, bill_order_act},
    {WEB_POST, "/accounting/bills/{bill}/interrupt", PERMISSION_SELF, false, bill_interrupt_act},
    {WEB_POST, "/accounting/bills/{bill}/complete", PERMISSION_SELF, false, bill_complete_act},
    {WEB_POST, "/accounting/bills/{bill}/back", PERMISSION_SELF, false, bill_back_act},
    {WEB_GET, "/accounting/years/{budget}/{year}/orders", PERMISSION_SELF, false, order_list_show},
    {WEB_GET, "/accounting/years/{budget}/{year}/order", PERMISSION_SELF, false, order_new_show},
    {WEB_POST, "/accounting/years/{budget}/{year}/order", PERMISSION_SELF, false, order_new_act},
    {WEB_GET, "/accounting/years/{budget}/{year}/titles", PERMISSION_SELF, false, title_list_show},
    {WEB_GET, "/accounting/years/{budget}/{year}/title", PERMISSION_SELF, false, title_new_show},
    {WEB_POST, "/accounting/years/{budget}/{year}/title", PERMISSION_SELF, false, title_new_act},
    {WEB_GET, "/accounting/pieces/{piece}", PERMISSION_SELF, false, piece_show},
    {WEB_GET, "/accounting/vouchers/{voucher}", PERMISSION_SELF, false, voucher_show},
    {WEB_POST, "/accounting/pieces/{piece}/vouchers", PERMISSION_SELF, false, voucher_add_act},
    {WEB_POST, "/accounting/pieces/{piece}/vouchers/drop", PERMISSION_SELF, false, voucher_drop_act},
    {WEB_POST, "/accounting/pieces/{piece}/reduce", PERMISSION_SELF, false, piece_reduce_act},
    {WEB_GET, "/accounting/years/{budget}/{year}/before", PERMISSION_SELF, false, before_show},
    {WEB_POST, "/accounting/years/{budget}/{year}/before", PERMISSION_SELF, false, before_act},
    {WEB_GET, "/accounting/years/{budget}/{year}/close", PERMISSION_SELF, false, close_show},
    {WEB_POST, "/accounting/years/{budget}/{year}/close", PERMISSION_SELF, false, close_act},
    {WEB_POST, "/accounting/years/{budget}/{year}/close/again", PERMISSION_SELF, false, close_again_act},
    {WEB_GET, "/accounting/years/{budget}/{year}/remains", PERMISSION_SELF, false, remain_show},
    {WEB_POST, "/accounting/years/{budget}/{year}/remains/sign", PERMISSION_SELF, false, remain_sign_act},
    {WEB_POST, "/accounting/years/{budget}/{year}/remains/receipt", PERMISSION_SELF, false, remain_receipt_act},
    {WEB_GET, "/accounting/years/{budget}/{year}/attach", PERMISSION_SELF, false, attach_show},
    {WEB_POST, "/accounting/years/{budget}/{year}/attach", PERMISSION_SELF, false, attach_orders_act},
    {WEB_POST, "/accounting/years/{budget}/{year}/attach/title", PERMISSION_SELF, false, attach_title_act},
    {WEB_POST, "/accounting/years/{budget}/{year}/attach/reverse", PERMISSION_SELF, false, attach_reverse_act},
    {WEB_POST, "/accounting/pieces/{piece}/annul", PERMISSION_SELF, false, annul_act},
    {WEB_GET, "/accounting/years/{budget}/{year}/slips", PERMISSION_SELF, false, slip_list_show},
    {WEB_POST, "/accounting/years/{budget}/{year}/slip", PERMISSION_SELF, false, slip_make_act},
    {WEB_GET, "/accounting/slips/{slip}", PERMISSION_SELF, false, slip_show},
    {WEB_POST, "/accounting/slips/{slip}/sign", PERMISSION_SELF, false, slip_sign_act},
    {WEB_GET, "/accounting/slips/{slip}/pes.xml", PERMISSION_SELF, false, slip_file_show},
    {WEB_POST, "/accounting/slips/{slip}/pes", PERMISSION_SELF, false, slip_file_act},
    {WEB_GET, "/accounting/returns", PERMISSION_SELF, false, slip_returns_show},
    {WEB_POST, "/accounting/returns", PERMISSION_SELF, false, slip_returns_act},
    {WEB_GET, "/accounting/years/{budget}/{year}/batches", PERMISSION_SELF, false, batch_list_show},
    {WEB_GET, "/accounting/years/{budget}/{year}/batches/modele.csv", PERMISSION_SELF, false, batch_model_show},
    {WEB_POST, "/accounting/years/{budget}/{year}/batches", PERMISSION_SELF, false, batch_bring_act},
    {WEB_GET, "/accounting/batches/{batch}", PERMISSION_SELF, false, batch_show},
    {WEB_GET, "/accounting/batches/{batch}/file", PERMISSION_SELF, false, batch_file_show},
    {WEB_GET, "/accounting/batches/{batch}/rows.csv", PERMISSION_SELF, false, batch_rows_show},
    {WEB_POST, "/accounting/batches/{batch}/press", PERMISSION_SELF, false, batch_press_act},
    {WEB_POST, "/accounting/batches/{batch}/again", PERMISSION_SELF, false, batch_again_act},
    {WEB_POST, "/accounting/batches/{batch}/drop", PERMISSION_SELF, false, batch_drop_act},
    {WEB_GET, "/accounting/years/{budget}/{year}/suspense/{kind}", PERMISSION_SELF, false, suspense_list_show},
    {WEB_POST, "/accounting/years/{budget}/{year}/suspense/{kind}", PERMISSION_SELF, false, suspense_add_act},
    {WEB_POST, "/accounting/years/{budget}/{year}/suspense/{kind}/list", PERMISSION_SELF, false, suspense_csv_act},
    {WEB_GET, "/accounting/suspense/{suspense}", PERMISSION_SELF, false, suspense_show},
    {WEB_POST, "/accounting/suspense/{suspense}/settle", PERMISSION_SELF, false, suspense_settle_act},
    {WEB_GET, "/accounting/years/{budget}/{year}/regies", PERMISSION_SELF, false, regie_list_show},
    {WEB_POST, "/accounting/years/{budget}/{year}/regies", PERMISSION_SELF, false, regie_add_act},
    {WEB_GET, "/accounting/regies/{regie}", PERMISSION_SELF, false, regie_show},
    {WEB_POST, "/accounting/regies/{regie}/take", PERMISSION_SELF, false, regie_take_act},
    {WEB_POST, "/accounting/regies/{regie}/hand", PERMISSION_SELF, false, regie_hand_act},
    {WEB_POST, "/accounting/regies/{regie}/title", PERMISSION_SELF, false, regie_title_act},
    {WEB_POST, "/accounting/regies/{regie}/end", PERMISSION_SELF, false, regie_end_act},
    {WEB_GET, "/accounting/years/{budget}/{year}/notice", PERMISSION_SELF, false, asap_words_show},
    {WEB_POST, "/accounting/years/{budget}/{year}/notice", PERMISSION_SELF, false, asap_words_act},
    {WEB_GET, "/accounting/pieces/{piece}/notice.pdf", PERMISSION_SELF, false, asap_show},
    {WEB_GET, "/accounting/slips/{slip}/notices", PERMISSION_SELF, false, asap_list_show},
    {WEB_GET, "/accounting/slips/{slip}/notices/{part}", PERMISSION_SELF, false, asap_file_show},
    {WEB_GET, "/accounting/parties", PERMISSION_SELF, false, party_list_show},
    {WEB_GET, "/accounting/parties/new", PERMISSION_SELF, false, party_new_show},
    {WEB_POST, "/accounting/parties/new", PERMISSION_SELF, false, party_new_act},
    {WEB_GET, "/accounting/parties/{party}", PERMISSION_SELF, false, party_one_show},
    {WEB_POST, "/accounting/parties/{party}", PERMISSION_SELF, false, party_one_act},
    {WEB_POST, "/accounting/parties/{party}/accounts", PERMISSION_SELF, false, party_bank_add_act},
    {WEB_POST, "/accounting/parties/{party}/accounts/{account}/confirm", PERMISSION_SELF, false,
     party_bank_confirm_act},
    {WEB_POST, "/accounting/parties/{party}/accounts/{account}/refuse", PERMISSION_SELF, false, party_bank_refuse_act},
    {WEB_POST, "/accounting/acts/{act}/amend", PERMISSION_SELF, false, budget_amend_act},
    {WEB_POST, "/accounting/acts/{act}/results", PERMISSION_SELF, false, budget_results_act},
    {WEB_GET, "/accounting/charts", PERMISSION_SELF, false, chart_list_show},
    {WEB_POST, "/accounting/charts/taken", PERMISSION_ADMINISTER, false, chart_take_act},
    {WEB_POST, "/accounting/charts/taken/{taken}/end", PERMISSION_ADMINISTER, false, chart_take_end_act},
    {WEB_POST, "/accounting/acts/{act}/publish", PERMISSION_ADMINISTER, false, publish_act},
    {WEB_POST, "/accounting/acts/{act}/withdraw", PERMISSION_ADMINISTER, false, publish_withdraw_act},
    {WEB_GET, "/accounting/acts/{act}/budget.pdf", PERMISSION_SELF, false, print_pdf_show},
    {WEB_GET, "/accounting/acts/{act}/lines.ods", PERMISSION_SELF, false, print_ods_show},
    {WEB_GET, "/accounting/pieces/{piece}/piece.pdf", PERMISSION_SELF, false, print_piece_show},
    {WEB_GET, "/accounting/slips/{slip}/slip.pdf", PERMISSION_SELF, false, print_slip_show},
    {WEB_GET, "/accounting/years/{budget}/{year}/loans", PERMISSION_SELF, false, loan_list_show},
    {WEB_POST, "/accounting/years/{budget}/{year}/loans", PERMISSION_SELF, false, loan_new_act},
    {WEB_GET, "/accounting/years/{budget}/{year}/loans.csv", PERMISSION_SELF, false, loan_annex_show},
    {WEB_GET, "/accounting/years/{budget}/{year}/loans/{loan}", PERMISSION_SELF, false, loan_show},
    {WEB_POST, "/accounting/years/{budget}/{year}/loans/{loan}/pay", PERMISSION_SELF, false, loan_pay_act},
    {WEB_POST, "/accounting/years/{budget}/{year}/loans/{loan}/bank", PERMISSION_SELF, false, loan_bank_act},
    {WEB_GET, "/accounting/years/{budget}/{year}/assets", PERMISSION_SELF, false, item_list_show},
    {WEB_POST, "/accounting/years/{budget}/{year}/assets/charge", PERMISSION_SELF, false, item_charge_act},
    {WEB_POST, "/accounting/years/{budget}/{year}/assets/import", PERMISSION_SELF, false, item_import_act},
    {WEB_GET, "/accounting/years/{budget}/{year}/assets.csv", PERMISSION_SELF, false, item_csv_show},
    {WEB_GET, "/accounting/years/{budget}/{year}/patrimoine.csv", PERMISSION_SELF, false, item_annex_show},
    {WEB_GET, "/accounting/years/{budget}/{year}/asset", PERMISSION_SELF, false, item_new_show},
    {WEB_POST, "/accounting/years/{budget}/{year}/asset", PERMISSION_SELF, false, item_new_act},
    {WEB_GET, "/accounting/years/{budget}/{year}/assets/{asset}", PERMISSION_SELF, false, item_show},
    {WEB_POST, "/accounting/years/{budget}/{year}/assets/{asset}/leave", PERMISSION_SELF, false, item_leave_act},
    {WEB_POST, "/accounting/years/{budget}/{year}/assets/{asset}/dispose", PERMISSION_SELF, false, item_dispose_act},
    {WEB_GET, "/accounting/years/{budget}/{year}/pairs", PERMISSION_SELF, false, pair_show},
    {WEB_POST, "/accounting/years/{budget}/{year}/pairs", PERMISSION_SELF, false, pair_act},
    {WEB_POST, "/accounting/years/{budget}/{year}/loans/accrue", PERMISSION_SELF, false, loan_accrue_act},
    {WEB_POST, "/accounting/years/{budget}/{year}/loans/reverse", PERMISSION_SELF, false, loan_reverse_act},
    {WEB_POST, "/accounting/years/{budget}/{year}/loans/{loan}/rate", PERMISSION_SELF, false, loan_rate_act},
    {WEB_GET, "/accounting/figures", PERMISSION_SELF, false, figure_list_show},
    {WEB_POST, "/accounting/figures", PERMISSION_SELF, false, figure_add_act},
    {WEB_GET, "/accounting/cfu", PERMISSION_SELF, false, cfu_show},
    {WEB_POST, "/accounting/cfu", PERMISSION_SELF, false, cfu_compare_act},
    {WEB_GET, "/accounting/years/{budget}/{year}/account", PERMISSION_SELF, false, cfu_book_show},
    {WEB_POST, "/accounting/years/{budget}/{year}/account", PERMISSION_SELF, false, cfu_book_make_act},
    {WEB_POST, "/accounting/years/{budget}/{year}/account/vote", PERMISSION_SELF, false, cfu_book_vote_act},
    {WEB_GET, "/accounting/acts/{act}/docbudg.xml", PERMISSION_SELF, false, budget_xml_show},
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
    {"accounting import-parties",
     "NAME",
     T_accounting_verb_import_parties,
     {{VERB_PARENT, member_verb_of_name},
      [PARTY_IMPORT_READ] = {VERB_COMMAND, party_import_read},
      [PARTY_IMPORT_TAKE] = {VERB_TOWN, party_import_take},
      [PARTY_IMPORT_END] = {VERB_COMMAND, party_import_end}}},
    {"accounting import-invoice",
     "NAME FILE",
     T_accounting_verb_import_invoice,
     {{VERB_PARENT, member_verb_of_name},
      [INBOUND_VERB_OPEN] = {VERB_COMMAND, inbound_verb_open},
      [INBOUND_VERB_ATTACHED] = {VERB_ATTACHED, NULL},
      [INBOUND_VERB_READ] = {VERB_COMMAND, inbound_verb_read},
      [INBOUND_VERB_KEEP] = {VERB_TOWN, inbound_verb_keep},
      [INBOUND_VERB_NEXT] = {VERB_COMMAND, inbound_verb_next},
      [INBOUND_VERB_TAKE] = {VERB_TOWN, inbound_verb_take},
      [INBOUND_VERB_END] = {VERB_COMMAND, inbound_verb_end}}},
    {"accounting figure",
     "NAME CODE FROM VALUE SOURCE",
     T_accounting_verb_figure,
     {{VERB_PARENT, member_verb_of_name}, {VERB_TOWN, figure_verb_add}}},
    {"accounting verify",
     "NAME",
     T_accounting_verb_verify,
     {{VERB_PARENT, member_verb_of_name}, {VERB_READER, spend_verify_print}}},
    {"accounting export-journal",
     "NAME [--format jsonl|csv|ledger]",
     T_accounting_verb_export_journal,
     {{VERB_PARENT, member_verb_of_name},
      [BOOK_EXPORT_MAKE] = {VERB_READER, book_export_make},
      [BOOK_EXPORT_PRINT] = {VERB_COMMAND, book_export_print}}},
    {"accounting reconcile-with",
     "NAME FILE",
     T_accounting_verb_reconcile,
     {{VERB_PARENT, member_verb_of_name},
      {VERB_COMMAND, cfu_verb_open},
      {VERB_READER, cfu_verb_lines},
      {VERB_COMMAND, cfu_verb_compare}}},
};

static const struct export_set exports[] = {
    {budget_rows, BUDGET_ROWS},
    {right_rows, RIGHT_ROWS},
    {party_rows, PARTY_ROWS},
    {vote_rows, VOTE_ROWS},
    {book_rows, BOOK_ROWS},
    {inbound_rows, INBOUND_ROWS},
    {spend_rows, SPEND_ROWS},
    {close_rows, CLOSE_ROWS},
    {story_rows, STORY_ROWS},
    {loan_rows, LOAN_ROWS},
    {item_rows, ITEM_ROWS},
    {pair_rows, PAIR_ROWS},
    {inbound_line_rows, INBOUND_LINE_ROWS},
    {receipt_rows, RECEIPT_ROWS},
    {figure_rows, FIGURE_ROWS},
};

/* Lists of titres that are being read or made: looked for so often, then step after step. */
enum { BATCH_MS = 5 * 1000 };
static const struct service_job jobs[] = {{"accounting_batch", BATCH_MS, batch_step}};

static enum status verify(struct ctx *ctx, struct buf *findings)
{
    struct book_proof proof;
    TRY(book_verify(ctx, &proof, findings));
    TRY(spend_verify(ctx, findings));
    TRY(close_verify(ctx, findings));
    return receipt_verify(ctx, findings);
}

static const struct menu_entry menu[] = {{T_accounting_menu, "/accounting", "money", PERMISSION_SELF},
                                         {T_accounting_public_menu, "/budget", "money", PERMISSION_NONE}};

/* The page for everybody is there once something is published. */
static bool menu_has(struct ctx *ctx, const struct menu_entry *entry)
{
    return entry->permission != PERMISSION_NONE || publish_is_any(ctx);
}

const struct service accounting_service = {
    .name = "accounting",
    .title = T_accounting_menu,
    .summary = T_accounting_summary,
    .owner = WEB_TOWN,
    .routes = routes,
    .route_count = sizeof routes / sizeof routes[0],
    .verbs = verbs,
    .verb_count = sizeof verbs / sizeof verbs[0],
    .jobs = jobs,
    .job_count = sizeof jobs / sizeof jobs[0],
    .exports = exports,
    .export_count = sizeof exports / sizeof exports[0],
    .rebuild = book_rebuild,
    .verify = verify,
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
    .menu_has = menu_has,
    .acts = story_acts,
    .act_count = STORY_ACTS,
};
