/* A staff_request is an absence an agent asks for; approved by the team's manager, it becomes a fact.
 *
 * Invariants: one that could not be a fact is refused when it is asked for, naming what it goes against; an approval
 * writes the fact in the same job; nobody approves what they asked for; a manager decides for the own team alone. */
#ifndef SERVICE_STAFF_ABSENCE_STAFF_REQUEST_H
#define SERVICE_STAFF_ABSENCE_STAFF_REQUEST_H

#include "service/staff/absence/staff_request_sql.h"
#include "service/staff/career/career_check.h"

enum { STAFF_REQUESTS_MAX = 200 };
enum staff_request_state { STAFF_ASKED, STAFF_APPROVED, STAFF_REFUSED, STAFF_TAKEN_BACK };

/* Which kinds an agent asks for; the others are recorded by who looks after files. */
bool staff_request_may_ask(enum staff_absence kind);

/* By ctx->actor, for the own file. NOT_FOUND: no agent. INVALID: *ret_fault; or "staff.request" (kind, days, one that
 * waits already has a day of it). */
MUST_USE enum status staff_request_ask(struct ctx *ctx, enum staff_absence kind, struct date since, struct date until,
                                       struct career_fault *ret_fault, int64_t *ret_id);
/* By the agent, while it waits. NOT_FOUND; CONFLICT "staff.decided". */
MUST_USE enum status staff_request_take_back(struct ctx *ctx, int64_t id);
/* DENIED "staff.not_team": ctx->actor is not the manager of the agent's team today, or is the agent. INVALID: it cannot
 * be a fact any more, *ret_fault says why. CONFLICT "staff.decided"; NOT_FOUND. */
MUST_USE enum status staff_request_decide(struct ctx *ctx, int64_t id, bool is_approved,
                                          struct career_fault *ret_fault);

typedef struct sql_staff_request_list_row staff_request;
/* Of an agent, the newest first. */
MUST_USE enum status staff_request_list(struct ctx *ctx, int64_t agent, staff_request **ret_rows, size_t *ret_count);
typedef struct sql_staff_request_waiting_row staff_request_waiting;
/* Those of all agents that wait, the oldest first: the page keeps those of the own team. */
MUST_USE enum status staff_request_waits(struct ctx *ctx, staff_request_waiting **ret_rows, size_t *ret_count);

/* The team an agent's post is of on a day, and its manager. NOT_FOUND: none. */
struct staff_request_team {
    int64_t team, manager;
    struct str name;
};
MUST_USE enum status staff_request_team_of(struct ctx *ctx, int64_t agent, const struct grid *grid, struct date day,
                                           struct staff_request_team *ret_team);

#endif
