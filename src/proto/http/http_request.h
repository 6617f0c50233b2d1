/* An http_request reads HTTP/1.1 requests off one connection, piece by piece (RFC 9112).
 *
 * Why strict: a request two programs frame differently lets one user speak in another's name, so what
 * RFC 9112 lets a server repair is refused here: bare CR or LF, folded lines, a second Content-Length even
 * when equal, Transfer-Encoding beside Content-Length. After a refusal the connection must be closed.
 * Invariants: never holds more than one head; body bytes are never copied or kept; between requests it
 * holds no heap memory. Owns its head until http_request_again or http_request_finish. */
#ifndef PROTO_HTTP_HTTP_REQUEST_H
#define PROTO_HTTP_HTTP_REQUEST_H

#include "base/buf.h"
#include "proto/http/http_target.h"

enum {
    HTTP_TARGET_MAX = 16 << 10,        /* else 414 */
    HTTP_HEADERS_MAX = 32 << 10,       /* all header lines with their ends, else 431 */
    HTTP_HEADER_COUNT_MAX = 100,       /* else 431 */
    HTTP_EXTENSIONS_MAX = 4 << 10,     /* chunk extensions and trailers of one body, else 400 */
    HTTP_LENGTH_DIGITS_MAX = 15,       /* of Content-Length and chunk sizes */
};

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_OPTIONS, HTTP_OTHER };

enum http_step {
    HTTP_MORE,    /* all input was taken; feed more */
    HTTP_STARTED, /* the head is known: look at it, send "100 Continue" if expects_continue */
    HTTP_PIECE,   /* *ret_piece is the next bytes of the body, a slice of the input */
    HTTP_ENDED,   /* the request is whole; again until http_request_again */
    HTTP_REFUSED, /* answer `refusal` and close; for ever */
};

struct http_request {
    /* Known from HTTP_STARTED on; slices of the head. */
    enum http_method method;
    struct str method_name;
    struct str target;          /* as sent */
    struct str path;            /* decoded, see http_path_decode; "*" for OPTIONS * */
    struct str query;           /* after '?', still encoded; absent when there is no '?' */
    struct http_host host;      /* name absent: HTTP/1.0 without Host */
    struct str host_header;     /* as sent */
    struct str content_type, cookie, accept_language, accept; /* absent when not sent */
    uint64_t content_length;    /* 0 without a body or when is_chunked */
    bool is_http_1_0;
    bool is_chunked;
    bool is_keep_alive;         /* the peer lets the connection live */
    bool expects_continue;      /* 417 was answered for any other expectation */
    /* May be lowered between HTTP_STARTED and the first piece; passing it is 413. */
    uint64_t body_max;
    /* Known after HTTP_REFUSED. */
    int refusal;
    const char *refusal_reason; /* for the operator; never holds input */

    /* Private. */
    struct buf head;
    int state;
    size_t line_from, line_count, request_line_len;
    uint64_t body_seen, chunk_left;
    unsigned digits, extension_bytes;
    bool has_length, has_transfer, has_skipped_line;
};

void http_request_init(struct http_request *request, uint64_t body_max);
void http_request_finish(struct http_request *request);

/* Takes bytes off *input and says what they gave; call until HTTP_MORE. Never takes a byte past the end
 * of the current request, so what pipelining sent stays with the caller. */
MUST_USE enum http_step http_request_next(struct http_request *request, struct str *input,
                                          struct str *ret_piece);

/* After HTTP_ENDED and the answer: forgets the request, gives its memory back, keeps body_max. */
void http_request_again(struct http_request *request);

/* True before the first byte of a request: the connection may be closed without harm. */
bool http_request_is_idle(const struct http_request *request);

/* The first header by that name (any case), absent when there is none; from HTTP_STARTED on. */
struct str http_request_header(const struct http_request *request, const char *name);

#endif
