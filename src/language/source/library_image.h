/* The image of a library, as its builder writes and its reader checks it: a head, then tables, each aligned to 8. */
#ifndef LANGUAGE_SOURCE_LIBRARY_IMAGE_H
#define LANGUAGE_SOURCE_LIBRARY_IMAGE_H

#include "language/source/library.h"

#define LIBRARY_MAGIC "parvis-library 1"

enum library_part {
    PART_STRINGS,
    PART_SOURCES,
    PART_BLOCKS,
    PART_BLOCK_TOKENS,
    PART_TOKENS,
    PART_WORDS,
    PART_POSTINGS,
    PART_STEMS,
    PART_MEMBERS,
    PART_DELETES,
    LIBRARY_PARTS,
};

struct library_slice {
    uint32_t from, len; /* in strings */
};

struct library_source {
    struct library_slice id, title, theme, date, url, publisher, licence, text;
    uint32_t block_from, block_count;
    uint32_t title_from, title_count; /* tokens */
    uint32_t field_len[LIBRARY_FIELDS];
    uint32_t unused;
};

struct library_head {
    char magic[16];
    uint64_t size, sum; /* of the whole image; its sum is made with 0 here */
    float mean_len[LIBRARY_FIELDS];
    uint32_t unused;
    struct {
        uint64_t from, count;
    } parts[LIBRARY_PARTS];
};

/* Bytes of one record of each part. */
extern const size_t library_record_sizes[LIBRARY_PARTS];

/* A sum over bytes, begun with their number and gone on with by pieces of a multiple of 8: finds what a disk changed,
 * no proof against intent. */
uint64_t library_sum_more(uint64_t sum, struct str bytes);
/* Of a whole image, whose head this is; and where the sum of what is behind the head is known. */
uint64_t library_image_sum(struct library_head head, struct str image);
uint64_t library_image_sum_of(struct library_head head, uint64_t rest);

#endif
