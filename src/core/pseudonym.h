/* A pseudonym is a keyed hash of what must be told apart and not be known: who asked, what about.
 *
 * Keyed BLAKE2b (RFC 7693, section 2.9). What few things there are (addresses, words) can be tried one by one by
 * whoever holds the key: a key that must not be found lives in memory alone. */
#ifndef CORE_PSEUDONYM_H
#define CORE_PSEUDONYM_H

#include "base/str.h"

enum { PSEUDONYM_BYTES = 16, PSEUDONYM_KEY_BYTES = 32 };

struct pseudonym {
    unsigned char bytes[PSEUDONYM_BYTES];
};

/* Fills a key that nobody can guess. */
void pseudonym_key(unsigned char key[PSEUDONYM_KEY_BYTES]);
struct pseudonym pseudonym_of(const unsigned char key[PSEUDONYM_KEY_BYTES], struct str text);
/* What of an address tells one household from another: of IPv6 the first four groups at most, since it has all
 * addresses behind them (RFC 6177). */
struct str pseudonym_network(struct str remote);

static inline struct str pseudonym_str(const struct pseudonym *pseudonym)
{
    return (struct str){(const char *)pseudonym->bytes, PSEUDONYM_BYTES};
}

#endif
