/* An http_multipart is the body of a multipart/form-data form (RFC 7578), whole in memory or mapped.
 *
 * Part of http_form, apart for size. Strict: the body begins with the first delimiter, and delimiters have
 * no padding; every browser writes it so, and nothing then hides between parts. */
#ifndef PROTO_HTTP_HTTP_MULTIPART_H
#define PROTO_HTTP_HTTP_MULTIPART_H

#include "base/arena.h"
#include "proto/http/http_field.h"

/* As http_form_body. The boundary is 1 to HTTP_BOUNDARY_MAX bytes of RFC 2046 section 5.1.1. */
MUST_USE enum status http_multipart_parse(struct arena *arena, struct str boundary, struct str body,
                                          struct http_fields *ret_fields);

#endif
