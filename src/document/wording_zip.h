/* A zip of XML parts, an office document or an archive, read part by part: for wording_*.c and archive.c alone. A part
 * is never whole in memory. */
#ifndef DOCUMENT_WORDING_ZIP_H
#define DOCUMENT_WORDING_ZIP_H

#include "document/wording.h"

struct wording_zip;

struct wording_zip_limits {
    size_t entries;
    uint64_t part, whole; /* bytes of one part, and of all that are read, once inflated */
};

/* The bytes stay the caller's, and there, until it is closed. INVALID: no zip, or a damaged one; LIMIT: too many
 * entries. */
MUST_USE enum status wording_zip_open(struct str bytes, const struct wording_zip_limits *limits,
                                      struct wording_zip **ret_zip);
void wording_zip_close(struct wording_zip *zip); /* NULL accepted */

bool wording_zip_has(struct wording_zip *zip, const char *name);
size_t wording_zip_count(const struct wording_zip *zip);
/* NULL: one without a name. */
const char *wording_zip_name(struct wording_zip *zip, size_t number);
/* Has all been read that may be? Every part is LIMIT from there on. */
bool wording_zip_is_spent(const struct wording_zip *zip);

/* Gives the part piece by piece; a status other than OK ends the reading. NOT_FOUND: no such part; DENIED: it wants a
 * password; LIMIT: above the limits or WORDING_RATIO_MAX; INVALID: damaged. */
typedef enum status wording_piece(void *with, struct str piece);
MUST_USE enum status wording_zip_read(struct wording_zip *zip, const char *name, wording_piece *take, void *with);

#endif
