/* The rows of third parties as files of a town's export: parties, the changes of their fields, their accounts. */
#ifndef SERVICE_ACCOUNTING_PARTY_PARTY_ROWS_H
#define SERVICE_ACCOUNTING_PARTY_PARTY_ROWS_H

#include "core/export.h"

enum { PARTY_ROWS = 3 };
extern const struct export_file party_rows[PARTY_ROWS];

#endif
