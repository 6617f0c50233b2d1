/* Verbs of sources: `source add|list|remove NAME ...`, `source licences` (source_import.h has `source import`). */
#ifndef SERVICE_SOURCE_SOURCE_VERB_H
#define SERVICE_SOURCE_SOURCE_VERB_H

#include "core/verb.h"

/* In the command: reads one file, and what a document was found to say. In the town: takes it. */
verb_run source_verb_read_file, source_verb_read_document, source_verb_take;
enum { SOURCE_VERB_TAKE = 4 /* the step of `source add` that takes */ };
verb_run source_verb_list, source_verb_remove, source_verb_licences;

#endif
