/* A compose part is one leaf of a message being written: a text or a file, header and body. */
#ifndef PROTO_MIME_COMPOSE_PART_H
#define PROTO_MIME_COMPOSE_PART_H

#include "proto/mime/compose.h"

/* A text/plain or text/html part: as it is where it is short lines of ASCII, else quoted-printable.
 * Ends with CRLF. */
void compose_part_text(struct buf *out, const char *subtype, struct str text);

/* A file: base64, or as it is, its lines ended by CRLF, for a message (RFC 2046
 * section 5.2.1 allows no other). */
void compose_part_file(struct buf *out, const struct compose_file *file);

/* True for message/rfc822. */
bool compose_part_is_message(const struct compose_file *file);

#endif
