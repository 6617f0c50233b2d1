#include "proto/http/http_target.h"

#include "base/utf8.h"

static int hex_value(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    char lower = ascii_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* One byte of the path, decoded; INVALID when it may not stand in one. */
static enum status path_byte(struct str *rest, char *ret_byte)
{
    char c = rest->at[0];
    if (c != '%') {
        *rest = str_after(*rest, 1);
        *ret_byte = c;
        return c > 0x20 && c < 0x7F && c != '\\' && c != '#' && c != '?' ? OK : INVALID;
    }
    int high = rest->len > 2 ? hex_value(rest->at[1]) : -1;
    int low = rest->len > 2 ? hex_value(rest->at[2]) : -1;
    if (high < 0 || low < 0)
        return INVALID;
    *rest = str_after(*rest, 3);
    unsigned byte = (unsigned)(high * 16 + low);
    *ret_byte = (char)byte;
    return byte < 0x20 || byte == 0x7F || byte == '/' || byte == '\\' ? INVALID : OK;
}

static bool is_safe_segment(struct str segment, bool is_last)
{
    if (segment.len == 0)
        return is_last;
    return !str_eq(segment, STR(".")) && !str_eq(segment, STR(".."));
}

static bool has_safe_segments(struct str path)
{
    struct str rest = str_after(path, 1);
    while (!str_is_absent(rest)) {
        struct str segment = str_cut(&rest, '/');
        if (!is_safe_segment(segment, str_is_absent(rest)))
            return false;
    }
    return true;
}

enum status http_path_decode(struct str raw, char *to, size_t *ret_len)
{
    if (raw.len == 0 || raw.at[0] != '/')
        return INVALID;
    size_t len = 0;
    for (struct str rest = raw; rest.len > 0; len++)
        TRY(path_byte(&rest, &to[len]));
    struct str path = {to, len};
    if (!utf8_is_valid(path) || !has_safe_segments(path))
        return INVALID;
    *ret_len = len;
    return OK;
}

static bool is_host_byte(char c, bool is_literal)
{
    if (is_literal)
        return hex_value(c) >= 0 || c == ':' || c == '.';
    return ascii_is_alpha(c) || ascii_is_digit(c) || c == '-' || c == '.' || c == '_';
}

/* Cuts the name off; what remains in *rest is absent or ":port" without its colon. */
static enum status cut_host(struct str *rest, struct str *ret_name, bool *ret_is_literal)
{
    *ret_is_literal = rest->len > 0 && rest->at[0] == '[';
    if (!*ret_is_literal) {
        *ret_name = str_cut(rest, ':');
        return OK;
    }
    size_t close = str_find_byte(*rest, ']');
    if (close == SIZE_MAX)
        return INVALID;
    *ret_name = str_slice(*rest, 0, close + 1);
    *rest = str_after(*rest, close + 1);
    if (rest->len == 0) {
        *rest = STR_NONE;
        return OK;
    }
    if (rest->at[0] != ':')
        return INVALID;
    *rest = str_after(*rest, 1);
    return OK;
}

enum status http_host_parse(struct str raw, char *to, struct http_host *ret_host)
{
    struct str rest = raw, name;
    bool is_literal;
    uint64_t port = 0;
    TRY(cut_host(&rest, &name, &is_literal));
    if (rest.len > 0)
        TRY(str_to_u64(rest, UINT16_MAX, &port));
    if (!is_literal && str_ends(name, STR(".")))
        name.len--;
    if (name.len == 0 || name.len > HTTP_HOST_MAX || (is_literal && name.len < 4))
        return INVALID;
    for (size_t i = 0; i < name.len; i++) {
        bool is_bracket = is_literal && (i == 0 || i == name.len - 1);
        if (!is_bracket && !is_host_byte(name.at[i], is_literal))
            return INVALID;
        to[i] = ascii_lower(name.at[i]);
    }
    *ret_host = (struct http_host){{to, name.len}, (uint16_t)port};
    return OK;
}
