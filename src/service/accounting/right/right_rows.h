/* The rows of rights, services of the town and delegations as files of a town's export; people by their address. */
#ifndef SERVICE_ACCOUNTING_RIGHT_RIGHT_ROWS_H
#define SERVICE_ACCOUNTING_RIGHT_RIGHT_ROWS_H

#include "core/export.h"

enum { RIGHT_ROWS = 4 };
extern const struct export_file right_rows[RIGHT_ROWS];

#endif
