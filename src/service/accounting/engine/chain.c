/* Entries are short: what EVP looks up at each call takes longer than their hash. */
#define OPENSSL_API_COMPAT 10100
#include "service/accounting/engine/chain.h"

#include <openssl/sha.h>

#include "service/accounting/engine/entry.h"

enum { LENGTH_BYTES = 4 };

_Static_assert(CHAIN_HASH_BYTES == SHA256_DIGEST_LENGTH, "SHA-256");

struct chain_hash chain_next(const struct chain_hash *before, struct str bytes)
{
    struct chain_hash after;
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, before->bytes, sizeof before->bytes);
    SHA256_Update(&context, bytes.at, bytes.len);
    SHA256_Final(after.bytes, &context);
    return after;
}

void chain_add(struct buf *run, struct chain_hash *hash, struct str bytes)
{
    *hash = chain_next(hash, bytes);
    for (int i = 0; i < LENGTH_BYTES; i++)
        buf_add_byte(run, (char)(unsigned char)(bytes.len >> 8 * i));
    buf_add(run, bytes);
    buf_add(run, (struct str){(const char *)hash->bytes, sizeof hash->bytes});
}

enum status chain_cut(struct str *run, struct str *ret_bytes, struct chain_hash *ret_hash)
{
    size_t length = 0;
    if (run->len == 0)
        return NOT_FOUND;
    for (size_t i = 0; i < LENGTH_BYTES && i < run->len; i++)
        length |= (size_t)(unsigned char)run->at[i] << 8 * i;
    if (length > ENTRY_BYTES_MAX || run->len < LENGTH_BYTES + length + CHAIN_HASH_BYTES)
        return INVALID;
    *ret_bytes = str_slice(*run, LENGTH_BYTES, LENGTH_BYTES + length);
    memcpy(ret_hash->bytes, run->at + LENGTH_BYTES + length, CHAIN_HASH_BYTES);
    *run = str_after(*run, LENGTH_BYTES + length + CHAIN_HASH_BYTES);
    return OK;
}
