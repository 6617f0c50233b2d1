/* A network is a range of addresses (RFC 4632): what an operator says is theirs, and whether a host lies in it. */
#ifndef OS_NETWORK_H
#define OS_NETWORK_H

#include "base/arena.h"
#include "base/str.h"

struct network {
    unsigned char bytes[16]; /* IPv4 as ::ffff:a.b.c.d (RFC 4291 section 2.5.5.2) */
    int bits;
};

/* "10.2.0.0/16", "fd00::/8", or one address. INVALID: none, or bits set behind the prefix. */
MUST_USE enum status network_parse(struct str text, struct network *ret_network);
/* Does an address lie in one of them? False for what is no address. */
bool network_has(const struct network *networks, size_t count, struct str address);

/* The addresses of a host now, of an address itself (arena): asks the resolver, and waits for it. NOT_FOUND: none.
 * At most `max`. */
MUST_USE enum status network_resolve(struct arena *arena, struct str host, size_t max, struct str **ret_addresses,
                                     size_t *ret_count);

#endif
