/* A person is who works in a town: one login address, other addresses that lead to it, groups.
 *
 * Addresses are kept in lower case. What is secret about a person lies in auth.db, never here. */
#ifndef CORE_PERSON_H
#define CORE_PERSON_H

#include "core/ctx.h"
#include "core/person_sql.h"

enum { PERSON_ADDRESS_MAX = 254, PERSON_NAME_MAX = 200, PERSON_RECIPIENTS_MAX = 1000 };

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

#endif
