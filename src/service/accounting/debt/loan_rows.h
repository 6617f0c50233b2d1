/* Loans, the bank's schedules and instalments that were ordered, as files of a town's export. */
#ifndef SERVICE_ACCOUNTING_DEBT_LOAN_ROWS_H
#define SERVICE_ACCOUNTING_DEBT_LOAN_ROWS_H

#include "core/export.h"

enum { LOAN_ROWS = 5 };
extern const struct export_file loan_rows[LOAN_ROWS];

#endif
