/* A shelf is the library of a town's documents as it stands in memory, one for everybody and one of what is for agents
 * alone, and where each of the public words stands in the order of bytes, for tracing; all kept up after commits, a
 * document a step, then their end in short steps.
 *
 * While it is made anew what stood before goes on; documents that were taken back since are left out by whoever reads
 * them again (document_quotable). Owned by the town's process, in its slot. */
#ifndef SERVICE_ASSISTANT_SHELF_H
#define SERVICE_ASSISTANT_SHELF_H

#include "service/source/source.h"

enum { SHELF_SLOT = 10 };

struct library;
struct suffix;
struct stemmer;

/* A step of bringing it up to date. NOT_FOUND: nothing is to be done. */
MUST_USE enum status shelf_follow(struct ctx *ctx);
/* NULL until it stands for the first time. */
const struct library *shelf_library(struct ctx *ctx, enum document_readers readers, struct stemmer **ret_stemmer);
/* NULL until it stands for the first time; it comes after the library. `ids` are the documents by the number of their
 * text. */
const struct suffix *shelf_suffix(struct ctx *ctx, const int64_t **ret_ids);
/* Is a source of the library one of the town's own documents? */
bool shelf_is_own(const struct library *library, size_t source);
/* Accepts a town without one. */
void shelf_close(struct town *town);

#endif
