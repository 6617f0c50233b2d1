/* A zip_write is a zip file as it is written: parts one after the other, then the list of them at the end.
 *
 * Source: APPNOTE.TXT 6.3 (4.3.6 to 4.3.16). Why not libzip: it belongs to the role that reads what others wrote. The
 * same parts give the same bytes: all are dated 1 January 1980. Parts are below 4 GiB, as the form without zip64 has
 * it. Owns the list; the file grows in the caller's buf, which begins empty. */
#ifndef DOCUMENT_ZIP_WRITE_H
#define DOCUMENT_ZIP_WRITE_H

#include "base/buf.h"

enum { ZIP_WRITE_PARTS_MAX = 100, ZIP_WRITE_NAME_MAX = 200 };

struct zip_write {
    struct buf *out;
    struct buf list; /* of the parts, for the end */
    size_t count;
};

void zip_write_begin(struct zip_write *zip, struct buf *out);
/* As it is, or packed (deflate). LIMIT: too many parts, or `out` is full. */
MUST_USE enum status zip_write_part(struct zip_write *zip, const char *name, struct str bytes, bool is_packed);
/* Writes the list and frees it; to be called on every way out. */
MUST_USE enum status zip_write_end(struct zip_write *zip);

#endif
