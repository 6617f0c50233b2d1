/* A pdf is a sheet of paper that can also be listened to: text set on pages, and beside it the tree that says what each
 * part is (ISO 32000-1 section 14.8; ISO 14289-1, called PDF/UA-1).
 *
 * Why: certificates, game sheets, pay slips and receipts are printed, and also read by screen readers; law asks the
 * latter of public bodies (article 47 of law 2005-102). The same calls give the same bytes: no clock, no chance. All
 * sizes are whole numbers, thousandths of a point.
 *
 * Every text is UTF-8 from anybody: malformed bytes become U+FFFD, control characters and those that turn the direction
 * of a line are left out, a newline ends a line. A pdf owns all it was given; texts are read during the call only.
 * After LIMIT the sheet is to be thrown away. */
#ifndef DOCUMENT_PDF_H
#define DOCUMENT_PDF_H

#include "base/buf.h"
#include "base/dates.h"

enum {
    PDF_PAGES_MAX = 200,
    PDF_TEXT_MAX = 100000, /* bytes of a heading, a paragraph, an item or a caption */
    PDF_CELL_MAX = 4000,   /* bytes of a cell, of a line of a card, of the footer, of the title */
    PDF_COLUMNS_MAX = 12,
    PDF_BYTES_MAX = 16 << 20,
};

/* ---- fonts: opened once, before a role enters its sandbox; mapped, so that forked roles share them ---- */

struct pdf_fonts;
/* NOT_FOUND: this machine lacks fonts-dejavu-core. The others (README) are taken where they are there. */
MUST_USE enum status pdf_fonts_open(struct pdf_fonts **ret_fonts);
void pdf_fonts_close(struct pdf_fonts *fonts); /* NULL accepted */

/* ---- one sheet ---- */

struct pdf;
struct pdf_about {
    struct str title;       /* what a reader announces; not empty */
    struct str language;    /* "fr" or "fr-FR" (BCP 47) */
    struct str footer;      /* at the foot of each page, beside its number; may be empty */
    struct instant created; /* 0: no date stands in the file */
    bool is_landscape;      /* A4 lying */
};

/* INVALID: no title, or the language is none. LIMIT: title or footer is too long. Fonts outlive the pdf. */
MUST_USE enum status pdf_create(const struct pdf_fonts *fonts, const struct pdf_about *about, struct pdf **ret_pdf);
void pdf_destroy(struct pdf **pdf); /* NULL accepted */
#define PDF_SCOPE __attribute__((cleanup(pdf_destroy)))

/* Writes the file behind what is in `out`, which is to be empty; nothing may be added then. BUG: a list or a table is
 * open. LIMIT: `out` is full, or PDF_BYTES_MAX. */
MUST_USE enum status pdf_finish(struct pdf *pdf, struct buf *out);

/* ---- what is said, from top to bottom; a new page begins by itself. LIMIT: see above ---- */

/* Level 1 to 3; readers ask that none is skipped: INVALID when one is, or nothing is said. Never alone at the foot of a
 * page. */
MUST_USE enum status pdf_heading(struct pdf *pdf, int level, struct str text);
/* Of nothing: nothing. */
MUST_USE enum status pdf_paragraph(struct pdf *pdf, struct str text);
MUST_USE enum status pdf_page_break(struct pdf *pdf);
MUST_USE enum status pdf_space(struct pdf *pdf, int height_mm);
/* What follows stays together where so much room is left; else a new page begins: for a heading above a table. */
MUST_USE enum status pdf_keep(struct pdf *pdf, int height_mm);

enum pdf_list_kind { PDF_BULLETS, PDF_NUMBERS, PDF_BOXES /* to be ticked by hand */ };
MUST_USE enum status pdf_list_begin(struct pdf *pdf, enum pdf_list_kind kind);
MUST_USE enum status pdf_list_item(struct pdf *pdf, struct str text);
MUST_USE enum status pdf_list_end(struct pdf *pdf);

/* A label, and a line to write on: what it is for is said by the label alone. INVALID: no label. */
MUST_USE enum status pdf_line(struct pdf *pdf, struct str label);

struct pdf_column {
    struct str head;
    int share; /* of the width, beside the other columns' shares; 1 to 1000 */
    bool is_right; /* figures */
};
struct pdf_table {
    struct str caption; /* may be empty */
    const struct pdf_column *columns;
    size_t column_count;
    bool has_row_heads; /* the first cell of a row says what the row is about */
};
/* The head is drawn again on each page the table goes on to; there it is decoration, and is read once. INVALID: no
 * column, or a share out of its range. */
MUST_USE enum status pdf_table_begin(struct pdf *pdf, const struct pdf_table *table);
/* As many cells as columns; a row is never cut: LIMIT when it is higher than a page. */
MUST_USE enum status pdf_table_row(struct pdf *pdf, const struct str *cells);
MUST_USE enum status pdf_table_end(struct pdf *pdf);

/* Cards to cut out, edge to edge, in rows; to readers they are a list. The big text is made smaller until it fits;
 * LIMIT: it does not. INVALID: no such grid (1 to 8 columns, 15 to 200 mm). */
struct pdf_card {
    struct str big, small; /* either may be empty */
};
struct pdf_grid {
    int columns, height_mm;
};
/* Would they? Nothing is drawn. How wide letters are is the machine's fonts'. */
MUST_USE enum status pdf_cards_fit(struct pdf *pdf, struct pdf_grid grid, const struct pdf_card *cards, size_t count);
MUST_USE enum status pdf_cards(struct pdf *pdf, struct pdf_grid grid, const struct pdf_card *cards, size_t count);

#endif
