/* Verbs over a town's journal: its proof. */
#ifndef SERVICE_ACCOUNTING_BOOK_BOOK_VERB_H
#define SERVICE_ACCOUNTING_BOOK_BOOK_VERB_H

#include "core/verb.h"

/* In a reader: prints how many entries hold and the hash of the last; CORRUPT, with each finding, where they do not. */
verb_run book_verify_print;

#endif
