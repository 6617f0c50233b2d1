/* The service accounting: a town's budgets, brought in and shown. */
#ifndef SERVICE_ACCOUNTING_ACCOUNTING_SERVICE_H
#define SERVICE_ACCOUNTING_ACCOUNTING_SERVICE_H

#include "core/service.h"

extern const struct service accounting_service;

web_handler budget_list_show, budget_act_show, budget_changes_show, budget_csv_show;
web_handler budget_prepare_act, budget_edit_show, budget_edit_act, budget_add_act, budget_vote_act, budget_drop_act;
web_handler publish_act, publish_withdraw_act, publish_first_show, publish_show, publish_scdl_show;
web_handler publish_chapter_show, publish_function_show;
web_handler print_pdf_show, print_ods_show;

#endif
