/* A collection is a file of many texts as their publisher gives it out, read one text after the other.
 *
 * It is read in the command line's own process, as whoever types may read it: a town sees finished texts alone. What
 * the file does not say of a text (authors, publisher, licence) is a line of the table in collection.c with its source.
 */
#ifndef SERVICE_SOURCE_COLLECTION_H
#define SERVICE_SOURCE_COLLECTION_H

#include "service/source/source.h"

enum { COLLECTION_FILE_MAX = 256 << 20, COLLECTION_DEPTH_MAX = 32 };

struct collection;

/* NOT_FOUND "source.collection" (no collection of that name), "source.path"; INVALID "source.form": not a file of it;
 * LIMIT above COLLECTION_FILE_MAX. */
MUST_USE enum status collection_open(struct ctx *ctx, struct str name, struct str path,
                                     struct collection **ret_collection);
void collection_close(struct collection *collection);
/* NOT_FOUND: that was the last. Texts in ctx->arena. */
MUST_USE enum status collection_next(struct ctx *ctx, struct collection *collection, struct document_text *ret_text);
/* How far it is: the same unit for both. */
void collection_progress(const struct collection *collection, int64_t *ret_done, int64_t *ret_total);

#endif
