/* A search_cache keeps what is known of the words last indexed, so that a common word is neither stemmed nor looked
 * up in the vocabulary again. One slot a hash, the newer word takes it; longer words are not kept. For the files of
 * search. */
#ifndef SERVICE_MAIL_SEARCH_CACHE_H
#define SERVICE_MAIL_SEARCH_CACHE_H

#include "language/stem.h"

enum { SEARCH_CACHE_WORD = 29 };

struct search_cached {
    unsigned char word_len, stem_len; /* word_len 0: free */
    unsigned char readable;           /* 1 + is_readable of the vocabulary's row; 0: not looked up */
    char word[SEARCH_CACHE_WORD], stem[SEARCH_CACHE_WORD + 3];
};

struct search_cache;
struct search_cache *search_cache_create(void);
void search_cache_destroy(struct search_cache *cache); /* NULL accepted */

/* The word's slot, its stem in it: from before, or found now. NULL: the word or its stem is too long to be kept. */
struct search_cached *search_cache_get(struct search_cache *cache, struct str word, struct stemmer *stemmer);

/* FNV-1a, folded: for tables in memory. */
size_t search_hash(struct str word);

#endif
