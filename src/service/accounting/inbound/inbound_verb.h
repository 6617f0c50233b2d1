/* import-invoice: the command reads the file (a PDF's data come from the role convert) and hands over some invoices at
 * a time, of which each piece is one job. What is there already is left as it is; one with faults is told and not
 * taken. */
#ifndef SERVICE_ACCOUNTING_INBOUND_INBOUND_VERB_H
#define SERVICE_ACCOUNTING_INBOUND_INBOUND_VERB_H

#include "core/verb.h"

enum {
    INBOUND_VERB_OPEN = 1,
    INBOUND_VERB_ATTACHED, /* VERB_ATTACHED */
    INBOUND_VERB_READ,
    INBOUND_VERB_KEEP,
    INBOUND_VERB_NEXT,
    INBOUND_VERB_TAKE,
    INBOUND_VERB_END,
};
verb_run inbound_verb_open, inbound_verb_read, inbound_verb_keep, inbound_verb_next, inbound_verb_take,
    inbound_verb_end;

#endif
