/* Tables of the end of a year as files of a town's export. */
#ifndef SERVICE_ACCOUNTING_CLOSE_CLOSE_ROWS_H
#define SERVICE_ACCOUNTING_CLOSE_CLOSE_ROWS_H

#include "core/export.h"

enum { CLOSE_ROWS = 6 };
extern const struct export_file close_rows[CLOSE_ROWS];

#endif
