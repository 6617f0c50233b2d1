/* A mark says what a part of a sheet is: heading, row, item (ISO 32000-1 section 14.7). Marks are a tree in reading
 * order; a leaf has runs of a page's operators, and what no mark has is an artifact: it is drawn, and not read. */
#ifndef DOCUMENT_PDF_MARK_H
#define DOCUMENT_PDF_MARK_H

#include "document/pdf_object.h"

struct pdf_page;

/* One run of operators on one page; its number there is its place in that page's list. */
struct pdf_piece {
    struct pdf_mark *mark;
    struct pdf_page *page;
    int number;
    struct pdf_piece *next_of_page, *next_of_mark;
};

struct pdf_mark {
    const char *type;       /* of section 14.8.4 */
    const char *attributes; /* entries of its attribute dictionary (section 14.8.5), or NULL */
    struct pdf_mark *parent, *first, *last, *next;
    struct pdf_piece *first_piece, *last_piece;
    uint32_t object;
};

/* NULL: a full arena. */
struct pdf_mark *pdf_mark_add(struct arena *arena, struct pdf_mark *parent, const char *type, const char *attributes);
/* A leaf's piece on a page. NULL: a full arena. */
struct pdf_piece *pdf_piece_add(struct arena *arena, struct pdf_mark *mark, struct pdf_page *page);

/* The tree as objects, pages already numbered. */
MUST_USE enum status pdf_marks_write(struct pdf_objects *objects, struct pdf_mark *root, struct pdf_page *pages,
                                     uint32_t *ret_tree);

#endif
