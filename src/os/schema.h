/* A schema is an XSD of others, with what it includes, and whether a document keeps to it.
 *
 * Why loaded by name: libxml2 knows XSD, and with ICU and libstdc++ would cost every process memory; the one command
 * that is asked for a schema opens it (as os/fetch.h does libcurl), and nothing else needs it. Invariants: nothing
 * is fetched from a network; a document with a DOCTYPE is refused here too, though whoever calls has read it before
 * with document/xml.h, which bounds its size and depth and refuses one. A schema is the operator's own and is
 * believed. */
#ifndef OS_SCHEMA_H
#define OS_SCHEMA_H

#include "base/buf.h"

struct schema;

/* NOT_FOUND: libxml2 is not on this machine, or is another one; INVALID: the file is no schema, or what it includes
 * is not there; `ret_said` has then the first reason, in libxml2's words. */
MUST_USE enum status schema_open(const char *path, struct schema **ret_schema, struct buf *ret_said);
void schema_close(struct schema **schema); /* NULL is accepted */
#define SCHEMA_SCOPE __attribute__((cleanup(schema_close)))

/* Each thing in which a document does not keep to it, in libxml2's words. */
typedef void schema_say(void *with, int64_t line, struct str what);
/* INVALID: it does not, and each reason was said; LIMIT: it is too long for libxml2. */
MUST_USE enum status schema_check(struct schema *schema, struct str bytes, schema_say *say, void *with);

#endif
