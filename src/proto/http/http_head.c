#include "proto/http/http_head.h"

enum status http_head_refuse(struct http_request *request, int code, const char *reason)
{
    request->refusal = code;
    request->refusal_reason = reason;
    return INVALID;
}

static bool is_token_byte(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || (c != '\0' && strchr("!#$%&'*+-.^_`|~", c));
}

bool http_head_is_token(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_token_byte(s.at[i]))
            return false;
    return s.len > 0;
}

/* field-value of RFC 9110 section 5.5: tab, space, visible ASCII and obs-text. */
static bool is_header_value(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char byte = (unsigned char)s.at[i];
        if ((byte < 0x20 && byte != '\t') || byte == 0x7F)
            return false;
    }
    return true;
}

static enum http_method method_of(struct str name)
{
    static const struct str names[] = {[HTTP_GET] = STR_INIT("GET"),
                                       [HTTP_HEAD] = STR_INIT("HEAD"),
                                       [HTTP_POST] = STR_INIT("POST"),
                                       [HTTP_OPTIONS] = STR_INIT("OPTIONS")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(name, names[i]))
            return (enum http_method)i;
    return HTTP_OTHER;
}

static enum status parse_version(struct http_request *request, struct str version)
{
    if (version.len != 8 || !str_starts(version, STR("HTTP/")) || !ascii_is_digit(version.at[5]) ||
        version.at[6] != '.' || !ascii_is_digit(version.at[7]))
        return http_head_refuse(request, 400, "request line without a version");
    if (version.at[5] != '1')
        return http_head_refuse(request, 505, "not HTTP/1");
    request->is_http_1_0 = version.at[7] == '0';
    request->is_keep_alive = !request->is_http_1_0;
    return OK;
}

static enum status parse_request_line(struct http_request *request, struct str line)
{
    struct str rest = line;
    request->method_name = str_cut(&rest, ' ');
    request->target = str_cut(&rest, ' ');
    if (str_is_absent(rest) || !http_head_is_token(request->method_name))
        return http_head_refuse(request, 400, "malformed request line");
    request->method = method_of(request->method_name);
    if (request->target.len > HTTP_TARGET_MAX)
        return http_head_refuse(request, 414, "target too long");
    return parse_version(request, rest);
}

/* ---- headers that mean something to framing and routing ---- */

static enum status take_once(struct http_request *request, struct str *place, struct str value)
{
    if (!str_is_absent(*place))
        return http_head_refuse(request, 400, "a header that may stand once stands twice");
    *place = value;
    return OK;
}

static enum status take_host(struct http_request *request, struct str value)
{
    return take_once(request, &request->host_header, value);
}

static enum status take_content_type(struct http_request *request, struct str value)
{
    return take_once(request, &request->content_type, value);
}

static enum status take_cookie(struct http_request *request, struct str value)
{
    return take_once(request, &request->cookie, value); /* RFC 6265 section 5.4: at most one */
}

/* Lists may be split over lines (RFC 9110 section 5.3); the first line is enough for negotiation. */
static enum status take_accept_language(struct http_request *request, struct str value)
{
    if (str_is_absent(request->accept_language))
        request->accept_language = value;
    return OK;
}

static enum status take_accept(struct http_request *request, struct str value)
{
    if (str_is_absent(request->accept))
        request->accept = value;
    return OK;
}

static enum status take_length(struct http_request *request, struct str value)
{
    if (request->has_length)
        return http_head_refuse(request, 400, "Content-Length twice");
    if (value.len > HTTP_LENGTH_DIGITS_MAX ||
        str_to_u64(value, UINT64_MAX, &request->content_length) != OK)
        return http_head_refuse(request, 400, "Content-Length is no number");
    request->has_length = true;
    return OK;
}

static enum status take_transfer(struct http_request *request, struct str value)
{
    if (request->has_transfer)
        return http_head_refuse(request, 400, "Transfer-Encoding twice");
    if (!str_eq_nocase(value, STR("chunked")))
        return http_head_refuse(request, 501, "unknown Transfer-Encoding");
    request->has_transfer = true;
    return OK;
}

static enum status take_expect(struct http_request *request, struct str value)
{
    if (!str_eq_nocase(value, STR("100-continue")))
        return http_head_refuse(request, 417, "unknown expectation");
    request->expects_continue = true;
    return OK;
}

static enum status take_connection(struct http_request *request, struct str value)
{
    struct str rest = value;
    bool has_close = false, has_keep_alive = false;
    while (!str_is_absent(rest)) {
        struct str option = str_trim(str_cut(&rest, ','));
        has_close |= str_eq_nocase(option, STR("close"));
        has_keep_alive |= str_eq_nocase(option, STR("keep-alive"));
    }
    if (has_close)
        request->is_keep_alive = false;
    else if (has_keep_alive && request->is_http_1_0)
        request->is_keep_alive = true;
    return OK;
}

static enum status take_header(struct http_request *request, struct str name, struct str value)
{
    static const struct {
        struct str name;
        enum status (*take)(struct http_request *request, struct str value);
    } known[] = {
        {STR_INIT("host"), take_host},
        {STR_INIT("content-length"), take_length},
        {STR_INIT("transfer-encoding"), take_transfer},
        {STR_INIT("connection"), take_connection},
        {STR_INIT("expect"), take_expect},
        {STR_INIT("content-type"), take_content_type},
        {STR_INIT("cookie"), take_cookie},
        {STR_INIT("accept-language"), take_accept_language},
        {STR_INIT("accept"), take_accept},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eq_nocase(name, known[i].name))
            return known[i].take(request, value);
    return OK;
}

static struct str cut_line(struct str *rest)
{
    struct str line = str_cut(rest, '\n');
    return str_slice(line, 0, line.len - 1); /* http_request saw the CR */
}

static enum status parse_headers(struct http_request *request, struct str rest)
{
    for (struct str line = cut_line(&rest); line.len > 0; line = cut_line(&rest)) {
        size_t colon = str_find_byte(line, ':');
        if (colon == SIZE_MAX)
            return http_head_refuse(request, 400, "header without a colon");
        struct str name = str_slice(line, 0, colon);
        struct str value = str_trim(str_after(line, colon + 1));
        /* RFC 9112 section 5.1: no space before the colon; 5.2: no folding, which begins with a space. */
        if (!http_head_is_token(name))
            return http_head_refuse(request, 400, "malformed header name");
        if (!is_header_value(str_after(line, colon + 1)))
            return http_head_refuse(request, 400, "control character in a header");
        TRY(take_header(request, name, value));
    }
    return OK;
}

/* RFC 9112 section 6.1 and 6.3. */
static enum status check_framing(struct http_request *request)
{
    if (request->has_transfer && request->has_length)
        return http_head_refuse(request, 400, "Transfer-Encoding beside Content-Length");
    if (request->has_transfer && request->is_http_1_0)
        return http_head_refuse(request, 400, "Transfer-Encoding in HTTP/1.0");
    request->is_chunked = request->has_transfer;
    if (!request->is_chunked && request->content_length == 0)
        request->expects_continue = false;
    if (request->is_http_1_0)
        request->expects_continue = false; /* RFC 9110 section 10.1.1 */
    return OK;
}

/* Absolute form (RFC 9112 section 3.2.2): the host in it replaces the header. */
static enum status cut_origin(struct http_request *request, struct str *target, struct str *host)
{
    bool is_plain = str_starts_nocase(*target, STR("http://"));
    if (!is_plain && !str_starts_nocase(*target, STR("https://")))
        return http_head_refuse(request, 400, "malformed target");
    *target = str_after(*target, is_plain ? 7 : 8);
    size_t end = 0;
    while (end < target->len && target->at[end] != '/' && target->at[end] != '?')
        end++;
    *host = str_slice(*target, 0, end);
    *target = str_after(*target, end);
    return OK;
}

static bool is_visible(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] <= 0x20 || s.at[i] >= 0x7F || s.at[i] == '#')
            return false;
    return true;
}

/* The decoded path and the lowered host are written behind the head, in room reserved before. */
static enum status parse_target(struct http_request *request, char *room)
{
    struct str target = request->target, host = request->host_header;
    if (!is_visible(target))
        return http_head_refuse(request, 400, "target is not visible ASCII");
    bool is_star = request->method == HTTP_OPTIONS && str_eq(target, STR("*"));
    if (!is_star && !str_starts(target, STR("/")))
        TRY(cut_origin(request, &target, &host));
    if (str_is_absent(request->host_header) && !request->is_http_1_0)
        return http_head_refuse(request, 400, "no Host");
    if (!str_is_absent(host)) {
        if (http_host_parse(host, room, &request->host) != OK)
            return http_head_refuse(request, 400, "malformed Host");
        room += host.len;
    }
    struct str query = target, path = str_cut(&query, '?');
    request->query = query;
    request->path = path.len == 0 ? STR("/") : path;
    if (path.len == 0 || is_star)
        return OK;
    if (http_path_decode(path, room, &request->path.len) != OK)
        return http_head_refuse(request, 400, "malformed path");
    request->path.at = room;
    return OK;
}

enum status http_head_parse(struct http_request *request)
{
    /* Before the first slice is cut: the head may move while it grows. Host and path are both within it. */
    char *room = buf_reserve(&request->head, request->head.len);
    REQUIRE(room != NULL);
    struct str rest = buf_str(&request->head);
    TRY(parse_request_line(request, cut_line(&rest)));
    TRY(parse_headers(request, rest));
    TRY(check_framing(request));
    return parse_target(request, room);
}
