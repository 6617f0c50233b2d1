/* The service payroll: a town's pay, from elements to approved payslips. */
#ifndef SERVICE_PAYROLL_PAYROLL_SERVICE_H
#define SERVICE_PAYROLL_PAYROLL_SERVICE_H

#include "core/service.h"

extern const struct service payroll_service;

web_handler payroll_home_show, payroll_open_act, payroll_month_show, payroll_draft_act, payroll_approve_act,
    payroll_close_act, payroll_changes_show;
web_handler payroll_elements_show, payroll_element_act, payroll_import_act, payroll_withdraw_act;
web_handler payroll_slip_show, payroll_own_show, payroll_own_slip_show;
web_handler payroll_employer_show, payroll_employer_act;
web_handler payroll_law_show, payroll_law_act, payroll_law_import_act, payroll_law_one_show, payroll_law_approve_act,
    payroll_law_drop_act;
web_handler payroll_slip_pdf_show, payroll_own_pdf_show, payroll_lines_show, payroll_archive_show;
web_handler payroll_transfer_show, payroll_transfer_act;
web_handler payroll_posting_show, payroll_posting_act, payroll_vendor_show, payroll_vendor_act;
web_handler payroll_declare_show, payroll_declare_act;
web_handler payroll_right_show, payroll_right_act;

#endif
