/* A staff_identity (staff.h) says who an agent is; it stands sealed, and each reading is noted.
 *
 * Source: décret n° 2019-341 (the NIR, for social purposes alone). Invariants: rows are only added, the last one says
 * it; a NIR has a right key, a month that is one, and the sex and birth that were entered; it is of one agent.
 * Nothing of it stands in the clear. Whoever calls staff_identity_set has asked for the right; staff_identity_of
 * asks itself. */
#ifndef SERVICE_STAFF_RECORD_STAFF_IDENTITY_H
#define SERVICE_STAFF_RECORD_STAFF_IDENTITY_H

#include "service/staff/staff.h"

enum { STAFF_NAME_MAX = 100 /* bytes of each text */ };

/* Pure: T_none, or why it cannot be. A NIR may be "". */
enum text_key staff_identity_fault(const struct staff_identity *identity);
/* INVALID "staff.identity"; CONFLICT "staff.nir_twice". NOT_FOUND: no such agent. */
MUST_USE enum status staff_identity_set(struct ctx *ctx, int64_t agent, const struct staff_identity *identity);
/* As staff_identity_of, with no right asked for and no reading noted: whoever calls tells nothing of it, or notes it.
 * NOT_FOUND. */
MUST_USE enum status staff_identity_open(struct ctx *ctx, int64_t agent, struct staff_identity *ret_identity);
enum text_key staff_reason_name(enum staff_reason reason);

#endif
