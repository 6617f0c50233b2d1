#include "core/pseudonym.h"

#include <sodium.h>

#include "os/entropy.h"

void pseudonym_key(unsigned char key[PSEUDONYM_KEY_BYTES])
{
    entropy_fill(key, PSEUDONYM_KEY_BYTES);
}

struct pseudonym pseudonym_of(const unsigned char key[PSEUDONYM_KEY_BYTES], struct str text)
{
    struct pseudonym pseudonym;
    REQUIRE(crypto_generichash(pseudonym.bytes, sizeof pseudonym.bytes, (const unsigned char *)text.at, text.len, key,
                               PSEUDONYM_KEY_BYTES) == 0);
    return pseudonym;
}
