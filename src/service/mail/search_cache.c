#include "service/mail/search_cache.h"

#include <stdlib.h>

enum { SLOTS = 1 << 14 };

struct search_cache {
    struct search_cached slots[SLOTS];
};

struct search_cache *search_cache_create(void)
{
    struct search_cache *cache = calloc(1, sizeof *cache);
    REQUIRE(cache != NULL);
    return cache;
}

void search_cache_destroy(struct search_cache *cache)
{
    free(cache);
}

size_t search_hash(struct str word)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < word.len; i++)
        hash = (hash ^ (unsigned char)word.at[i]) * 0x100000001b3u;
    return (size_t)(hash >> 32 ^ hash);
}

struct search_cached *search_cache_get(struct search_cache *cache, struct str word, struct stemmer *stemmer)
{
    struct search_cached *slot = &cache->slots[search_hash(word) & (SLOTS - 1)];
    if (word.len == 0 || word.len > sizeof slot->word)
        return NULL;
    if (slot->word_len == word.len && memcmp(slot->word, word.at, word.len) == 0)
        return slot;
    struct str stem = stem_of(stemmer, word);
    if (stem.len > sizeof slot->stem)
        return NULL;
    *slot = (struct search_cached){.word_len = (unsigned char)word.len, .stem_len = (unsigned char)stem.len};
    memcpy(slot->word, word.at, word.len);
    memcpy(slot->stem, stem.at, stem.len);
    return slot;
}
