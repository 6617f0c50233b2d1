/* An origin is where the parts of a text stand in a town's documents: quoted exactly, close to a passage, or nowhere.
 *
 * A part is exact where at least ORIGIN_EXACT_LEN bytes stand word for word in a document; one that was changed since
 * the shelf read it counts again once the shelf has read it anew. A sentence is close where half of it stands in runs
 * of words near each other in one document. It says where words occur, not that they are true. No document is read for
 * it, so it takes no longer for long ones. The text is not kept; parts are slices of it, in order, and together the
 * whole of it. */
#ifndef SERVICE_ASSISTANT_ORIGIN_H
#define SERVICE_ASSISTANT_ORIGIN_H

#include "core/ctx.h"
#include "language/source/suffix.h"
#include "service/source/source.h"

enum {
    ORIGIN_TEXT_MAX = 5000, /* characters */
    ORIGIN_EXACT_LEN = 40,
    ORIGIN_RUN_LEN = 12, /* of the runs that make a sentence close */
};

enum origin_kind {
    ORIGIN_BLANK, /* no word: between two parts */
    ORIGIN_EXACT,
    ORIGIN_NEAR,
    ORIGIN_NONE,
    ORIGIN_KINDS,
};

struct origin_part {
    enum origin_kind kind;
    struct str text;
    /* Of EXACT and NEAR, where it stands: */
    struct document document; /* of origin_find */
    int64_t line;             /* of origin_find: its lines that are not empty, from 0 */
    size_t passage;           /* of origin_within: its number, from 0 */
};

struct origin {
    struct origin_part *parts;
    size_t count;
    int64_t characters[ORIGIN_KINDS];
};

/* INVALID "assistant.trace": no word, no UTF-8, or too long. BUSY: the texts are still being read. LIMIT: a full arena.
 */
MUST_USE enum status origin_find(struct ctx *ctx, struct str text, struct origin *ret_origin);

/* Where the parts stand in passages that somebody has sorted, and nowhere else. */
MUST_USE enum status origin_within(struct ctx *ctx, const struct suffix *passages, struct str text,
                                   struct origin *ret_origin);

#endif
