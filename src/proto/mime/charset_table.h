/* A charset table says which characters the upper bytes of a one-byte character set stand for.
 *
 * Why our own: the C library loads its conversions from files, which a sandboxed process may not
 * open, and these sets are most of the mail that is not UTF-8. */
#ifndef PROTO_MIME_CHARSET_TABLE_H
#define PROTO_MIME_CHARSET_TABLE_H

#include <uchar.h>

#include "base/str.h"

struct charset_table {
    const char16_t *points; /* NULL: no such table */
    uint8_t from;           /* bytes below stand for themselves */
};

/* By name in lower case without hyphens or blanks: "iso885915", "windows1252". */
struct charset_table charset_table_find(struct str name);
uint32_t charset_table_point(struct charset_table table, uint8_t byte);

#endif
