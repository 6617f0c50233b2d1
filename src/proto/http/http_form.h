/* An http_form is the fields of a query or a body, decoded: application/x-www-form-urlencoded (WHATWG URL
 * 5.1) and multipart/form-data (RFC 7578).
 *
 * Invariants: names and values of plain fields are valid UTF-8 without NUL; a file name is only ever the
 * safe form of what was sent. The body must outlive the fields: multipart values are slices of it. */
#ifndef PROTO_HTTP_HTTP_FORM_H
#define PROTO_HTTP_HTTP_FORM_H

#include "base/arena.h"
#include "base/buf.h"
#include "proto/http/http_field.h"

enum {
    HTTP_FIELD_COUNT_MAX = 2000,
    HTTP_FIELD_NAME_MAX = 256,
    HTTP_FILE_NAME_MAX = 200,       /* bytes, once safe */
    HTTP_BOUNDARY_MAX = 70,         /* RFC 2046 section 5.1.1 */
    HTTP_PART_HEADERS_MAX = 4 << 10,/* bytes of one part's headers */
};

/* INVALID: malformed bytes; LIMIT: too many fields, a name too long, a full arena. An empty text has no
 * fields. "%" not followed by two hexadecimal digits is INVALID. */
MUST_USE enum status http_form_urlencoded(struct arena *arena, struct str text,
                                          struct http_fields *ret_fields);

/* The body of a form by its Content-Type. INVALID for another type as well. A file input left empty (no
 * name, no bytes) gives no field. */
MUST_USE enum status http_form_body(struct arena *arena, struct str content_type, struct str body,
                                    struct http_fields *ret_fields);

/* Appends a file name that is safe to show and to save anywhere: the part behind the last '/' or '\',
 * valid UTF-8, controls, bidirectional marks and <>:"|?* replaced by '_', no leading or trailing dot or
 * space, at most HTTP_FILE_NAME_MAX bytes with its extension kept, "fichier" when nothing is left. */
void http_form_safe_name(struct buf *out, struct str name);

#endif
