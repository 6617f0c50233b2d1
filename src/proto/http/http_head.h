/* An http_head is the request line and headers of one request, whole in request->head.
 *
 * Part of http_request, apart for size only: framing there, meaning here. */
#ifndef PROTO_HTTP_HTTP_HEAD_H
#define PROTO_HTTP_HTTP_HEAD_H

#include "proto/http/http_request.h"

/* Fills the known fields of `request` from request->head, which ends with an empty line and whose lines
 * all end with CRLF. INVALID with refusal and refusal_reason set otherwise. */
MUST_USE enum status http_head_parse(struct http_request *request);

/* Writes the refusal; always INVALID, so callers return it. */
MUST_USE enum status http_head_refuse(struct http_request *request, int code, const char *reason);

/* A token of RFC 9110 section 5.6.2, not empty. */
bool http_head_is_token(struct str s);

#endif
