/* The verb by which a town that leaves with its staff gets what is sealed in the clear (decision 0023).
 *
 * A line of JSON for each agent that has an identity or a confirmed account, by code. Each reading is noted in the
 * agent's file, and the whole in the audit log. */
#ifndef SERVICE_STAFF_RECORD_STAFF_SEALED_H
#define SERVICE_STAFF_RECORD_STAFF_SEALED_H

#include "core/verb.h"

enum { STAFF_SEALED_NEXT = 1, STAFF_SEALED_PIECE = 50 };
verb_run staff_sealed_next;

#endif
