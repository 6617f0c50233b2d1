/* A nest is the HTML of a stranger brought into order before it is parsed: every element that opens is closed, inside
 * the one it opened in, at most so deep and so many; cells stand in rows, rows in tables.
 *
 * Why: to parse as browsers do takes time and memory that grow with the square of the depth, of the formatting left
 * open, of the attributes of one tag and of what stands in a table outside its cells: a mail of two megabytes would
 * hold a town for hours. What a browser would mend in its own way (WHATWG HTML, "adoption agency", "foster
 * parenting") is mended here more simply; the text of the mail stays, whatever becomes of its tags.
 *
 * It decides nothing about what is harmless: sanitise.c does, on the tree that is parsed from this. But what is neither
 * text nor a tag does not pass (comments, declarations, CDATA, the content of script, style and their like), so that
 * both read the same tags. For sanitise.c alone. */
#ifndef PROTO_HTML_SANITISE_NEST_H
#define PROTO_HTML_SANITISE_NEST_H

#include "base/buf.h"

enum {
    SANITISE_NEST_DEPTH_MAX = 180,      /* with what the parser adds, still below SANITISE_DEPTH_MAX */
    SANITISE_NEST_TAGS_MAX = 60000,     /* written; those behind are left out, their text is not */
    SANITISE_NEST_ATTRIBUTES_MAX = 50,  /* of one tag; one with more keeps none */
};

/* Appends source in order; *ret_is_cut when a limit left tags out. LIMIT: out is full. */
MUST_USE enum status sanitise_nest(struct buf *out, struct str source, bool *ret_is_cut);

#endif
