/* A gzip is a compressed file (RFC 1952): one of ours made, one of others looked at in pieces: is it whole, and what
 * does it hold?
 *
 * Why in pieces: what is inside need not lie in memory to be proven readable. Invariants: no more than `max` bytes are
 * inflated; its checksum and length are proven when it ends; nothing may follow it. */
#ifndef DOCUMENT_GZIP_H
#define DOCUMENT_GZIP_H

#include "base/buf.h"

struct gzip;

struct gzip *gzip_create(uint64_t max);
void gzip_destroy(struct gzip **gzip); /* NULL is accepted */
#define GZIP_SCOPE __attribute__((cleanup(gzip_destroy)))

/* The next bytes of the file. INVALID: it is no gzip, damaged, or goes on behind its end; LIMIT: more than `max`. */
MUST_USE enum status gzip_take(struct gzip *gzip, struct str piece);
/* Has its end been seen, with the right checksum? And how many bytes it holds so far. */
bool gzip_is_whole(const struct gzip *gzip);
uint64_t gzip_inflated(const struct gzip *gzip);

/* Appends the file that holds these bytes: neither a name nor a time in it, so the same bytes give the same file. What
 * does not fit is remembered by the buf. At most 4 GiB. */
void gzip_pack(struct buf *out, struct str bytes);

#endif
