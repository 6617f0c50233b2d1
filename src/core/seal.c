#include "core/seal.h"

#include <sodium.h>

enum { NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES };
_Static_assert(SEAL_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "one key length");

static const unsigned char *bytes_of(struct str text)
{
    return (const unsigned char *)(text.at != NULL ? text.at : "");
}

/* BLAKE2b with a key of first and second, so that no two uses share one. */
static void hash_of(const unsigned char *key, struct str first, struct str second, unsigned char ret_hash[32])
{
    crypto_generichash_state state;
    REQUIRE(crypto_generichash_init(&state, key, SEAL_KEY_BYTES, 32) == 0);
    REQUIRE(crypto_generichash_update(&state, bytes_of(first), first.len) == 0);
    REQUIRE(crypto_generichash_update(&state, (const unsigned char *)"", 1) == 0);
    REQUIRE(crypto_generichash_update(&state, bytes_of(second), second.len) == 0);
    REQUIRE(crypto_generichash_final(&state, ret_hash, 32) == 0);
}

void seal_derive(const unsigned char *house, struct str town, void (*entropy)(void *into, size_t size),
                 struct seal *ret_seal)
{
    hash_of(house, STR("parvis town seal"), town, ret_seal->key);
    ret_seal->entropy = entropy;
}

enum status seal_close(struct arena *arena, const struct seal *seal, struct str label, struct str bytes,
                       struct str *ret_sealed)
{
    unsigned long long size;
    if (seal == NULL)
        return OUTSIDE;
    unsigned char *sealed = bytes.len > SEAL_BYTES_MAX ? NULL : arena_alloc(arena, NONCE + TAG + bytes.len);
    if (sealed == NULL)
        return LIMIT;
    seal->entropy(sealed, NONCE);
    REQUIRE(crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + NONCE, &size, bytes_of(bytes), bytes.len,
                                                       bytes_of(label), label.len, NULL, sealed, seal->key) == 0);
    *ret_sealed = (struct str){(const char *)sealed, NONCE + (size_t)size};
    return OK;
}

enum status seal_open(struct arena *arena, const struct seal *seal, struct str label, struct str sealed,
                      struct str *ret_bytes)
{
    unsigned long long size;
    const unsigned char *from = bytes_of(sealed);
    if (seal == NULL)
        return OUTSIDE;
    if (sealed.len < NONCE + TAG || sealed.len > NONCE + TAG + SEAL_BYTES_MAX)
        return CORRUPT;
    unsigned char *bytes = arena_alloc(arena, sealed.len);
    if (bytes == NULL)
        return LIMIT;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes, &size, NULL, from + NONCE, sealed.len - NONCE,
                                                   bytes_of(label), label.len, from, seal->key) != 0)
        return CORRUPT;
    *ret_bytes = (struct str){(const char *)bytes, (size_t)size};
    return OK;
}

enum status seal_mark(struct arena *arena, const struct seal *seal, struct str label, struct str bytes,
                      struct str *ret_mark)
{
    if (seal == NULL)
        return OUTSIDE;
    unsigned char *mark = arena_alloc(arena, SEAL_MARK_BYTES);
    if (mark == NULL)
        return LIMIT;
    hash_of(seal->key, label, bytes, mark);
    *ret_mark = (struct str){(const char *)mark, SEAL_MARK_BYTES};
    return OK;
}
