/* The inventory and what years were charged with it, as files of a town's export. */
#ifndef SERVICE_ACCOUNTING_ASSET_ITEM_ROWS_H
#define SERVICE_ACCOUNTING_ASSET_ITEM_ROWS_H

#include "core/export.h"

enum { ITEM_ROWS = 2 };
extern const struct export_file item_rows[ITEM_ROWS];

#endif
