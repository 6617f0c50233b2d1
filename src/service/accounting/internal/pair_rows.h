/* Operations of order as a file of a town's export; after pieces and assets. */
#ifndef SERVICE_ACCOUNTING_INTERNAL_PAIR_ROWS_H
#define SERVICE_ACCOUNTING_INTERNAL_PAIR_ROWS_H

#include "core/export.h"

enum { PAIR_ROWS = 1 };
extern const struct export_file pair_rows[PAIR_ROWS];

#endif
