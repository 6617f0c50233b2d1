/* An audit entry is one act that changed who may do what, or that looked at a town's data for somebody: who, when,
 * what.
 *
 * Append-only and chained: each entry's hash covers the entry before it, tables refuse changes, and the last hash
 * (the head) is shown, printed and mailed, so that whoever kept one sees later whether anything up to it was changed
 * or left out. Entries carry names and numbers of things, never content of messages, and no secret. */
#ifndef CORE_AUDIT_H
#define CORE_AUDIT_H

#include "core/audit_sql.h"
#include "core/ctx.h"

enum { AUDIT_HASH_BYTES = 32, AUDIT_TEXT_MAX = 500, AUDIT_LIST_MAX = 100 };

typedef struct sql_audit_before_row audit_row;

/* Beside the act, in its job. `kind` is a stable code ("person.add"); longer texts are cut at AUDIT_TEXT_MAX. */
MUST_USE enum status audit_add(struct ctx *ctx, const char *kind, struct str subject, struct str detail);
/* An act done elsewhere, which another role tells of: at ctx->now by ctx->actor. Told again, it adds nothing. */
MUST_USE enum status audit_told(struct ctx *ctx, struct str kind, struct str subject, struct str detail);

/* Entries so far and the last one's hash (32 zeros when there is none). */
struct audit_head {
    int64_t count;
    unsigned char hash[AUDIT_HASH_BYTES];
};
MUST_USE enum status audit_head(struct ctx *ctx, struct audit_head *ret_head);

/* The newest first, before entry `before` (0: from the end); at most AUDIT_LIST_MAX. */
MUST_USE enum status audit_list(struct ctx *ctx, int64_t before, audit_row **ret_rows, size_t *ret_count);

/* When an act of this kind was last done; 0: never. */
MUST_USE enum status audit_last_of(struct ctx *ctx, const char *kind, struct instant *ret_at);

/* Proves the chain from its first entry; `known` (AUDIT_HASH_BYTES, or NULL) must be the hash of one of its entries.
 * CORRUPT: *ret_entry is the first that does not prove; NOT_FOUND: all prove, and `known` is of none. */
MUST_USE enum status audit_verify(struct ctx *ctx, const unsigned char *known, int64_t *ret_entry);

#endif
