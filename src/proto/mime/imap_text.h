/* An imap text is a string as IMAP writes it: NIL, "quoted" or a literal (RFC 3501 section 4.3). */
#ifndef PROTO_MIME_IMAP_TEXT_H
#define PROTO_MIME_IMAP_TEXT_H

#include "base/buf.h"

/* Longer strings, and those with CR, LF or 8-bit bytes, become literals; NUL, which neither may
 * hold, is written as '?'. */
enum { IMAP_QUOTED_MAX = 1000 };

/* A string; absent counts as empty. */
void imap_text_string(struct buf *out, struct str text);
/* A string, or NIL when absent. */
void imap_text_nstring(struct buf *out, struct str text);

#endif
