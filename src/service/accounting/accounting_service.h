/* The service accounting: a town's budgets, brought in and shown. */
#ifndef SERVICE_ACCOUNTING_ACCOUNTING_SERVICE_H
#define SERVICE_ACCOUNTING_ACCOUNTING_SERVICE_H

#include "core/service.h"

extern const struct service accounting_service;

web_handler budget_list_show, budget_act_show, budget_changes_show, budget_csv_show;
web_handler chart_list_show, chart_take_act, chart_take_end_act;
web_handler budget_prepare_act, budget_edit_show, budget_edit_act, budget_add_act, budget_vote_act, budget_drop_act;
web_handler budget_transfers_show, budget_transfer_act, budget_rate_act, budget_told_act;
web_handler budget_annexes_show, budget_annexes_act;
web_handler budget_programmes_show, budget_programme_act, programme_show;
web_handler budget_paste_act, budget_amend_act, budget_results_act;
web_handler right_people_show, right_people_act, right_apart_act;
web_handler unit_list_show, unit_add_act, unit_set_act, signatory_add_act, signatory_end_act;
web_handler party_list_show, party_new_show, party_new_act, party_one_show, party_one_act;
web_handler party_bank_add_act, party_bank_confirm_act, party_bank_refuse_act;

web_handler spend_tax_act;
web_handler spend_year_show, spend_cell_show, spend_open_act;
web_handler engagement_list_show, engagement_new_show, engagement_new_act, engagement_show, engagement_attest_act,
    engagement_release_act;
web_handler bill_list_show, bill_new_show, bill_new_act, bill_show, bill_file_show, bill_match_act, bill_order_act,
    bill_interrupt_act, bill_complete_act, bill_back_act, bill_retain_act, bill_free_act;
web_handler inbound_act, inbound_show, bill_attest_act, bill_deduct_act;
web_handler voucher_show, voucher_add_act, voucher_drop_act;
web_handler order_list_show, order_new_show, order_new_act, title_list_show, title_new_show, title_new_act, piece_show,
    piece_reduce_act;
web_handler slip_list_show, slip_make_act, slip_show, slip_sign_act, slip_file_show, slip_file_act, slip_returns_show,
    slip_returns_act;
web_handler budget_amend_act, budget_results_act;
web_handler batch_list_show, batch_model_show, batch_bring_act, batch_show, batch_file_show, batch_rows_show,
    batch_press_act, batch_again_act, batch_drop_act;
web_handler suspense_list_show, suspense_add_act, suspense_csv_act, suspense_show, suspense_settle_act;
web_handler regie_list_show, regie_add_act, regie_show, regie_take_act, regie_hand_act, regie_title_act, regie_end_act;
web_handler asap_words_show, asap_words_act, asap_show, asap_list_show, asap_file_show;
web_handler publish_act, publish_withdraw_act, publish_first_show, publish_show, publish_scdl_show;
web_handler publish_chapter_show, publish_function_show;
web_handler before_show, before_act;
web_handler close_show, close_act, close_again_act, remain_show, remain_sign_act, remain_receipt_act;
web_handler attach_show, attach_orders_act, attach_title_act, attach_reverse_act, annul_act;
web_handler print_pdf_show, print_ods_show, print_piece_show, print_slip_show;
web_handler desk_show, find_show;
web_handler listing_engagements_show, listing_bills_show, listing_orders_show, listing_titles_show, listing_slips_show,
    listing_parties_show;
web_handler item_list_show, item_charge_act, item_import_act, item_csv_show, item_annex_show, item_new_show,
    item_new_act, item_show, item_leave_act;
web_handler item_dispose_act, pair_show, pair_act, loan_accrue_act, loan_reverse_act, loan_rate_act;
web_handler cfu_show, cfu_compare_act;
web_handler cfu_book_show, cfu_book_make_act, cfu_book_vote_act;
web_handler budget_xml_show;
web_handler figure_list_show, figure_add_act;
web_handler regie_undo_act, engagement_withdraw_act;
web_handler loan_list_show, loan_new_act, loan_annex_show, loan_show, loan_pay_act, loan_bank_act;

#endif
