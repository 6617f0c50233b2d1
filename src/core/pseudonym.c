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

struct str pseudonym_network(struct str remote)
{
    size_t groups = 0;
    if (str_find_byte(remote, '.') != SIZE_MAX)
        return remote;
    for (size_t i = 0; i < remote.len; i++)
        if (remote.at[i] == ':' && (++groups == 4 || (i + 1 < remote.len && remote.at[i + 1] == ':')))
            return str_slice(remote, 0, i);
    return remote;
}
