/* A library is a set of sources that can be searched: one image of bytes that holds texts, words and where they
 * occur.
 *
 * Why an image: what is built once is kept as one file and mapped; opening it checks every number within against the
 * bounds of its table, so a damaged file is CORRUPT and never read outside. The image is borrowed and must be
 * aligned to 8 bytes, as memory from the heap and mapped files are. Words are folded (language/plain.h); what
 * carries no meaning (source/words.h) is kept for the distances between words, and never looked for. */
#ifndef LANGUAGE_SOURCE_LIBRARY_H
#define LANGUAGE_SOURCE_LIBRARY_H

#include "language/source/source.h"

enum {
    LIBRARY_SOURCES_MAX = 200000,
    LIBRARY_WORDS_MAX = 2000000,
    LIBRARY_PART_MAX = 1 << 30, /* bytes of one table */
    LIBRARY_NONE = -1,          /* no word, no source */
};

/* Where in a source a word stands. */
enum library_field { LIBRARY_TITLE, LIBRARY_LEAD, LIBRARY_THEME, LIBRARY_HEADING, LIBRARY_BODY, LIBRARY_FIELDS };

struct library_word {
    uint32_t text_from, stem;
    uint32_t posting_from, posting_count;
    uint8_t text_len;
    uint8_t is_empty; /* carries no meaning */
    uint8_t unused[2];
};

/* A word in one source: how often in each field, 255 at most. */
struct library_posting {
    uint32_t source;
    uint8_t counts[LIBRARY_FIELDS];
    uint8_t unused[3];
};

struct library_stem {
    uint32_t name_from, name_len;       /* in strings; the stems stand in the order of their names */
    uint32_t member_from, member_count; /* its words, in `members` */
    uint32_t source_count;              /* with any of them */
};

struct library_block {
    uint32_t token_from, token_count;
};

/* A form with one letter less, and the word it comes from: for spelling. */
struct library_delete {
    uint32_t hash, word;
};

struct library_source;

struct library {
    struct str strings;
    const struct library_source *sources;
    const struct source_block *blocks;
    const struct library_block *block_tokens;
    const uint32_t *tokens;
    const struct library_word *words; /* in the order of their bytes */
    const struct library_posting *postings;
    const struct library_stem *stems;
    const uint32_t *members;
    const struct library_delete *deletes; /* in the order of their hashes */
    size_t source_count, block_count, token_count, word_count, posting_count, stem_count, member_count, delete_count;
    float mean_len[LIBRARY_FIELDS];
};

/* ---- building ---- */

struct library_builder;

struct library_builder *library_builder_create(void);
void library_builder_destroy(struct library_builder *builder); /* NULL accepted */
/* Copies the source. LIMIT: too many, or too much text. */
MUST_USE enum status library_builder_add(struct library_builder *builder, const struct source *source);
/* The same in steps of a few milliseconds, however long the text: until library_builder_add_step is no longer BUSY the
 * source's text and blocks are borrowed. CONFLICT: the one before is not whole. */
MUST_USE enum status library_builder_add_begin(struct library_builder *builder, const struct source *source);
MUST_USE enum status library_builder_add_step(struct library_builder *builder);
/* Writes the image; nothing can be added afterwards. CONFLICT: a source is being added. */
MUST_USE enum status library_builder_end(struct library_builder *builder, struct buf *image);
/* The same in steps, each of a few milliseconds whatever the size (bench/README.md). BUSY: call it again with the same
 * image. OK: it is whole. */
MUST_USE enum status library_builder_step(struct library_builder *builder, struct buf *image);

/* ---- reading ---- */

/* CORRUPT: not an image, or not whole. INVALID: not aligned to 8 bytes. */
MUST_USE enum status library_open(struct str image, struct library *ret_library);
/* An image that this process has made itself a moment ago, and nobody else could touch: nothing is checked. */
struct library library_of_made(struct str image);

/* The source as it was added; slices of the image. */
struct source library_source(const struct library *library, size_t number);
/* LIBRARY_NONE when no source bears the id. */
int64_t library_source_of_id(const struct library *library, struct str id);
/* Do two sources bear one id? The same sheet may stand here for several publics. */
bool library_is_same(const struct library *library, size_t one, size_t other);
/* Words of a field of a source, and of its title as numbers of words. */
uint32_t library_field_len(const struct library *library, size_t source, enum library_field field);
const uint32_t *library_title_tokens(const struct library *library, size_t source, size_t *ret_count);
/* The first of its blocks among `blocks` and `block_tokens`. */
size_t library_first_block(const struct library *library, size_t source);

/* The number of a folded word; LIBRARY_NONE. */
int64_t library_word_of(const struct library *library, struct str folded);
struct str library_word_text(const struct library *library, size_t word);
/* The number of the stem that words with this stem share; LIBRARY_NONE when no word here has it. */
int64_t library_stem_of(const struct library *library, struct str stem);

/* The commonest word at one mistake from `folded` (two, one in each half, for words of 9 letters and more);
 * LIBRARY_NONE when nothing is near. Words below four letters and with digits are not repaired. */
int64_t library_repair(const struct library *library, struct str folded);
/* The hash by which `deletes` is sorted. */
uint32_t library_hash(struct str form);

#endif
