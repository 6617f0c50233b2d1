/* A zip of an office document, read part by part: for wording_*.c alone. A part is never whole in memory. */
#ifndef DOCUMENT_WORDING_ZIP_H
#define DOCUMENT_WORDING_ZIP_H

#include "document/wording.h"

struct wording_zip;

/* The bytes stay the caller's, and there, until it is closed. INVALID: no zip, or a damaged one; LIMIT: more than
 * WORDING_ENTRIES_MAX entries. */
MUST_USE enum status wording_zip_open(struct str bytes, struct wording_zip **ret_zip);
void wording_zip_close(struct wording_zip *zip); /* NULL accepted */

bool wording_zip_has(struct wording_zip *zip, const char *name);

/* Gives the part piece by piece; a status other than OK ends the reading. NOT_FOUND: no such part; DENIED: it wants a
 * password; LIMIT: WORDING_PART_MAX or WORDING_RATIO_MAX; INVALID: damaged. */
typedef enum status wording_piece(void *with, struct str piece);
MUST_USE enum status wording_zip_read(struct wording_zip *zip, const char *name, wording_piece *take, void *with);

#endif
