/* A password is kept as a verifier: an Argon2id string (RFC 9106) that carries its own cost and salt.
 *
 * Pure, slow and hungry on purpose: these functions run in the hasher process alone, a few at a time, so that
 * no flood of sign-ins can take the memory of the machine. The cost is measured once, at init, and kept in
 * the settings; older verifiers keep theirs. */
#ifndef CORE_PASSWORD_H
#define CORE_PASSWORD_H

#include "base/buf.h"

enum {
    PASSWORD_MIN = 12, PASSWORD_MAX = 512, /* bytes; the lower bound counts code points */
    PASSWORD_SALT_BYTES = 16, PASSWORD_VERIFIER_MAX = 127,
    PASSWORD_MEMORY_MAX_KIB = 64 << 10, PASSWORD_MEMORY_MIN_KIB = 19 << 10,
    PASSWORD_TARGET_MS = 100, PASSWORD_PASSES_MAX = 10,
};

struct password_cost {
    int64_t memory_kib, passes;
};

/* The cost that takes about PASSWORD_TARGET_MS on this machine, by measuring with `now_ms`. */
struct password_cost password_calibrate(int64_t (*now_ms)(void));

/* INVALID: too short, too long, not UTF-8, or the login address itself. What a person may choose. */
MUST_USE enum status password_acceptable(struct str password, struct str address);

/* Appends the verifier of a password. INVALID: longer than PASSWORD_MAX, or a cost outside its bounds;
 * OUTSIDE: the memory cannot be had. */
MUST_USE enum status password_hash(struct buf *out, struct password_cost cost, struct str password,
                                   const unsigned char salt[PASSWORD_SALT_BYTES]);

/* True when the password made this verifier. Takes as long for a wrong one as for a right one. */
bool password_check(struct str password, struct str verifier);

/* Appends a verifier that no password makes, at the same cost: checked for unknown accounts, so that their
 * answer takes the same time. `seed` makes its salt. */
void password_blank(struct buf *out, struct password_cost cost, const unsigned char seed[PASSWORD_SALT_BYTES]);

#endif
