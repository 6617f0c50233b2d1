/* A charset is the name under which mail says how its bytes stand for characters (RFC 2045
 * section 5.1). */
#ifndef PROTO_MIME_CHARSET_H
#define PROTO_MIME_CHARSET_H

#include "base/buf.h"

/* Appends the bytes as valid UTF-8. Names match without case, hyphens and blanks, and common other
 * names are known; ISO-8859-1 is read as Windows-1252, as every browser does. us-ascii, a missing
 * or an unknown name: the bytes are UTF-8 if they are valid as such, else Windows-1252. What means
 * nothing becomes U+FFFD. Output beyond out's maximum is dropped. */
void charset_to_utf8(struct buf *out, struct str name, struct str bytes);

#endif
