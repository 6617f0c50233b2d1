/* What other pages show of loans. */
#ifndef SERVICE_ACCOUNTING_DEBT_LOAN_VIEW_H
#define SERVICE_ACCOUNTING_DEBT_LOAN_VIEW_H

#include "service/accounting/debt/loan.h"
#include "service/accounting/spend/spend_view.h"

/* Instalments due until the end of this month and not ordered: their sum as a fact, each in a table. */
MUST_USE enum status loan_due_table(struct spend_view *view, const struct credit_year *year);

#endif
