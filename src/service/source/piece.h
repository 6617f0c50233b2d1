/* A piece is some bytes of a document's words, read without the rest: where a whole text would cost too much.
 *
 * What source.h says of who sees what holds here: a document that may not be quoted is not given. */
#ifndef SERVICE_SOURCE_PIECE_H
#define SERVICE_SOURCE_PIECE_H

#include "service/source/source.h"

/* As document_next, without its words (hash and size are not read either). */
MUST_USE enum status piece_next(struct ctx *ctx, enum document_readers readers, int64_t after,
                                struct document *ret_document);
/* Of a document that piece_next gave: at most `room` bytes of its words from an offset. Letters of several bytes may be
 * cut at both ends. */
MUST_USE enum status piece_read(struct ctx *ctx, const struct document *document, size_t from, char *into, size_t room,
                                size_t *ret_len);
/* Do its words hold this, anywhere? */
enum { PIECE_SCRATCH = 1 << 20 };
struct piece_search {
    char *scratch; /* memory to read into, of PIECE_SCRATCH bytes */
    size_t bytes;  /* read so far, by all searches with it */
};
MUST_USE enum status piece_holds(struct ctx *ctx, const struct document *document, struct str text,
                                 struct piece_search *search, bool *ret_holds);

#endif
