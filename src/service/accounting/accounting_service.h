/* The service accounting: a town's budgets, brought in and shown. */
#ifndef SERVICE_ACCOUNTING_ACCOUNTING_SERVICE_H
#define SERVICE_ACCOUNTING_ACCOUNTING_SERVICE_H

#include "core/service.h"

extern const struct service accounting_service;

web_handler budget_list_show, budget_act_show, budget_changes_show, budget_csv_show;
web_handler chart_list_show, chart_take_act, chart_take_end_act;
web_handler budget_prepare_act, budget_edit_show, budget_edit_act, budget_add_act, budget_vote_act, budget_drop_act;
web_handler budget_transfers_show, budget_transfer_act, budget_rate_act, budget_told_act;
web_handler budget_paste_act, budget_amend_act, budget_results_act;

#endif
