/* The rows of receipts as files of a town's export, in an order in which each needs only those before. */
#ifndef SERVICE_ACCOUNTING_RECEIPT_RECEIPT_ROWS_H
#define SERVICE_ACCOUNTING_RECEIPT_RECEIPT_ROWS_H

#include "core/export.h"

enum { RECEIPT_ROWS = 9 };
extern const struct export_file receipt_rows[RECEIPT_ROWS];

#endif
