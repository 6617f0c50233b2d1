/* The lines of a wording as they come out of a document: for wording_*.c alone.
 *
 * Blanks are collapsed, control characters dropped, empty lines left out. What stands inside of a paragraph and is one
 * itself (a note, a frame) follows that paragraph. A row of a table is one line, its cells parted by " ; ". */
#ifndef DOCUMENT_WORDING_LINES_H
#define DOCUMENT_WORDING_LINES_H

#include "document/wording.h"

enum wording_line { WORDING_PARAGRAPH, WORDING_HEADING, WORDING_SUBHEADING, WORDING_ITEM };

struct wording_lines {
    struct buf *text;
    struct buf line, asides; /* asides: whole lines that wait for the end of `line` */
    enum wording_line kind;
    size_t paragraphs, rows; /* open at the moment */
};

void wording_lines_init(struct wording_lines *lines, struct buf *text);
void wording_lines_finish(struct wording_lines *lines);

void wording_paragraph_begin(struct wording_lines *lines);
/* The kind counts where it is no aside and no row. */
void wording_paragraph_end(struct wording_lines *lines, enum wording_line kind);
void wording_row_begin(struct wording_lines *lines);
void wording_cell_end(struct wording_lines *lines);
void wording_row_end(struct wording_lines *lines);
/* Words outside of any paragraph are dropped. */
void wording_words(struct wording_lines *lines, struct str words);

/* Appends words with blanks collapsed and control characters dropped. */
void wording_clean(struct buf *out, struct str words);
MUST_USE enum status wording_lines_status(const struct wording_lines *lines);

#endif
