/* A page is operators being written, and how far down the pen stands. What the parts of a sheet (headings, lists,
 * tables, cards) share: styles, texts set in a width, lines, room for more.
 *
 * Places are thousandths of a point from the left and from the top; only what is written into a page is measured from
 * below, as PDF does. */
#ifndef DOCUMENT_PDF_PAGE_H
#define DOCUMENT_PDF_PAGE_H

#include "document/pdf.h"
#include "document/pdf_known.h"
#include "document/pdf_mark.h"
#include "document/pdf_text.h"

#define PDF_PT(points) ((int64_t)((points) * 1000))
#define PDF_MM(millimetres) ((int64_t)(millimetres) * 2834646 / 1000)

enum {
    PDF_SHORT = 210, PDF_LONG = 297, /* A4, in millimetres (ISO 216) */
    PDF_MARGIN = 20,
    PDF_MEASURE = 132, /* about 75 letters: a line the eye finds back from */
    PDF_FOOT = 12,     /* from the edge to the foot's base line */
    PDF_HAIR = 400,    /* a hairline, in thousandths of a point */
};

enum pdf_tone { PDF_INK, PDF_SOFT };
enum pdf_align { PDF_LEFT, PDF_MIDDLE, PDF_RIGHT };

struct pdf_style {
    int64_t size, leading, before, after;
    enum pdf_face face;
    enum pdf_tone tone;
};

struct pdf_page {
    struct buf content;
    struct pdf_piece *first_piece, *last_piece;
    int piece_count;
    struct pdf_page *next;
    uint32_t object;
};

struct pdf_columns {
    struct pdf_table table; /* texts in the sheet's arena */
    int64_t x[PDF_COLUMNS_MAX], width[PDF_COLUMNS_MAX];
    struct pdf_mark *mark, *body; /* NULL: no table is open */
};

struct pdf {
    const struct pdf_fonts *fonts;
    struct arena *arena, *scratch; /* as long as the sheet; of one call */
    struct map known;              /* words shaped so far (pdf_known.h) */
    struct str title, language, footer;
    struct instant created;
    int64_t width, height, y;
    struct pdf_page *first_page, *page; /* NULL before anything is set */
    int page_count, level;              /* of the last heading */
    struct pdf_usage usage[PDF_FACES];
    struct pdf_mark *root, *list; /* list NULL: none is open */
    enum pdf_list_kind list_kind;
    int list_number;
    struct pdf_columns columns;
};

/* The width between the margins. */
int64_t pdf_text_width(const struct pdf *pdf);

/* A new page, or, when there is less room than that, a new page (*ret_is_new may be NULL). LIMIT: PDF_PAGES_MAX, or
 * more than a page. */
MUST_USE enum status pdf_page_turn(struct pdf *pdf);
MUST_USE enum status pdf_page_room(struct pdf *pdf, int64_t height, bool *ret_is_new);

/* Operators between these two are what the mark says, or decoration. */
MUST_USE enum status pdf_leaf_begin(struct pdf *pdf, struct pdf_mark *leaf);
void pdf_artifact_begin(struct pdf *pdf, const char *kind); /* "Layout", "Pagination" */
void pdf_leaf_end(struct pdf *pdf);                         /* of both */

/* A line, as an artifact: between rows, to write on, to cut along. */
enum pdf_dash { PDF_FAINT, PDF_SOLID, PDF_DASHED };
struct pdf_stroke {
    int64_t x, y, to_x, to_y, width;
    enum pdf_dash dash;
};
void pdf_stroke(struct pdf *pdf, const struct pdf_stroke *stroke);

/* Shapes a text and breaks it in a width (scratch). */
MUST_USE enum status pdf_set_text(struct pdf *pdf, struct str utf8, size_t max, const struct pdf_style *style,
                                  int64_t width, struct pdf_text *ret_text);
/* Draws rows [from, to) of it from y down, within a leaf or an artifact. */
struct pdf_frame {
    int64_t x, y, width;
    enum pdf_align align;
};
MUST_USE enum status pdf_draw_rows(struct pdf *pdf, const struct pdf_text *text, const struct pdf_style *style,
                                   struct pdf_frame frame, size_t from, size_t to);
/* The same as a leaf below the pen, over as many pages as it takes; the pen moves on. */
MUST_USE enum status pdf_flow(struct pdf *pdf, struct pdf_mark *leaf, const struct pdf_text *text,
                              const struct pdf_style *style, struct pdf_frame frame);

#endif
