/* `accounting verify`: the journal of a town and all that hangs on it, proven. */
#ifndef SERVICE_ACCOUNTING_SPEND_SPEND_VERB_H
#define SERVICE_ACCOUNTING_SPEND_SPEND_VERB_H

#include "core/verb.h"

/* In a reader: what was counted with the last hash and the digest, then each thing that does not hold; CORRUPT where
 * one does not. */
verb_run spend_verify_print;

#endif
