/* An auth_secret is anything kept so that who reads the file learns nothing: keyed hashes and sealed bytes.
 *
 * Each purpose has its own key, derived from the house's. For the files of auth alone. */
#ifndef CORE_AUTH_SECRET_H
#define CORE_AUTH_SECRET_H

#include "core/auth.h"

enum { AUTH_HASH_BYTES = 32 };
enum auth_purpose { AUTH_TOKEN = 1, AUTH_APPLICATION, AUTH_RECOVERY, AUTH_SEAL, AUTH_ENTRY };

/* BLAKE2b with the purpose's key; *ret_hash lies in the arena. LIMIT: full arena. */
MUST_USE enum status auth_hash(struct ctx *ctx, enum auth_purpose purpose, struct str bytes, struct str *ret_hash);

/* XSalsa20-Poly1305 with a fresh nonce in front. */
MUST_USE enum status auth_seal(struct ctx *ctx, struct str bytes, struct str *ret_sealed);
/* CORRUPT: not sealed with this key. */
MUST_USE enum status auth_unseal(struct ctx *ctx, struct str sealed, struct str *ret_bytes);

/* `count` fresh bytes in the arena. */
MUST_USE enum status auth_random(struct ctx *ctx, size_t count, struct str *ret_bytes);

/* Bytes as base32 in groups of four: "ABCD-EFGH-…", and what was typed back to bytes: INVALID unless it gives
 * exactly `count`. */
void auth_write_groups(struct buf *out, struct str bytes);
MUST_USE enum status auth_read_groups(struct arena *arena, struct str text, size_t count, struct str *ret_bytes);

/* Failures that still count at ctx->now; and one more. `who`: "a:ADDRESS", "r:REMOTE", "s:PERSON", "p:PERSON". */
MUST_USE enum status auth_failures(struct ctx *ctx, struct str who, int64_t *ret_number);
MUST_USE enum status auth_failed(struct ctx *ctx, struct str who, int64_t *ret_number);
/* How long the answer of the nth failure is held back. */
int64_t auth_delay(int64_t failures);

/* A new session row; *ret_token is the cookie's text (arena). */
struct auth_new_session {
    int64_t person, mandate;
    enum session_kind kind;
    struct str label, remote, address, token_hash; /* token_hash absent: a fresh token */
    int64_t expires_ms;
};
MUST_USE enum status auth_session_make(struct ctx *ctx, const struct auth_new_session *from, int64_t *ret_id,
                                       struct str *ret_token);

#endif
