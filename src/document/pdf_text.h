/* A text as glyphs in lines: cleaned, shaped word by word (HarfBuzz), broken where it no longer fits.
 *
 * Words stand from left to right in the order they were given; letters within a word run as their script does. A text
 * in two directions is not reordered (Unicode Standard Annex 9): see README. Widths are thousandths of the size. */
#ifndef DOCUMENT_PDF_TEXT_H
#define DOCUMENT_PDF_TEXT_H

#include "document/pdf_font.h"

struct pdf_glyph {
    uint32_t id, from, to; /* the code points of the text it stands for */
    int32_t advance, shift_x, shift_y;
    uint8_t face;
};
struct pdf_word {
    uint32_t first, count; /* glyphs */
    int32_t width;
    bool has_space, ends_line; /* what follows it */
};
struct pdf_row {
    uint32_t first, count; /* words */
    int32_t width;
};

enum { PDF_GLYPHS_MAX = 1 << 20 };

struct map;
struct pdf_text {
    const struct pdf_fonts *fonts;
    struct map *known; /* words shaped before (pdf_known.h); NULL: none are kept */
    struct arena *arena;
    enum pdf_face face;
    hb_language_t language;
    uint32_t *points;
    size_t point_count;
    struct pdf_glyphs LIST_OF(struct pdf_glyph) glyphs;
    struct pdf_words LIST_OF(struct pdf_word) words;
    struct pdf_rows LIST_OF(struct pdf_row) rows;
};

/* Appends what of s may stand in a sheet, spaces joined: for strings beside the pages as well. Newlines are kept. */
void pdf_text_clean(struct buf *out, struct str s);

/* Fields fonts, arena, face and language are set. All lives in the arena. LIMIT: longer than max, or a full arena. */
MUST_USE enum status pdf_text_shape(struct pdf_text *text, struct str utf8, size_t max);
/* Again, and no word is wider than that afterwards. */
MUST_USE enum status pdf_text_break(struct pdf_text *text, int32_t width);
/* The widest word. */
int32_t pdf_text_widest(const struct pdf_text *text);

/* Appends what draws the row with its first letter at x and its base line at y (thousandths of a point), and notes what
 * was used (arena: lives as long as the sheet). LIMIT: that arena is full. */
struct pdf_place {
    int64_t x, y, size;
};
MUST_USE enum status pdf_text_draw(const struct pdf_text *text, const struct pdf_row *row, struct pdf_place place,
                                   struct buf *content, struct pdf_usage *usage, struct arena *arena);

#endif
