/* What the parts of a collection's reading share: for collection*.c alone. */
#ifndef SERVICE_SOURCE_COLLECTION_KIND_H
#define SERVICE_SOURCE_COLLECTION_KIND_H

#include "service/source/collection.h"

struct collection_json;

typedef enum status collection_read(struct ctx *ctx, struct collection *collection, struct document_text *ret_text);

struct collection_kind {
    const char *name, *authors, *publisher, *licence;
    collection_read *next;
    const char *audience, *path; /* of an archive: whom its sheets are for, and where they are to be read */
};

struct collection {
    const struct collection_kind *kind;
    struct collection_json *json; /* NULL: an archive */
    struct str lines;             /* of an archive: sheets still to be read (core/conversion.h) */
    int64_t done, total;
    enum wording_end end;         /* collection_end */
};

/* What the kind says of all its texts. */
struct document collection_document(const struct collection *collection);

/* NOT_FOUND or DENIED: the file; INVALID: not of its form. What it began is ended by close, after a failure too. */
MUST_USE enum status collection_json_open(struct collection *collection, const char *path);
void collection_json_close(struct collection *collection);
collection_read collection_next_sheet, collection_next_article;

/* The lines of an archive, one sheet each. CONFLICT "source.public": most are for another public, so it is the archive
 * of another collection; a sheet may be for several. */
MUST_USE enum status collection_lines_check(struct ctx *ctx, const struct collection *collection);
collection_read collection_next_line;

#endif
