/* An own text is one that the town itself has written and brought in: on the page, from a document, or by the verb.
 *
 * Its title is its key, whichever way it comes. A title that is taken is replaced only where whoever adds the text has
 * said so, and one for agents by one for everybody only where that was said too. One that the town removed comes back
 * when it is added again; one that its right holder took back (opt-out) never does under that title. */
#ifndef SERVICE_SOURCE_OWN_H
#define SERVICE_SOURCE_OWN_H

#include "service/source/source.h"

/* Kept in rows (reading.sql). */
enum own_replace {
    OWN_KEEP,    /* nothing that stands is replaced */
    OWN_REPLACE, /* a text of the same title is */
    OWN_OPEN,    /* even one for agents by one for everybody */
};

/* Puts it, in the collection DOCUMENT_OWN. INVALID as document_put. CONFLICT: "source.title_taken",
 * "source.title_agents", "source.taken_back". The same text again is no conflict. */
MUST_USE enum status own_put(struct ctx *ctx, const struct document_text *text, enum own_replace replace,
                             enum document_change *ret_change, int64_t *ret_id);
/* May one with this title and these readers be put, whatever its words? CONFLICT as own_put. */
MUST_USE enum status own_check(struct ctx *ctx, const struct document *document, enum own_replace replace);
/* Beside own_put, for the audit: "source.add", "source.replace". */
MUST_USE enum status own_audit(struct ctx *ctx, const struct document *document, enum document_change change);

#endif
