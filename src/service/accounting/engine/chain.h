/* A chain binds the entries of a journal: the hash of each is SHA-256 of the hash before and of its bytes (I2).
 *
 * A run is entries one after another in plain bytes, as they are exported: for each the length of its bytes in four,
 * little-endian, its bytes, its hash. A run that ends within an entry is cut; what stands before is whole. */
#ifndef SERVICE_ACCOUNTING_ENGINE_CHAIN_H
#define SERVICE_ACCOUNTING_ENGINE_CHAIN_H

#include "base/buf.h"

enum { CHAIN_HASH_BYTES = 32 };

/* Zeros before the first entry. */
struct chain_hash {
    unsigned char bytes[CHAIN_HASH_BYTES];
};

struct chain_hash chain_next(const struct chain_hash *before, struct str bytes);
static inline bool chain_hash_is(const struct chain_hash *one, const struct chain_hash *other)
{
    return memcmp(one->bytes, other->bytes, CHAIN_HASH_BYTES) == 0;
}

/* Adds the entry of these bytes to a run, and goes on to its hash. */
void chain_add(struct buf *run, struct chain_hash *hash, struct str bytes);
/* Cuts the first entry off. NOT_FOUND: the run is empty; INVALID: it is cut, or no run. */
MUST_USE enum status chain_cut(struct str *run, struct str *ret_bytes, struct chain_hash *ret_hash);

#endif
