/* A person is who works in a town: one login address, other addresses that lead to it, groups.
 *
 * Addresses are kept in lower case. What is secret about a person lies in auth.db, never here. */
#ifndef CORE_PERSON_H
#define CORE_PERSON_H

#include "core/ctx.h"
#include "core/person_sql.h"

enum { PERSON_ADDRESS_MAX = 254, PERSON_NAME_MAX = 200, PERSON_DEPARTMENT_MAX = 200, PERSON_RECIPIENTS_MAX = 1000 };

typedef struct sql_person_get_row person_row;

MUST_USE enum status person_get(struct ctx *ctx, int64_t id, person_row *ret_person);
MUST_USE enum status person_by_address(struct ctx *ctx, struct str address, person_row *ret_person);

/* INVALID "person.address" (not in a domain of this town, or no address), "person.name"; CONFLICT "person.taken". */
MUST_USE enum status person_add(struct ctx *ctx, struct str address, struct str display_name, int64_t *ret_id);
MUST_USE enum status person_add_alias(struct ctx *ctx, struct str address, int64_t person);

/* The people who receive mail for an address: "local+tag" also stands for "local". NOT_FOUND: nobody. */
MUST_USE enum status person_resolve(struct ctx *ctx, struct str address, int64_t **ret_people, size_t *ret_count);

/* True when the person may write as this address: their own, an alias, or a group they are in. */
MUST_USE enum status person_may_write_as(struct ctx *ctx, int64_t person, struct str address, bool *ret_may);

/* All, by address. */
typedef struct sql_person_list_row person_list_row;
MUST_USE enum status person_list(struct ctx *ctx, person_list_row **ret_people, size_t *ret_count);

struct person_change {
    int64_t id;
    struct str display_name, department;
    bool is_active;
    int64_t quota_bytes; /* 0: none */
    enum role role;
};
/* Changes a person and owes auth the news (core/people_task.h). INVALID "person.name", "person.department";
 * NOT_FOUND. */
MUST_USE enum status person_set(struct ctx *ctx, const struct person_change *change);
/* A new person of that role and the code of their invitation, good for `days`; shown once (arena). As person_add. */
MUST_USE enum status person_invite(struct ctx *ctx, struct str address, struct str display_name, enum role role,
                                   int64_t *ret_id, struct str *ret_code);
/* Another code, for a forgotten password. NOT_FOUND. */
MUST_USE enum status person_reset(struct ctx *ctx, int64_t person, struct str *ret_code);

/* Ends what they are signed in to; or takes the second factor away with it, for one that was lost. NOT_FOUND. */
MUST_USE enum status person_end_sessions(struct ctx *ctx, int64_t person);
MUST_USE enum status person_second_off(struct ctx *ctx, int64_t person);

typedef struct sql_person_aliases_row person_alias;
MUST_USE enum status person_aliases(struct ctx *ctx, person_alias **ret_aliases, size_t *ret_count);
MUST_USE enum status person_drop_alias(struct ctx *ctx, struct str address);
/* What an address of this town must be, in lower case, and not yet given: as person_add refuses. For group.c too. */
MUST_USE enum status person_free_address(struct ctx *ctx, struct str address, struct str *ret_lower);
MUST_USE enum status person_check_name(struct ctx *ctx, struct str name);

#endif
