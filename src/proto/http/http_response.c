#include "proto/http/http_response.h"

#include "proto/http/http_form.h"
#include "proto/http/http_head.h"
#include "proto/html/html.h"

const char *http_response_reason(int code)
{
    static const struct {
        int code;
        const char *reason;
    } reasons[] = {
        {100, "Continue"},
        {200, "OK"},
        {201, "Created"},
        {204, "No Content"},
        {206, "Partial Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {417, "Expectation Failed"},
        {421, "Misdirected Request"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {505, "HTTP Version Not Supported"},
        {507, "Insufficient Storage"},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].code == code)
            return reasons[i].reason;
    return "Error";
}

void http_response_begin(struct buf *out, int code)
{
    REQUIRE(code >= 100 && code <= 599);
    buf_add_literal(out, "HTTP/1.1 ");
    buf_add_u64(out, (uint64_t)code);
    buf_add_byte(out, ' ');
    buf_add_c(out, http_response_reason(code));
    buf_add_literal(out, "\r\n");
}

enum status http_response_header(struct buf *out, const char *name, struct str value)
{
    if (!http_head_is_token(str_of(name)))
        return INVALID;
    for (size_t i = 0; i < value.len; i++)
        if (((unsigned char)value.at[i] < 0x20 && value.at[i] != '\t') || value.at[i] == 0x7F)
            return INVALID;
    buf_add_c(out, name);
    buf_add_literal(out, ": ");
    buf_add(out, value);
    buf_add_literal(out, "\r\n");
    return OK;
}

void http_response_length(struct buf *out, uint64_t length)
{
    buf_add_literal(out, "Content-Length: ");
    buf_add_u64(out, length);
    buf_add_literal(out, "\r\n");
}

void http_response_date(struct buf *out, struct instant now)
{
    static const char days[] = "MonTueWedThuFriSatSun";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    struct civil at = civil_of(now, 0);
    int weekday = date_weekday(date_of(at.year, at.month, at.day));
    buf_add_format(out, "Date: %.3s, %02d %.3s %04d %02d:%02d:%02d GMT\r\n", days + 3 * weekday,
                   at.day, months + 3 * (at.month - 1), at.year, at.hour, at.minute, at.second);
}

/* The plain form for readers older than RFC 8187: what is not ASCII, and '%' and '"', become '_'. */
static void add_ascii_name(struct buf *out, struct str name)
{
    for (size_t i = 0; i < name.len; i++) {
        unsigned char byte = (unsigned char)name.at[i];
        bool is_plain = byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\' && byte != '%';
        if (is_plain)
            buf_add_byte(out, name.at[i]);
        else if (byte < 0x80 || byte >= 0xC0) /* one '_' for each code point */
            buf_add_byte(out, '_');
    }
}

void http_response_file_name(struct buf *out, struct str file_name)
{
    struct buf safe BUF_SCOPE = BUF_INIT(HTTP_FILE_NAME_MAX);
    http_form_safe_name(&safe, file_name);
    buf_add_literal(out, "Content-Disposition: attachment; filename=\"");
    add_ascii_name(out, buf_str(&safe));
    buf_add_literal(out, "\"; filename*=UTF-8''");
    html_url_component_add(out, buf_str(&safe));
    buf_add_literal(out, "\r\n");
}

/* cookie-octet of RFC 6265 section 4.1.1. */
static bool is_cookie_value(struct str value)
{
    for (size_t i = 0; i < value.len; i++) {
        unsigned char byte = (unsigned char)value.at[i];
        if (byte <= 0x20 || byte >= 0x7F || strchr("\",;\\", byte))
            return false;
    }
    return true;
}

enum status http_response_cookie(struct buf *out, struct http_cookie cookie)
{
    if (!http_head_is_token(str_of(cookie.name)) || !is_cookie_value(cookie.value))
        return INVALID;
    buf_add_c(out, cookie.is_secure ? "Set-Cookie: __Host-" : "Set-Cookie: ");
    buf_add_c(out, cookie.name);
    buf_add_byte(out, '=');
    buf_add(out, cookie.value);
    buf_add_c(out, cookie.is_secure ? "; Path=/; Secure; HttpOnly; SameSite=Lax" : "; Path=/; HttpOnly; SameSite=Lax");
    if (cookie.max_age_s >= 0) {
        buf_add_literal(out, "; Max-Age=");
        buf_add_i64(out, cookie.max_age_s);
    }
    buf_add_literal(out, "\r\n");
    return OK;
}

void http_response_end(struct buf *out)
{
    buf_add_literal(out, "\r\n");
}

void http_response_chunk(struct buf *out, struct str bytes)
{
    if (bytes.len == 0)
        return;
    buf_add_format(out, "%zx\r\n", bytes.len);
    buf_add(out, bytes);
    buf_add_literal(out, "\r\n");
}

void http_response_last_chunk(struct buf *out)
{
    buf_add_literal(out, "0\r\n\r\n");
}
