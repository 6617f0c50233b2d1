/* A source is one text that may be quoted: its words as published, who published them, when, and under which
 * licence.
 *
 * Why blocks: a quotation is a slice of `text` and nothing else, so what is shown can be compared byte by byte with
 * what was stored. `text` is the blocks, one behind the other, each ended by "\n"; a block is a heading, a
 * paragraph, an item of a list or a cell of a table. A section is what stands under one heading up to the next.
 * Slices belong to whoever made the source. */
#ifndef LANGUAGE_SOURCE_SOURCE_H
#define LANGUAGE_SOURCE_SOURCE_H

#include "base/arena.h"
#include "base/buf.h"

enum {
    SOURCE_TEXT_MAX = 8 << 20,
    SOURCE_BLOCKS_MAX = 100000,
    SOURCE_LEVEL_MAX = 8, /* headings within headings */
};

enum source_kind {
    SOURCE_HEADING,
    SOURCE_LEAD, /* what the publisher wrote as its summary */
    SOURCE_PARAGRAPH,
    SOURCE_ITEM,
    SOURCE_CELL,
    SOURCE_NOTE,      /* words explained beside the text: abbreviations, definitions */
    SOURCE_REFERENCE, /* the legal basis */
    SOURCE_CONTACT,   /* whom to ask */
};

struct source_block {
    uint32_t from, len; /* in text, the "\n" behind it not counted */
    uint8_t kind;
    uint8_t level; /* HEADING: 1 the outermost; CELL: its column, from 0; ITEM: how deep, from 0 */
};

struct source {
    struct str id, title, theme, date, url, publisher, licence; /* date: YYYY-MM-DD */
    struct str text;
    const struct source_block *blocks;
    size_t block_count;
};

static inline struct str source_block_text(const struct source *source, size_t block)
{
    const struct source_block *at = &source->blocks[block];
    return str_slice(source->text, at->from, (size_t)at->from + at->len);
}

/* May its words be shown as an answer? Headings and references may not. */
bool source_is_quotable(enum source_kind kind);

/* The headings above a block, outermost first: their block numbers; at most SOURCE_LEVEL_MAX. Returns how many. */
size_t source_headings(const struct source *source, size_t block, size_t headings[SOURCE_LEVEL_MAX]);

/* Makes text and blocks, block by block; the texts are trimmed, and blanks that would end a line become spaces. */
struct source_writer {
    struct buf text;
    struct buf blocks; /* of struct source_block */
};
struct source_writer source_writer_begin(void);
void source_writer_add(struct source_writer *writer, enum source_kind kind, unsigned level, struct str text);
/* Copies what was written into the arena. LIMIT: too long, too many blocks, or a full arena. */
MUST_USE enum status source_writer_end(struct source_writer *writer, struct arena *arena, struct source *source);
void source_writer_finish(struct source_writer *writer);
/* Adds a line of plain text as source_of_text reads it. */
void source_writer_add_line(struct source_writer *writer, struct str line);

/* Plain text as it is kept: lines with "\n" between, without blanks around them, with a space for each tab and control
 * character within, and without characters that deceive (base/utf8.h); an item begins with "- ", and no empty line
 * follows another. Never longer than it was; what is so stays so; and each passage of what source_of_text makes of it
 * is bytes of it. */
void text_normal_write(struct buf *out, struct str plain);

/* Takes the next line off plain text that source_of_text makes a block of, each of them one. False: none is left. */
bool source_line_next(struct str *plain, struct str *ret_line);
/* Text and blocks of a source from plain text: a line is a paragraph, "# " a heading (as many # as its level), "- "
 * or "* " an item; an empty line nothing. */
MUST_USE enum status source_of_text(struct arena *arena, struct str plain, struct source *source);

#endif
