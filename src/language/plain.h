/* A plain text is a text as search compares it: without case, accents and ligatures, with one space where there were
 * blanks, straight quotes and plain dashes, and nothing that is not seen.
 *
 * Why: the same words reach us as "l’été", "L'ÉTÉ" and "l'ete"; what is stored for search and what is looked for go
 * through this one function, so they meet. Plain text of plain text is itself. */
#ifndef LANGUAGE_PLAIN_H
#define LANGUAGE_PLAIN_H

#include "base/buf.h"

/* Appends the plain form of UTF-8 text (malformed bytes become U+FFFD). A blank at the very end stays one space; at the
 * beginning too, unless what out holds ends in a space already. At most three times as long as the text. */
void plain_write(struct buf *out, struct str text);

#endif
