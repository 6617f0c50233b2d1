/* An http_target is what a request asks of which host: decoded path, query, host name and port.
 *
 * Why one place: a path that two readers decode differently is how requests reach what they should not.
 * So what could be read in two ways is refused instead of repaired. */
#ifndef PROTO_HTTP_HTTP_TARGET_H
#define PROTO_HTTP_HTTP_TARGET_H

#include "base/str.h"

enum { HTTP_HOST_MAX = 255 }; /* RFC 1035 section 2.3.4 */

struct http_host {
    struct str name; /* lower case, without final dot; an IPv6 literal keeps its brackets */
    uint16_t port;   /* 0: not said */
};

/* Decodes a percent-encoded absolute path (RFC 3986 section 3.3) into `to`, which has room for raw.len
 * bytes. INVALID unless it starts with '/', is made of visible ASCII, is UTF-8 once decoded, and holds no
 * control character, backslash, encoded '/', empty segment but the last, or segment "." or "..". */
MUST_USE enum status http_path_decode(struct str raw, char *to, size_t *ret_len);

/* "Town.Example.:8080" -> "town.example", 8080 (RFC 9110 section 7.2). `to` has room for raw.len bytes.
 * INVALID: anything but letters, digits, '-', '_', '.', an IPv6 literal, or a port above 65535. */
MUST_USE enum status http_host_parse(struct str raw, char *to, struct http_host *ret_host);

#endif
