/* The journal as a file of a town's export: entries and hashes; what is derived is folded again where it comes in. */
#ifndef SERVICE_ACCOUNTING_BOOK_BOOK_ROWS_H
#define SERVICE_ACCOUNTING_BOOK_BOOK_ROWS_H

#include "core/export.h"

enum { BOOK_ROWS = 1 };
extern const struct export_file book_rows[BOOK_ROWS];

#endif
