/* A shelf is the library of a town's documents as it stands in memory, one for everybody and one of what is for agents
 * alone, and where each of the public words stands in the order of bytes, for tracing; all kept up after commits, in
 * short steps: short documents whole, a long one by pieces, then the end.
 *
 * While it is made anew what stood before goes on; documents that were taken back since are left out by whoever reads
 * them again (document_quotable). Owned by the town's process, in its slot. */
#ifndef SERVICE_ASSISTANT_SHELF_H
#define SERVICE_ASSISTANT_SHELF_H

#include "service/source/source.h"

enum { SHELF_SLOT = 10, SHELF_HASH_LEN = 32, SHELF_NONE = -1 };

struct library;
struct suffix;
struct stemmer;

/* A step of bringing it up to date. NOT_FOUND: nothing is to be done. */
MUST_USE enum status shelf_follow(struct ctx *ctx);
/* NULL until it stands for the first time. */
const struct library *shelf_library(struct ctx *ctx, enum document_readers readers, struct stemmer **ret_stemmer);
/* The state of the documents (document_state) that it has; SHELF_NONE until it stands. */
int64_t shelf_state(struct ctx *ctx, enum document_readers readers);
/* A text that can be traced, as its document was when it was read. */
struct shelf_text {
    int64_t id;                         /* of the document */
    unsigned char hash[SHELF_HASH_LEN]; /* of its words: where the row has it still, they are these */
    size_t line_from, line_count;       /* for shelf_line */
};
/* NULL until it stands for the first time; it comes after the library. Texts by their number in it. */
const struct suffix *shelf_suffix(struct ctx *ctx, const struct shelf_text **ret_texts);
/* The line of a text of shelf_suffix that an offset lies in: those that are not empty, from 0. */
size_t shelf_line(struct ctx *ctx, const struct shelf_text *text, size_t offset);
/* Is a source of the library one of the town's own documents? */
bool shelf_is_own(const struct library *library, size_t source);
/* Accepts a town without one. */
void shelf_close(struct town *town);

#endif
