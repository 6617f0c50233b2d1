/* An envelope is IMAP's summary of a header: date, subject, addresses, ids (RFC 3501 and RFC 9051,
 * ENVELOPE in FETCH). Values stay encoded as they are in the header; line folding is gone. */
#ifndef PROTO_MIME_ENVELOPE_H
#define PROTO_MIME_ENVELOPE_H

#include "base/arena.h"
#include "base/buf.h"

/* Bytes of arena that are enough for all but hostile headers; those get LIMIT. */
enum { ENVELOPE_ARENA = 4 << 20 };

/* Appends "(...)". A missing or empty Sender or Reply-To is written as From. LIMIT: arena or out is
 * full. */
MUST_USE enum status envelope_write(struct buf *out, struct arena *arena, struct str header);

#endif
