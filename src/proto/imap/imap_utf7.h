/* Modified UTF-7: how mailbox names beyond ASCII are written for clients that did not enable
 * UTF-8 (RFC 9051 Appendix A.1, RFC 3501 section 5.1.3). */
#ifndef PROTO_IMAP_IMAP_UTF7_H
#define PROTO_IMAP_IMAP_UTF7_H

#include "base/buf.h"

/* Appends the name; malformed UTF-8 is written as U+FFFD. */
void imap_utf7_encode(struct buf *out, struct str utf8);

/* Appends UTF-8. INVALID for anything the encoder would have written otherwise: bad base64, lone
 * surrogates, shifted ASCII, two shifts in a row, 8-bit or control characters. One name thus has
 * one form. */
MUST_USE enum status imap_utf7_decode(struct buf *out, struct str text);

#endif
