/* A verb over a town's journal: the whole of it in an open form. */
#ifndef SERVICE_ACCOUNTING_BOOK_BOOK_VERB_H
#define SERVICE_ACCOUNTING_BOOK_BOOK_VERB_H

#include "core/verb.h"

/* Writes the journal in the form that --format names (engine/journal_format.h; jsonl where it is not said), some MB at
 * a time. INVALID "accounting.format": there is none of that name. */
enum { BOOK_EXPORT_MAKE = 1, BOOK_EXPORT_PRINT };
verb_run book_export_make, book_export_print;

#endif
