/* A reading is one document (ODT, DOCX, PDF) on its way to become a source: given by an editor, read by the role
 * convert.
 *
 * The row says what the editor has told of it, and then what became of it; the document is not kept. A town that ends
 * forgets what it had asked for: such a row is late, and shown as broken off. Rows are kept READING_KEPT_MS. */
#ifndef SERVICE_SOURCE_READING_H
#define SERVICE_SOURCE_READING_H

#include "core/conversion.h"
#include "service/source/own.h"

enum { READING_LATE_MS = 10 * 60 * 1000 };
#define READING_KEPT_MS ((int64_t)30 * 24 * 3600 * 1000)

struct reading {
    struct document document; /* as the editor told it */
    struct str file_name;
    struct instant begun;
    enum own_replace replace; /* what the editor has said about a text of the same title */
    int64_t source;           /* the text it became; 0: none yet */
    enum text_key refusal;    /* why it became none; T_none: it was not refused */
};

/* Why a document gave no words, as a refusal: "source.file_scanned" and so on. INVALID; BUSY for WORDING_BUSY and
 * WORDING_BROKEN; LIMIT for what is too large. */
MUST_USE enum status reading_refuse(struct ctx *ctx, enum wording_end end);

/* The title may be empty: the document's own is taken then, or else the name of its file. CONFLICT as own_put, where
 * the title is known already. */
MUST_USE enum status reading_begin(struct ctx *ctx, const struct document *document, struct str file_name,
                                   enum own_replace replace, int64_t *ret_id);
/* NOT_FOUND: none of that number, or forgotten. */
MUST_USE enum status reading_get(struct ctx *ctx, int64_t id, struct reading *ret_reading);
/* Its words become a source, or its row says why not. */
conversion_take reading_take;

#endif
