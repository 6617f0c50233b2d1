/* The rows of a town's budgets as files of its export: each table's, with the numbers they refer to each other by. */
#ifndef SERVICE_ACCOUNTING_BUDGET_BUDGET_ROWS_H
#define SERVICE_ACCOUNTING_BUDGET_BUDGET_ROWS_H

#include "core/export.h"

enum { BUDGET_ROWS = 4 };
extern const struct export_file budget_rows[BUDGET_ROWS];

#endif
