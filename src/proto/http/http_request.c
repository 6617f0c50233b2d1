#include "proto/http/http_request.h"

#include "proto/http/http_head.h"

enum state {
    IDLE, /* 0: http_request_again zeroes */
    HEAD,
    BODY,            /* counted by Content-Length */
    CHUNK_SIZE,      /* hexadecimal digits */
    CHUNK_EXTENSION, /* what follows them, thrown away */
    CHUNK_SIZE_LF,
    CHUNK_DATA,
    CHUNK_DATA_CR,
    CHUNK_DATA_LF,
    TRAILER_START, /* of a line: the empty one ends the body */
    TRAILER,       /* within a line, thrown away */
    TRAILER_LF,
    LAST_LF,
    ENDED,
    REFUSED,
};

enum {
    METHOD_AND_VERSION_MAX = 64,
    REQUEST_LINE_MAX = HTTP_TARGET_MAX + METHOD_AND_VERSION_MAX,
    HEAD_MAX = REQUEST_LINE_MAX + HTTP_HEADERS_MAX + 2,
};

void http_request_init(struct http_request *request, uint64_t body_max)
{
    *request = (struct http_request){.body_max = body_max, .head = BUF_INIT(2 * HEAD_MAX)};
}

void http_request_finish(struct http_request *request)
{
    buf_finish(&request->head);
}

void http_request_again(struct http_request *request)
{
    uint64_t body_max = request->body_max;
    buf_release(&request->head);
    http_request_init(request, body_max);
}

bool http_request_is_idle(const struct http_request *request)
{
    return request->state == IDLE;
}

static enum http_step refuse(struct http_request *request, int code, const char *reason)
{
    request->refusal = code;
    request->refusal_reason = reason;
    request->state = REFUSED;
    return HTTP_REFUSED;
}

/* ---- head ---- */

static enum http_step start(struct http_request *request)
{
    if (http_head_parse(request) != OK) {
        request->state = REFUSED;
        return HTTP_REFUSED;
    }
    request->state = ENDED;
    if (request->is_chunked)
        request->state = CHUNK_SIZE;
    else if (request->content_length > 0)
        request->state = BODY;
    return HTTP_STARTED;
}

/* A whole line stands at the end of the head. HTTP_MORE: go on with the next one. */
static enum http_step end_line(struct http_request *request)
{
    struct buf *head = &request->head;
    size_t len = head->len - request->line_from;
    if (len < 2 || head->at[head->len - 2] != '\r')
        return refuse(request, 400, "bare line feed");
    bool is_empty = len == 2;
    if (is_empty && request->line_from == 0) {
        /* RFC 9112 section 2.2: one empty line before a request line is let pass. */
        if (request->has_skipped_line)
            return refuse(request, 400, "empty lines before the request");
        request->has_skipped_line = true;
        buf_clear(head);
        return HTTP_MORE;
    }
    if (is_empty)
        return start(request);
    if (request->line_from == 0)
        request->request_line_len = len;
    request->line_from = head->len;
    if (++request->line_count > 1 + HTTP_HEADER_COUNT_MAX)
        return refuse(request, 431, "too many headers");
    return HTTP_MORE;
}

static enum http_step check_size(struct http_request *request)
{
    if (request->line_from == 0 && request->head.len > REQUEST_LINE_MAX)
        return refuse(request, 414, "request line too long");
    if (request->line_from > 0 &&
        request->head.len - request->request_line_len > HTTP_HEADERS_MAX + 2)
        return refuse(request, 431, "headers too long");
    return HTTP_MORE;
}

static enum http_step take_head(struct http_request *request, struct str *input)
{
    enum http_step step = HTTP_MORE;
    request->state = HEAD;
    while (step == HTTP_MORE && input->len > 0) {
        size_t end = str_find_byte(*input, '\n');
        size_t len = end == SIZE_MAX ? input->len : end + 1;
        /* Enough to see that a limit is passed, never more. */
        if (len > HEAD_MAX + 1 - request->head.len)
            len = HEAD_MAX + 1 - request->head.len;
        bool is_line = end != SIZE_MAX && len == end + 1;
        buf_add(&request->head, str_slice(*input, 0, len));
        *input = str_after(*input, len);
        step = check_size(request);
        if (step == HTTP_MORE && is_line)
            step = end_line(request);
    }
    if (step == HTTP_MORE && request->head.len == 0)
        buf_release(&request->head);
    return step;
}

/* ---- body ---- */

static enum http_step give(struct http_request *request, struct str *input, uint64_t max,
                           struct str *ret_piece)
{
    size_t len = input->len < max ? input->len : (size_t)max;
    *ret_piece = str_slice(*input, 0, len);
    *input = str_after(*input, len);
    request->body_seen += len;
    return HTTP_PIECE;
}

static enum http_step take_body(struct http_request *request, struct str *input,
                                struct str *ret_piece)
{
    if (request->content_length > request->body_max)
        return refuse(request, 413, "body too large");
    if (input->len == 0)
        return HTTP_MORE;
    uint64_t left = request->content_length - request->body_seen;
    enum http_step step = give(request, input, left, ret_piece);
    if (request->body_seen == request->content_length)
        request->state = ENDED;
    return step;
}

static enum http_step take_chunk_data(struct http_request *request, struct str *input,
                                      struct str *ret_piece)
{
    size_t before = input->len;
    enum http_step step = give(request, input, request->chunk_left, ret_piece);
    request->chunk_left -= before - input->len;
    if (request->chunk_left == 0)
        request->state = CHUNK_DATA_CR;
    return step;
}

static int hex_value(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    char lower = ascii_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static enum http_step chunk_size(struct http_request *request, char c)
{
    int digit = hex_value(c);
    if (digit < 0) {
        if (request->digits == 0 || (c != ';' && c != '\r'))
            return refuse(request, 400, "malformed chunk size");
        request->state = c == '\r' ? CHUNK_SIZE_LF : CHUNK_EXTENSION;
        return HTTP_MORE;
    }
    if (++request->digits > HTTP_LENGTH_DIGITS_MAX)
        return refuse(request, 400, "chunk size too long");
    request->chunk_left = request->chunk_left * 16 + (uint64_t)digit;
    return HTTP_MORE;
}

/* Chunk extensions and trailers mean nothing here; what they hold is bounded over the whole body. */
static enum http_step skip(struct http_request *request, char c, enum state at_cr)
{
    if (c == '\r') {
        request->state = at_cr;
        return HTTP_MORE;
    }
    if (((unsigned char)c < 0x20 && c != '\t') || c == 0x7F)
        return refuse(request, 400, "control character in a chunked body's frame");
    if (++request->extension_bytes > HTTP_EXTENSIONS_MAX)
        return refuse(request, 400, "too many chunk extensions");
    return HTTP_MORE;
}

static enum http_step chunk_begins(struct http_request *request)
{
    request->digits = 0;
    request->state = request->chunk_left > 0 ? CHUNK_DATA : TRAILER_START;
    if (request->chunk_left > request->body_max - request->body_seen)
        return refuse(request, 413, "body too large");
    return HTTP_MORE;
}

static enum http_step expect(struct http_request *request, char c, char wanted, enum state next)
{
    if (c != wanted)
        return refuse(request, 400, "malformed chunk");
    request->state = (int)next;
    return HTTP_MORE;
}

static enum http_step frame_byte(struct http_request *request, char c)
{
    switch ((enum state)request->state) {
    case CHUNK_SIZE:
        return chunk_size(request, c);
    case CHUNK_EXTENSION:
        return skip(request, c, CHUNK_SIZE_LF);
    case CHUNK_SIZE_LF:
        if (c != '\n')
            return refuse(request, 400, "malformed chunk");
        return chunk_begins(request);
    case CHUNK_DATA_CR:
        return expect(request, c, '\r', CHUNK_DATA_LF);
    case CHUNK_DATA_LF:
        return expect(request, c, '\n', CHUNK_SIZE);
    case TRAILER_START:
        if (c == '\r')
            return expect(request, c, '\r', LAST_LF);
        request->state = TRAILER;
        return skip(request, c, TRAILER_LF);
    case TRAILER:
        return skip(request, c, TRAILER_LF);
    case TRAILER_LF:
        return expect(request, c, '\n', TRAILER_START);
    case LAST_LF:
        return expect(request, c, '\n', ENDED);
    default:
        REQUIRE(false);
    }
    return HTTP_REFUSED;
}

static enum http_step take_chunked(struct http_request *request, struct str *input,
                                   struct str *ret_piece)
{
    while (input->len > 0 && request->state != ENDED) {
        if (request->state == CHUNK_DATA)
            return take_chunk_data(request, input, ret_piece);
        char c = input->at[0];
        *input = str_after(*input, 1);
        if (frame_byte(request, c) == HTTP_REFUSED)
            return HTTP_REFUSED;
    }
    return request->state == ENDED ? HTTP_ENDED : HTTP_MORE;
}

enum http_step http_request_next(struct http_request *request, struct str *input,
                                 struct str *ret_piece)
{
    switch ((enum state)request->state) {
    case IDLE:
        if (input->len == 0)
            return HTTP_MORE;
        return take_head(request, input);
    case HEAD:
        return take_head(request, input);
    case BODY:
        return take_body(request, input, ret_piece);
    case ENDED:
        return HTTP_ENDED;
    case REFUSED:
        return HTTP_REFUSED;
    default:
        return take_chunked(request, input, ret_piece);
    }
}

struct str http_request_header(const struct http_request *request, const char *name)
{
    struct str rest = buf_str(&request->head), wanted = str_of(name);
    (void)str_cut(&rest, '\n');
    while (rest.len > 2) {
        struct str line = str_cut(&rest, '\n');
        struct str found = str_cut(&line, ':');
        if (str_eq_nocase(found, wanted))
            return str_trim(line);
    }
    return STR_NONE;
}
