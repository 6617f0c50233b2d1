/* A transfer encoding is how a body was made to fit lines of mail (RFC 2045 section 6). */
#ifndef PROTO_MIME_TRANSFER_H
#define PROTO_MIME_TRANSFER_H

#include "base/buf.h"

enum transfer {
    TRANSFER_7BIT,
    TRANSFER_8BIT,
    TRANSFER_BINARY,
    TRANSFER_QUOTED,
    TRANSFER_BASE64,
    TRANSFER_UNKNOWN, /* a name nobody knows: the bytes are shown as they are */
};

/* From the value of Content-Transfer-Encoding; absent is 7bit (section 6.1). */
enum transfer transfer_of(struct str value);

/* Appends the decoded body, as much of it as fits. Faults are passed over as section 6.7 advises: a
 * lone
 * '=' stays, a byte outside the base64 alphabet is skipped. */
void transfer_decode(struct buf *out, enum transfer transfer, struct str body);

/* Appends text as quoted-printable: lines of at most 76 bytes, CRLF where the text has CRLF or
 * LF. */
void transfer_quote(struct buf *out, struct str text);

/* The value of two hexadecimal digits at text[from], or -1. */
int transfer_hex_byte(struct str text, size_t from);

#endif
