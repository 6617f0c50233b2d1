/* A suffix array is every suffix of many texts in the order of their bytes, so that any string is found, with all
 * its places, in the time of a few comparisons.
 *
 * Texts are laid one behind the other, each ended by a byte 0; no string that is looked for holds one, so none is
 * found across two texts. A text that is removed leaves nothing: its bytes become 0 and its suffixes go. 32 bits a
 * suffix: at most SUFFIX_TEXT_MAX bytes; the array and its text are 5 bytes a byte. Sorted by libdivsufsort
 * (decision 12). */
#ifndef LANGUAGE_SOURCE_SUFFIX_H
#define LANGUAGE_SOURCE_SUFFIX_H

#include "base/str.h"

enum {
    SUFFIX_TEXT_MAX = 2000000000,
    SUFFIX_TEXTS_MAX = 10000000,
    SUFFIX_WORDS_LEN = 1024, /* of a string that is looked for where words alone were sorted */
};

struct suffix;

struct suffix *suffix_create(void);
void suffix_destroy(struct suffix *suffix); /* NULL accepted */

/* Copies a text; bytes 0 in it become spaces. Its number is the count of those before it. LIMIT: too long, too many.
 * CONFLICT: sorted already. */
MUST_USE enum status suffix_add(struct suffix *suffix, struct str text);
/* Goes on with the newest text: one that is too long to be copied at once. */
MUST_USE enum status suffix_extend(struct suffix *suffix, struct str text);
/* Sorts what was added; once. */
MUST_USE enum status suffix_sort(struct suffix *suffix);
/* For whoever may not be held long, instead of suffix_sort: sorts, in steps of some milliseconds, the suffixes that
 * begin with a word. Strings are found that begin where a word does and have at most SUFFIX_WORDS_LEN bytes. BUSY: call
 * it again; until it is OK nothing is found. CONFLICT: sorted already. */
MUST_USE enum status suffix_sort_words(struct suffix *suffix);
/* Forgets a text: nothing can be traced to it afterwards. NOT_FOUND: no such text, or removed before.
 * BUSY: words are being sorted. */
MUST_USE enum status suffix_remove(struct suffix *suffix, size_t number);

/* The suffixes that begin with a string: [low, high). */
struct suffix_range {
    size_t low, high;
};
struct suffix_range suffix_find(const struct suffix *suffix, struct str string);
/* How many first bytes of `string` stand somewhere. */
size_t suffix_longest(const struct suffix *suffix, struct str string);

/* Where the suffix at a place of the order stands: its text, the offset in it, and the bytes around it. */
struct suffix_place {
    size_t text, offset;
    struct str before, from; /* of the same text, up to it and from it on */
};
struct suffix_place suffix_place(const struct suffix *suffix, size_t at);

/* What follows a context: the longest end of it that stands somewhere, and how often each byte comes next; 0 counts
 * ends of texts. The "infinity-gram" of Liu et al. (2024), over bytes. Nothing but its tests uses it yet. */
struct suffix_next {
    size_t matched;      /* bytes of the context's end */
    uint64_t counts[256];
    uint64_t total;
};
void suffix_next(const struct suffix *suffix, struct str context, struct suffix_next *ret_next);

/* Bytes that the array and its text take. */
size_t suffix_size(const struct suffix *suffix);

#endif
