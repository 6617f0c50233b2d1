/* A member act is what an operator changed of a member, on its way into that town's own audit log.
 *
 * Why: the change is made in syndicate.db, where the town's administrators see nothing. The act is written with the
 * change, and stays until the town has committed it: a town that is down hears of it when it comes back. It may be
 * told twice; the town keeps it once (audit_told). What a town changes of itself it notes itself, and is no member
 * act. */
#ifndef CORE_MEMBER_ACT_H
#define CORE_MEMBER_ACT_H

#include "core/member.h"
#include "core/member_act_sql.h"
#include "core/shape.h"

enum { MEMBER_ACT_LIST_MAX = 200 };

typedef struct sql_member_act_list_row member_act;
extern const struct shape member_act_shape;

/* ctx->db is syndicate.db, in the transaction of the change, which was made just before; ctx->actor is who made it. The
 * first one notes nothing when nothing changed, the second when `after` says what `before` did. */
MUST_USE enum status member_act_opt(struct ctx *ctx, int64_t member, struct str service, bool is_in);
MUST_USE enum status member_act_set(struct ctx *ctx, const member_row *before, const struct sql_member_set *after);
MUST_USE enum status member_act_add(struct ctx *ctx, int64_t member, const char *kind, struct str subject,
                                    struct str detail);

/* What its town has not written yet, the oldest first; at most MEMBER_ACT_LIST_MAX. */
MUST_USE enum status member_act_list(struct ctx *ctx, int64_t member, member_act **ret_acts, size_t *ret_count);
/* The town has it. */
MUST_USE enum status member_act_done(struct ctx *ctx, int64_t id, int64_t at_ms);
/* In the town's job: into its audit log, once however often it is told. */
MUST_USE enum status member_act_note(struct ctx *ctx, const member_act *act);

#endif
