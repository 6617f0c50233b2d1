/* A bodystructure is IMAP's description of the tree of parts (RFC 3501 and RFC 9051, BODY and
 * BODYSTRUCTURE in FETCH; the extension fields in the order of section 7.4.2). */
#ifndef PROTO_MIME_BODYSTRUCTURE_H
#define PROTO_MIME_BODYSTRUCTURE_H

#include "base/buf.h"
#include "proto/mime/mime_scan.h"

/* Bytes of arena that are enough for all but hostile messages; those get LIMIT. */
enum { BODYSTRUCTURE_ARENA = 16 << 20 };

/* Appends BODYSTRUCTURE, or BODY when is_extended is false. What the grammar cannot say is written
 * as the nearest it can: a multipart without parts has one empty text; a multipart or message that
 * was not looked into is application/octet-stream. LIMIT: arena or out is full. */
MUST_USE enum status bodystructure_write(struct buf *out, struct arena *arena,
                                         const struct mime *mime, bool is_extended);

#endif
