/* A seal closes bytes of one town so that whoever has its database alone reads nothing of them.
 *
 * Why beside auth_secret.h: that is the house's, for credentials, in the role auth; this is one town's own, for what
 * its services keep of people (decision 0023). Each town's key is derived from the house's (DIR/key) and the town's
 * short name by the parent, and handed to that town's process at its start: no town can reckon another's, and a copy
 * of members/NAME without DIR/key stays closed. What is sealed is bound to a label ("staff.identity 12"), so that it
 * cannot be laid under another row. XChaCha20-Poly1305 (libsodium), a fresh nonce in front. */
#ifndef CORE_SEAL_H
#define CORE_SEAL_H

#include "base/arena.h"
#include "base/str.h"

enum { SEAL_KEY_BYTES = 32, SEAL_MARK_BYTES = 32, SEAL_BYTES_MAX = 64 << 10 };

struct seal {
    unsigned char key[SEAL_KEY_BYTES];
    void (*entropy)(void *into, size_t size);
};

/* `house` has SEAL_KEY_BYTES. */
void seal_derive(const unsigned char *house, struct str town, void (*entropy)(void *into, size_t size),
                 struct seal *ret_seal);

/* In the arena. OUTSIDE: there is no seal (NULL); LIMIT. */
MUST_USE enum status seal_close(struct arena *arena, const struct seal *seal, struct str label, struct str bytes,
                                struct str *ret_sealed);
/* CORRUPT: not closed by this town under this label. */
MUST_USE enum status seal_open(struct arena *arena, const struct seal *seal, struct str label, struct str sealed,
                               struct str *ret_bytes);
/* The same bytes have the same mark, which tells nothing else of them: to find a number twice. */
MUST_USE enum status seal_mark(struct arena *arena, const struct seal *seal, struct str label, struct str bytes,
                               struct str *ret_mark);

#endif
