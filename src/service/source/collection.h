/* A collection is a file of many texts as their publisher gives it out, read one text after the other.
 *
 * One of JSON is read in the command line's own process, as whoever types may read it; an archive by the role convert
 * (role/convert_sheets.h), whose lines are read here. A town sees finished texts alone. What the file does not say of a
 * text (authors, publisher, licence) is a line of the table in collection.c with its source. */
#ifndef SERVICE_SOURCE_COLLECTION_H
#define SERVICE_SOURCE_COLLECTION_H

#include "core/conversion.h"
#include "service/source/source.h"

enum { COLLECTION_FILE_MAX = 256 << 20, COLLECTION_DEPTH_MAX = 32, COLLECTION_TEXTS_MAX = 50000 };

struct collection;

/* NOT_FOUND "source.collection": no collection of that name. *ret_is: its file is an archive, for VERB_UNPACK. */
MUST_USE enum status collection_is_archive(struct ctx *ctx, struct str name, bool *ret_is);

/* NOT_FOUND "source.collection", "source.path"; INVALID "source.form": not a file of it; LIMIT above
 * COLLECTION_FILE_MAX. */
MUST_USE enum status collection_open(struct ctx *ctx, struct str name, struct str path,
                                     struct collection **ret_collection);
/* An archive, of which VERB_UNPACK gave these lines; they stay the caller's, and there, until it is closed. Refuses as
 * reading_refuse (reading.h) where the archive as a whole could not be read; CONFLICT "source.public": it is that of
 * another collection. */
MUST_USE enum status collection_open_lines(struct ctx *ctx, struct str name, struct str lines,
                                           struct collection **ret_collection);
void collection_close(struct collection *collection);

/* NOT_FOUND: that was the last. CONFLICT: this one is not taken, and collection_end says why; the next one may be.
 * Texts in ctx->arena; without words it is none, and to be passed over. The key stands after CONFLICT too. */
MUST_USE enum status collection_next(struct ctx *ctx, struct collection *collection, struct document_text *ret_text);
/* Why the last one was not taken: an end of its reading; WORDING_DONE: it is for another public than this
 * collection's. */
enum wording_end collection_end(const struct collection *collection);
/* How far it is: the same unit for both. */
void collection_progress(const struct collection *collection, int64_t *ret_done, int64_t *ret_total);

#endif
