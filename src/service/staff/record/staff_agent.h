/* A staff_agent is somebody who works, or has worked, for the town: a code, and the account here that is theirs.
 *
 * Invariants: a code is of one agent for ever, and says nothing of who it is; an account is of one agent. None is ever
 * deleted. Whoever calls has asked for the right. */
#ifndef SERVICE_STAFF_RECORD_STAFF_AGENT_H
#define SERVICE_STAFF_RECORD_STAFF_AGENT_H

#include "service/staff/record/staff_agent_sql.h"
#include "service/staff/staff.h"

enum { STAFF_AGENT_PAGE = 50 };

typedef struct sql_staff_agent_get_row staff_agent;

/* INVALID "staff.code" (not 1 to STAFF_CODE_MAX of A-Z, 0-9, -); CONFLICT "staff.code_taken". Writes nothing then. */
MUST_USE enum status staff_agent_check_code(struct ctx *ctx, struct str code);
MUST_USE enum status staff_agent_add(struct ctx *ctx, struct str code, int64_t *ret_id);
/* NOT_FOUND. */
MUST_USE enum status staff_agent_get(struct ctx *ctx, int64_t id, staff_agent *ret_agent);
/* The account by its address; "" takes it away. INVALID "staff.person" (no such person); CONFLICT
 * "staff.person_taken". */
MUST_USE enum status staff_agent_link(struct ctx *ctx, int64_t agent, struct str address);

typedef struct sql_staff_agent_find_row staff_agent_found;
/* Codes that begin so, in their order, STAFF_AGENT_PAGE from `skip` on; *ret_total of them. */
MUST_USE enum status staff_agent_find(struct ctx *ctx, struct str start, int64_t skip, staff_agent_found **ret_agents,
                                      size_t *ret_count, int64_t *ret_total);

#endif
