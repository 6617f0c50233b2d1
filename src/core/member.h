/* A member is a town, a syndicate or another body that shares the platform: a row of syndicate.db, a folder.
 *
 * The name is short (a-z, 0-9, '-'): it is the folder under members/ and the label of NAME.localhost. The
 * folder is the member: what a town takes with it when it leaves. */
#ifndef CORE_MEMBER_H
#define CORE_MEMBER_H

#include "core/ctx.h"
#include "core/member_sql.h"
#include "core/place.h"

enum {
    MEMBER_NAME_MAX = 40,
    MEMBER_DOMAIN_MAX = 190,
    MEMBER_MAX = 1000,
    MEMBER_DOMAINS_MAX = 64,
    MEMBER_TEXT_MAX = 200
};

typedef struct sql_member_list_row member_row;

/* ctx->db is syndicate.db, in a transaction. INVALID "member.name" or "member.domain"; CONFLICT "member.taken". */
MUST_USE enum status member_add(struct ctx *ctx, struct str name, struct str domain, int64_t *ret_id);
MUST_USE enum status member_list(struct ctx *ctx, member_row **ret_members, size_t *ret_count);
MUST_USE enum status member_domains(struct ctx *ctx, int64_t member, struct str **ret_domains, size_t *ret_count);
/* NOT_FOUND: no member has this domain. */
MUST_USE enum status member_by_domain(struct ctx *ctx, struct str domain, int64_t *ret_member, struct str *ret_name);


/* What a member's pages show; texts point into the row. */
MUST_USE enum status member_place(struct ctx *ctx, const member_row *member, struct place *ret_place);

/* Dated; in already or out already: nothing changes. NOT_FOUND: no such service. */
MUST_USE enum status member_opt(struct ctx *ctx, int64_t member, struct str service, bool is_in);
/* Host names beside NAME.localhost; at most 64. */
MUST_USE enum status member_hosts(struct ctx *ctx, int64_t member, struct str **ret_hosts, size_t *ret_count);
/* INVALID "member.host"; CONFLICT "member.taken". */
MUST_USE enum status member_add_host(struct ctx *ctx, int64_t member, struct str host);
/* One more domain. INVALID "member.domain"; CONFLICT "member.taken"; LIMIT: 64 already. */
MUST_USE enum status member_add_domain(struct ctx *ctx, int64_t member, struct str domain);
/* What its pages show. INVALID "member.set": an unknown kind, language or time zone, a number that is none, a text
 * above MEMBER_TEXT_MAX. */
MUST_USE enum status member_set(struct ctx *ctx, const struct sql_member_set *set);

#endif
