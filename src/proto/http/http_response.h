/* An http_response is written head first into a buf: status line, headers, then the body.
 *
 * Why: no CR or LF of a value can start a header of its own (response splitting): such a value is refused
 * and nothing of it is written. The order of calls is begin, headers, end. */
#ifndef PROTO_HTTP_HTTP_RESPONSE_H
#define PROTO_HTTP_HTTP_RESPONSE_H

#include "base/buf.h"
#include "base/dates.h"

/* "HTTP/1.1 200 OK"; `code` is 100..599. */
void http_response_begin(struct buf *out, int code);

/* INVALID: a name that is no token, a value with a control character other than tab. */
MUST_USE enum status http_response_header(struct buf *out, const char *name, struct str value);
void http_response_length(struct buf *out, uint64_t length);
/* IMF-fixdate, RFC 9110 section 5.6.7. */
void http_response_date(struct buf *out, struct instant now);

/* Content-Disposition with the name as ASCII and as UTF-8 (RFC 6266 section 4.3, RFC 8187). Any name is
 * taken; it is made safe by http_form_safe_name first. */
void http_response_file_name(struct buf *out, struct str file_name);

/* Set-Cookie: HttpOnly, SameSite=Lax, Path=/, no Domain; over TLS as "__Host-NAME" and Secure (RFC 6265bis section
 * 4.1.3.2), in clear by its bare name, since a browser would drop it otherwise. max_age_s 0 deletes it, below 0 lasts
 * as long as the browser. INVALID: a value outside cookie-octet. */
struct http_cookie {
    const char *name;
    struct str value;
    int64_t max_age_s;
    bool is_secure;
};
MUST_USE enum status http_response_cookie(struct buf *out, struct http_cookie cookie);
void http_response_end(struct buf *out);

/* Body as chunks (RFC 9112 section 7.1): an empty run writes nothing; the last one ends it. */
void http_response_chunk(struct buf *out, struct str bytes);
void http_response_last_chunk(struct buf *out);

/* "Not Found"; "Error" for a code without a name. */
const char *http_response_reason(int code);

#endif
