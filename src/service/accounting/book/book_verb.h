/* Verbs over a town's journal: its proof, and the whole of it in an open form. */
#ifndef SERVICE_ACCOUNTING_BOOK_BOOK_VERB_H
#define SERVICE_ACCOUNTING_BOOK_BOOK_VERB_H

#include "core/verb.h"

/* In a reader: prints how many entries hold and the hash of the last; CORRUPT, with each finding, where they do not. */
verb_run book_verify_print;

/* Writes the journal in the form that --format names (engine/journal_format.h; jsonl where it is not said), some MB at
 * a time. INVALID "accounting.format": there is none of that name. */
enum { BOOK_EXPORT_MAKE = 1, BOOK_EXPORT_PRINT };
verb_run book_export_make, book_export_print;

#endif
