/* Lines are what a text is shown by: those that are not empty, numbered from 0, a page of them at a time.
 *
 * A page has LINES_PAGE_MAX of them or LINES_PAGE_LEN bytes, whichever comes first, so that any text can be shown; a
 * line of more than LINES_PIECE_LEN bytes comes in pieces. Pieces are slices of the words or of the arena. */
#ifndef SERVICE_SOURCE_LINES_H
#define SERVICE_SOURCE_LINES_H

#include "language/source/source.h"

enum { LINES_PAGE_MAX = 500, LINES_PAGE_LEN = 256 << 10, LINES_PIECE_LEN = 64 << 10 };

struct lines_piece {
    struct str text;
    enum source_kind kind;
    int64_t line;
    size_t number; /* of the piece in its line, from 0 */
};

struct lines_page {
    struct lines_piece *pieces;
    size_t piece_count;
    int64_t number, count; /* of pages: the first is 1 */
};

/* Page `number` of a text; 0: the one where `line` begins, or the first where there is no such line. NOT_FOUND: no page
 * of that number. LIMIT: a full arena. */
MUST_USE enum status lines_page(struct arena *arena, struct str words, int64_t number, int64_t line,
                                struct lines_page *ret_page);

#endif
