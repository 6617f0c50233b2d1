/* A staff_act is an arrêté: what makes facts of a career lawful, numbered within its year, drafted and then signed.
 *
 * Source: CRPA, articles L211-2 and L242-1 (taking one back: a reason, and another act). Invariants: the number is
 * given in the job that records the fact, and none is missing in a year; while it is a draft, its text is made from
 * the facts that live; once signed, its text stands sealed and nothing of it changes. Facts of a signed act are
 * corrected or taken back by another act, with a reason; a draft whose facts are all gone is void and keeps its
 * number. Who entered the facts does not sign. */
#ifndef SERVICE_STAFF_ACT_STAFF_ACT_H
#define SERVICE_STAFF_ACT_STAFF_ACT_H

#include "service/staff/act/act_form.h"
#include "service/staff/act/staff_act_sql.h"

enum { STAFF_ACT_WORDS_MAX = 200, STAFF_ACT_LIST_MAX = 1000 };
enum staff_act_state { STAFF_ACT_DRAFT, STAFF_ACT_SIGNED, STAFF_ACT_VOID };

typedef struct sql_staff_act_get_row staff_act;
typedef struct sql_staff_act_list_row staff_act_row;
typedef struct sql_staff_act_of_row staff_act_own;

/* The next number of this year, for facts that are recorded in the same job. */
MUST_USE enum status staff_act_begin(struct ctx *ctx, int64_t agent, enum career_kind kind, struct str reason,
                                     int64_t *ret_act);
/* The act a fact goes on, 0 for none: of its own, or the draft of the fact it corrects or takes back (NULL: none). The
 * `career` has the fact. INVALID "staff.act_reason": that one's act is signed, and there is no reason. */
MUST_USE enum status staff_act_for(struct ctx *ctx, int64_t agent, const struct career *career,
                                   const struct career_fact *fact, const struct career_fact *corrected,
                                   struct str reason, int64_t *ret_act);
/* After a fact went: a draft none of whose facts lives is void. */
MUST_USE enum status staff_act_settle(struct ctx *ctx, int64_t act);

/* NOT_FOUND. */
MUST_USE enum status staff_act_get(struct ctx *ctx, int64_t id, staff_act *ret_act);
/* "2026-12" */
struct str staff_act_number(struct ctx *ctx, const staff_act *act);
/* Of a year, the newest first. */
MUST_USE enum status staff_act_list(struct ctx *ctx, int32_t year, staff_act_row **ret_acts, size_t *ret_count);
/* How many wait to be signed. */
MUST_USE enum status staff_act_drafts(struct ctx *ctx, int64_t *ret_count);
/* Signed ones of an agent, the newest first. */
MUST_USE enum status staff_act_of(struct ctx *ctx, int64_t agent, staff_act_own **ret_acts, size_t *ret_count);
/* The act that takes back or replaces something of this one; 0: none. */
MUST_USE enum status staff_act_after(struct ctx *ctx, int64_t id, int64_t *ret_act);

/* Notes that it was signed, by whom in which quality ("Le maire"), and keeps its text. DENIED "staff.right",
 * "staff.same_person"; CONFLICT "staff.act_state"; INVALID "staff.act_signatory", "staff.act_identity" (the agent has
 * none yet). */
MUST_USE enum status staff_act_sign(struct ctx *ctx, int64_t id, struct str signatory);

#endif
