/* An http_value is the value of one header that has a structure: cookies, languages, parameters. */
#ifndef PROTO_HTTP_HTTP_VALUE_H
#define PROTO_HTTP_HTTP_VALUE_H

#include "base/buf.h"

enum { HTTP_LANGUAGES_MAX = 32 }; /* ranges of one Accept-Language that are looked at */

/* The value of a cookie (RFC 6265 section 4.2), without enclosing quotes. Absent when there is none, or
 * when the name stands twice: one of the two was planted by a neighbour, and none tells which. */
struct str http_value_cookie(struct str header, const char *name);

/* The index in `offered` ("fr", "en": primary tags) of the language the reader likes best by RFC 9110
 * section 12.5.4; "fr-CA" asks for "fr", "*" for whatever is not named. The earlier offer wins a tie.
 * `count` when none is acceptable or the header is absent. */
size_t http_value_language(struct str header, const struct str *offered, size_t count);

/* "multipart/form-data; boundary=x" -> "multipart/form-data". */
struct str http_value_media(struct str header);

/* A parameter behind the first ';', unquoted into `out` (RFC 9110 section 5.6.6). NOT_FOUND when absent,
 * INVALID when malformed or when it stands twice. */
MUST_USE enum status http_value_parameter(struct str header, const char *name, struct buf *out);

#endif
