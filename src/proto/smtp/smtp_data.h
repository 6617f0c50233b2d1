/* An smtp_data takes the bytes after DATA apart: dots unstuffed, the end found at CRLF.CRLF and nowhere else.
 *
 * RFC 5321 sections 4.1.1.4 and 4.5.2. A bare CR or LF, or a NUL, makes the message bad: it is still read to
 * its real end, and then refused, so that nothing behind a false end is taken for commands (SMTP smuggling).
 * Resumable at any byte; holds no memory of its own. */
#ifndef PROTO_SMTP_SMTP_DATA_H
#define PROTO_SMTP_SMTP_DATA_H

#include "base/buf.h"

struct smtp_data {
    int state; /* private */
    bool is_done, is_bad;
};

/* At the start of a message: as if a CRLF had just been read. */
void smtp_data_begin(struct smtp_data *data);

/* Reads from `input`, appends message bytes to `out`, returns how many bytes of input were used: all, or up
 * to the end of the message, when is_done becomes true. Once is_bad, or when out is over, bytes are only
 * skipped. */
size_t smtp_data_feed(struct smtp_data *data, struct str input, struct buf *out);

#endif
