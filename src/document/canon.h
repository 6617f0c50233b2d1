/* A canon is the canonical form of an element: the one way to write what it says, which digests are made of.
 *
 * Source: Exclusive XML Canonicalization 1.0, without comments and without a list of prefixes; Canonical XML 1.0,
 * 2.3 for letters. It is the form signatures of files for the accountant are over. Why our own: libxml2 brings ICU
 * and libstdc++ into every process that is linked with it, and this is the only part of it they would need;
 * canon_test compares it with libxml2's. Pure. */
#ifndef DOCUMENT_CANON_H
#define DOCUMENT_CANON_H

#include "document/xml.h"

/* Appends that of an element of xml_read_exact, apart from one child (NULL: with all). INVALID: more namespaces
 * begin at one element than are looked at; LIMIT: it does not fit. */
MUST_USE enum status canon_write(struct buf *out, const struct xml *element, const struct xml *without);

#endif
