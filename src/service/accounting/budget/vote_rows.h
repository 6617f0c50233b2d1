/* Tables of charts, rates, transfers and programmes as files of a town's export. */
#ifndef SERVICE_ACCOUNTING_BUDGET_VOTE_ROWS_H
#define SERVICE_ACCOUNTING_BUDGET_VOTE_ROWS_H

#include "core/export.h"

enum { VOTE_ROWS = 6 };
extern const struct export_file vote_rows[VOTE_ROWS];

#endif
