/* A shelving is one document on its way onto a shelf: its words are read, parted into lines, laid down for tracing, and
 * added to the library that is being made.
 *
 * Each step of it takes a few milliseconds: a short document is through in one, one of 4 MB in hundreds. It holds only
 * while the documents are as they were: a change of any makes the library begin anew. Owned by the shelf. */
#ifndef SERVICE_ASSISTANT_SHELVING_H
#define SERVICE_ASSISTANT_SHELVING_H

#include "language/source/library.h"
#include "language/source/suffix.h"
#include "service/assistant/shelf.h"

/* Texts that can be traced. */
struct traced {
    struct suffix *suffix;
    struct buf texts; /* struct shelf_text of each */
    struct buf lines; /* uint32_t: where each line of theirs begins */
};

struct shelving {
    int64_t id; /* of the document */
    enum document_readers readers;
    enum { SHELVING_NONE, SHELVING_READ, SHELVING_PART, SHELVING_BEGIN, SHELVING_TRACE, SHELVING_ADD } phase;
    struct buf words;
    struct str rest; /* of the words: not parted yet */
    struct source_writer lines;
    size_t traced; /* bytes laid down for tracing */
};

void shelving_begin(struct shelving *shelving, int64_t id, enum document_readers readers);
bool shelving_is_on(const struct shelving *shelving);
/* BUSY: there is more. LIMIT: it has too many lines. `traced` may be NULL. */
MUST_USE enum status shelving_step(struct ctx *ctx, struct shelving *shelving, struct library_builder *builder,
                                   struct traced *traced);
/* Also in the middle; afterwards none is on. */
void shelving_drop(struct shelving *shelving);

#endif
