/* A staff_sample is 200 agents made by rule, for a town to be tried out: codes, no people.
 *
 * The same year gives the same agents. Invariant: it is made in a town that has none. */
#ifndef SERVICE_STAFF_SAMPLE_STAFF_SAMPLE_H
#define SERVICE_STAFF_SAMPLE_STAFF_SAMPLE_H

#include "core/verb.h"
#include "service/staff/staff.h"

enum { STAFF_SAMPLE_AGENTS = 200, STAFF_SAMPLE_TEAMS = 8, STAFF_SAMPLE_PIECE = 4 };

/* Teams and posts. CONFLICT "staff.sample_there": the town has agents, posts or teams. */
MUST_USE enum status staff_sample_posts(struct ctx *ctx);
/* The nth agent, from 1 on, with the facts of its career and of this year up to today. */
MUST_USE enum status staff_sample_agent(struct ctx *ctx, int32_t number);

/* staff sample NAME: in pieces of STAFF_SAMPLE_PIECE agents. */
enum { STAFF_SAMPLE_BEGIN = 1, STAFF_SAMPLE_MORE };
verb_run staff_sample_begin, staff_sample_more;

#endif
