/* The builder of a library as its two halves share it: what was added (library_build), and how far the end is
 * (library_end). */
#ifndef LANGUAGE_SOURCE_LIBRARY_BUILDER_H
#define LANGUAGE_SOURCE_LIBRARY_BUILDER_H

#include "language/source/library_image.h"
#include "language/source/sorting.h"

/* A posting before postings are sorted by word. */
struct raw_posting {
    uint32_t word;
    struct library_posting posting;
};

/* Words and stems as they come; numbers are given in the order of arrival and change at the end. */
struct raw_word {
    struct library_slice text, stem;
    uint32_t posting_count;
    uint32_t last; /* one more than the newest raw posting of the word */
    uint32_t final, hash;
    bool is_empty;
};

/* How far the end is. */
struct library_end {
    unsigned phase;
    size_t at;               /* within the phase: words, postings, bytes */
    struct order *order;     /* of words, by their text or their stem */
    struct sorting sorting;
    uint32_t posting;        /* those of the words written */
    uint32_t *used, *seen;   /* postings laid down, by word; one more than the newest stem, by source */
    struct library_head head;
    size_t part;             /* that is copied */
    uint64_t sum;
};
void library_end_finish(struct library_end *end);

/* The newest source while its text is copied, and then its words are added. */
struct library_adding {
    struct str text; /* borrowed, and its blocks */
    const struct source_block *blocks;
    size_t copied; /* bytes of the text */
    struct library_source record;
    uint32_t number, block; /* of the source; of the next words */
    size_t at;              /* within the block */
    struct library_block tokens;
    bool is_on, is_copied;
};

struct library_builder {
    struct stemmer *stemmer;
    struct buf parts[LIBRARY_PARTS];
    struct buf raw_postings;
    struct buf plain;
    struct raw_word *words;
    uint32_t *slots; /* one more than the word's number */
    size_t word_count, word_room, slot_count;
    bool is_full;
    struct library_adding adding;
    struct library_end end;
};

#endif
