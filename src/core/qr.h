/* A qr is a text as the squares that a telephone's camera reads (ISO/IEC 18004, error correction M).
 *
 * For templates: the path of an <svg> whose side is *ret_side units, a quiet zone of four around. Nothing is kept. */
#ifndef CORE_QR_H
#define CORE_QR_H

#include "base/buf.h"

enum { QR_TEXT_MAX = 1000, QR_QUIET = 4, QR_PATH_MAX = 128 << 10 };

/* Appends the path. LIMIT: the text is longer than QR_TEXT_MAX, or `out` is full. */
MUST_USE enum status qr_path(struct buf *out, struct str text, int64_t *ret_side);

#endif
