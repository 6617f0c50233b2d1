#include "proto/http/http_form.h"

#include "base/list.h"
#include "base/utf8.h"
#include "proto/http/http_multipart.h"
#include "proto/http/http_value.h"

static int hex_value(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    char lower = ascii_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static enum status decode_triple(struct str raw, size_t at, char *ret_byte)
{
    int high = at + 2 < raw.len ? hex_value(raw.at[at + 1]) : -1;
    int low = at + 2 < raw.len ? hex_value(raw.at[at + 2]) : -1;
    if (high < 0 || low < 0)
        return INVALID;
    *ret_byte = (char)(high * 16 + low);
    return OK;
}

/* Into the arena; '+' is a space. */
static enum status decode(struct arena *arena, struct str raw, struct str *ret_text)
{
    char *to = arena_alloc(arena, raw.len + 1);
    if (to == NULL)
        return LIMIT;
    size_t len = 0;
    for (size_t i = 0; i < raw.len; i++, len++) {
        to[len] = raw.at[i] == '+' ? ' ' : raw.at[i];
        if (raw.at[i] != '%')
            continue;
        TRY(decode_triple(raw, i, &to[len]));
        i += 2;
    }
    *ret_text = (struct str){to, len};
    bool is_text = utf8_is_valid(*ret_text) && str_find_byte(*ret_text, '\0') == SIZE_MAX;
    return is_text ? OK : INVALID;
}

enum status http_form_urlencoded(struct arena *arena, struct str text,
                                 struct http_fields *ret_fields)
{
    struct list LIST_OF(struct http_field) fields = {0};
    struct str rest = text;
    while (!str_is_absent(rest)) {
        struct str value = str_cut(&rest, '&');
        if (value.len == 0)
            continue;
        struct str name = str_cut(&value, '=');
        if (name.len > 3 * HTTP_FIELD_NAME_MAX)
            return LIMIT;
        struct http_field *field = list_add(&fields, arena, HTTP_FIELD_COUNT_MAX);
        if (field == NULL)
            return LIMIT;
        TRY(decode(arena, name, &field->name));
        TRY(decode(arena, str_is_absent(value) ? STR("") : value, &field->value));
        if (field->name.len > HTTP_FIELD_NAME_MAX)
            return LIMIT;
    }
    *ret_fields = (struct http_fields){fields.at, fields.count};
    return OK;
}

enum status http_form_body(struct arena *arena, struct str content_type, struct str body,
                           struct http_fields *ret_fields)
{
    struct str media = http_value_media(content_type);
    if (str_eq_nocase(media, STR("application/x-www-form-urlencoded")))
        return http_form_urlencoded(arena, body, ret_fields);
    if (!str_eq_nocase(media, STR("multipart/form-data")))
        return INVALID;
    struct buf boundary BUF_SCOPE = BUF_INIT(HTTP_BOUNDARY_MAX);
    if (http_value_parameter(content_type, "boundary", &boundary) != OK ||
        buf_status(&boundary) != OK)
        return INVALID;
    return http_multipart_parse(arena, buf_str(&boundary), body, ret_fields);
}

/* ---- file names ---- */

static struct str behind_last(struct str name, char separator)
{
    size_t at = str_find_byte_last(name, separator);
    return at == SIZE_MAX ? name : str_after(name, at + 1);
}

static void add_safe_points(struct buf *out, struct str name)
{
    while (name.len > 0) {
        uint32_t point = utf8_next(&name);
        bool is_reserved = point < 0x80 && strchr("<>:\"|?*/\\", (int)point);
        bool is_bad = point < 0x20 || (point >= 0x7F && point < 0xA0) || utf8_is_deceptive(point);
        utf8_add(out, is_reserved || is_bad ? '_' : point);
    }
}

static struct str trim_dots(struct str s)
{
    while (s.len > 0 && (s.at[0] == '.' || s.at[0] == ' '))
        s = str_after(s, 1);
    while (s.len > 0 && (s.at[s.len - 1] == '.' || s.at[s.len - 1] == ' '))
        s.len--;
    return s;
}

void http_form_safe_name(struct buf *out, struct str name)
{
    enum { NAME_SEEN_MAX = 4096, EXTENSION_MAX = 16 };
    struct buf safe BUF_SCOPE = BUF_INIT(4 * NAME_SEEN_MAX);
    struct str last = behind_last(behind_last(name, '/'), '\\');
    add_safe_points(&safe, str_slice(last, 0, NAME_SEEN_MAX));
    struct str whole = trim_dots(buf_str(&safe));
    if (whole.len == 0)
        whole = STR("fichier");
    size_t dot = str_find_byte_last(whole, '.');
    struct str extension = dot == SIZE_MAX ? STR("") : str_after(whole, dot);
    if (extension.len > EXTENSION_MAX)
        extension = STR("");
    struct str stem = str_slice(whole, 0, whole.len - extension.len);
    buf_add(out, utf8_prefix(stem, HTTP_FILE_NAME_MAX - extension.len));
    buf_add(out, extension);
}
