/* The rows of spending as files of a town's export, in an order in which each needs only those before. */
#ifndef SERVICE_ACCOUNTING_SPEND_SPEND_ROWS_H
#define SERVICE_ACCOUNTING_SPEND_SPEND_ROWS_H

#include "core/export.h"

enum { SPEND_ROWS = 8 };
extern const struct export_file spend_rows[SPEND_ROWS];

#endif
