/* A group is an address that leads to several people, who may also write in its name. */
#ifndef CORE_GROUP_H
#define CORE_GROUP_H

#include "core/ctx.h"
#include "core/group_sql.h"

typedef struct sql_group_list_row group_row;

enum { GROUP_MEMBERS_MAX = 1000 };

MUST_USE enum status group_list(struct ctx *ctx, group_row **ret_groups, size_t *ret_count);
/* As person_add refuses: an address of this town, not yet given. */
MUST_USE enum status group_add(struct ctx *ctx, struct str address, struct str name, int64_t *ret_id);
/* Deletes the group; its people stay. */
MUST_USE enum status group_delete(struct ctx *ctx, int64_t group);
MUST_USE enum status group_members(struct ctx *ctx, int64_t group, int64_t **ret_people, size_t *ret_count);
/* Name and people, whole. LIMIT: more than GROUP_MEMBERS_MAX; NOT_FOUND; numbers of nobody are passed over. */
MUST_USE enum status group_set(struct ctx *ctx, int64_t group, struct str name, const int64_t *people, size_t count);

#endif
