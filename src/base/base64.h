/* base64 (RFC 4648 section 4), its URL-safe form (section 5), base32 (section 6) and hexadecimal.
 *
 * All write into a buf, whose maximum bounds the result. Decoders are strict unless named lenient. */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/buf.h"

void base64_encode(struct buf *out, struct str bytes);
/* Without padding, with '-' and '_'. */
void base64_encode_url(struct buf *out, struct str bytes);
/* Lines of 76 characters ended by CRLF, as MIME wants (RFC 2045 section 6.8). */
void base64_encode_lines(struct buf *out, struct str bytes);

/* INVALID on any character outside the alphabet, wrong padding or non-zero spare bits. */
MUST_USE enum status base64_decode(struct buf *out, struct str text);
MUST_USE enum status base64_decode_url(struct buf *out, struct str text);
/* For mail bodies: skips what is not in the alphabet, stops at '='. Never fails. */
void base64_decode_lenient(struct buf *out, struct str text);

void base32_encode(struct buf *out, struct str bytes); /* upper case, no padding: TOTP secrets */
MUST_USE enum status base32_decode(struct buf *out, struct str text); /* case and spaces ignored */

void hex_encode(struct buf *out, struct str bytes); /* lower case */
MUST_USE enum status hex_decode(struct buf *out, struct str text);

#endif
