/* An http_field is one decoded field of a query or a form; a file has a file name and a content type.
 *
 * Slices point into the arena, or for multipart bodies into the body itself. Name and value are valid
 * UTF-8 without NUL, except the value of a file, which is any bytes. */
#ifndef PROTO_HTTP_HTTP_FIELD_H
#define PROTO_HTTP_HTTP_FIELD_H

#include "base/str.h"

struct http_field {
    struct str name, value;
    struct str file_name, content_type; /* absent unless a file */
};

struct http_fields {
    const struct http_field *at;
    size_t count;
};

#endif
