/* Verbs of third parties. */
#ifndef SERVICE_ACCOUNTING_PARTY_PARTY_VERB_H
#define SERVICE_ACCOUNTING_PARTY_PARTY_VERB_H

#include "core/verb.h"

/* import-parties: the command reads the CSV and hands over some rows at a time, of which each piece is one job; what is
 * there already is left as it is, and a row with faults is told and not taken. */
enum { PARTY_IMPORT_READ = 1, PARTY_IMPORT_TAKE, PARTY_IMPORT_END };
verb_run party_import_read, party_import_take, party_import_end;

#endif
