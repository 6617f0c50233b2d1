/* Encoded words are how text beyond ASCII stands in a header: =?charset?Q or B?...?= (RFC 2047). */
#ifndef PROTO_MIME_WORDS_H
#define PROTO_MIME_WORDS_H

#include "base/buf.h"

/* Appends an unfolded value as valid UTF-8. Blanks between two encoded words vanish, and a
 * character cut in two by adjacent words of one charset is joined, as many senders need. Bytes
 * outside of encoded words are UTF-8 (RFC 6532) or else guessed (charset.h). What is no well-formed
 * encoded word stays as it is. Linear in the length of the text. */
void words_decode(struct buf *out, struct str text);

/* Appends UTF-8 text for an unstructured value or, with is_phrase, for a display name (section 5,
 * rule 3), as encoded words where it needs any. Lines are folded with CRLF and a space before they
 * pass 76 columns; *column is the column reached, in and out. Malformed UTF-8 is repaired first.
 * The text holds no line end or NUL: callers refuse those (compose.h). */
void words_encode(struct buf *out, struct str text, bool is_phrase, size_t *column);

#endif
