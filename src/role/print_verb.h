/* Verbs that print more than one step may: the bytes are kept, and printed in as many steps as it takes. */
#ifndef ROLE_PRINT_VERB_H
#define ROLE_PRINT_VERB_H

#include "core/verb.h"

/* Bytes that print_go is to print, and how the verb ends once they are (INVALID: what was found is in them). LIMIT:
 * there is no room for them. */
MUST_USE enum status print_keep(struct verb_call *call, struct str bytes, enum status end);
verb_run print_go;

#endif
