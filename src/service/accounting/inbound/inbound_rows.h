/* The rows of inbound files as files of a town's export: the files before the bills that came of them, what became of
 * each invoice after them. */
#ifndef SERVICE_ACCOUNTING_INBOUND_INBOUND_ROWS_H
#define SERVICE_ACCOUNTING_INBOUND_INBOUND_ROWS_H

#include "core/export.h"

enum { INBOUND_ROWS = 1, INBOUND_LINE_ROWS = 1 };
extern const struct export_file inbound_rows[INBOUND_ROWS], inbound_line_rows[INBOUND_LINE_ROWS];

#endif
