/* A staff_post is a place of work that a deliberation created; a staff_team is who works together, with a manager.
 *
 * Source: CGFP, article L313-1 (posts are created by the council). Invariants: codes are unique; neither is ever
 * deleted. Who holds a post is a fact of a career. Whoever calls has asked for the right. */
#ifndef SERVICE_STAFF_RECORD_STAFF_POST_H
#define SERVICE_STAFF_RECORD_STAFF_POST_H

#include "service/staff/record/staff_post_sql.h"
#include "service/staff/staff.h"

enum { STAFF_POST_TEXT_MAX = 200, STAFF_POSTS_MAX = 2000, STAFF_TEAMS_MAX = 300 };

struct staff_post {
    struct str code, title, deliberation;
    int64_t team; /* 0: none */
    enum staff_category category;
    int64_t week_tenths;
    struct date deliberated, since;
};
/* INVALID "staff.post"; CONFLICT "staff.post_taken". Nothing is written then. */
MUST_USE enum status staff_post_add(struct ctx *ctx, const struct staff_post *post, int64_t *ret_id);

typedef struct sql_staff_post_list_row staff_post_row;
/* By code, at most STAFF_POSTS_MAX. */
MUST_USE enum status staff_post_list(struct ctx *ctx, staff_post_row **ret_posts, size_t *ret_count);
/* "P12 Agent d'accueil", "" for 0 or none. */
struct str staff_post_words(struct ctx *ctx, int64_t post);
typedef struct sql_staff_post_holder_row staff_post_holder;
/* Facts of assignment that nothing stands in place of, of all agents: whoever asks looks at their days. */
MUST_USE enum status staff_post_holders(struct ctx *ctx, staff_post_holder **ret_holders, size_t *ret_count);

/* INVALID "staff.team"; CONFLICT "staff.team_taken". */
MUST_USE enum status staff_team_add(struct ctx *ctx, struct str code, struct str name, int64_t *ret_id);
/* 0: nobody. NOT_FOUND. */
MUST_USE enum status staff_team_set_manager(struct ctx *ctx, int64_t team, int64_t person);
typedef struct sql_staff_post_teams_row staff_team_row;
MUST_USE enum status staff_team_list(struct ctx *ctx, staff_team_row **ret_teams, size_t *ret_count);
/* The team of a post; NOT_FOUND: it has none. */
MUST_USE enum status staff_team_of_post(struct ctx *ctx, int64_t post, staff_team_row *ret_team);

#endif
