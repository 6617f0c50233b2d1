#include "proto/http/http_multipart.h"

#include "base/list.h"
#include "base/utf8.h"
#include "proto/http/http_form.h"
#include "proto/http/http_value.h"

/* One part while it is read. */
struct part {
    struct str headers; /* lines with their CRLF */
    struct str body;
};

static bool is_boundary(struct str boundary)
{
    for (size_t i = 0; i < boundary.len; i++) {
        char c = boundary.at[i];
        bool is_listed = c != '\0' && strchr("'()+_,-./:=? ", c);
        if (!ascii_is_alpha(c) && !ascii_is_digit(c) && !is_listed)
            return false;
    }
    return boundary.len > 0 && boundary.len <= HTTP_BOUNDARY_MAX &&
           boundary.at[boundary.len - 1] != ' ';
}

/* What stands between '"' and '"', by the rule of browsers (WHATWG HTML, multipart encoding): only %22,
 * %0D and %0A are escapes; and \" of older ones. */
static enum status take_quoted(struct str *rest, struct buf *out)
{
    if (rest->len == 0 || rest->at[0] != '"')
        return INVALID;
    size_t i = 1;
    for (; i < rest->len && rest->at[i] != '"'; i++) {
        struct str triple = str_slice(*rest, i, i + 3);
        bool is_escape = str_eq_nocase(triple, STR("%22")) || str_eq_nocase(triple, STR("%0D")) ||
                         str_eq_nocase(triple, STR("%0A"));
        if (is_escape)
            buf_add_byte(out, triple.at[1] == '2' ? '"' : '\n');
        else if (triple.len > 1 && triple.at[0] == '\\' && triple.at[1] == '"')
            buf_add_byte(out, '"');
        else
            buf_add_byte(out, rest->at[i]);
        i += is_escape ? 2 : rest->at[i] == '\\' && i + 1 < rest->len && rest->at[i + 1] == '"';
    }
    if (i >= rest->len)
        return INVALID;
    *rest = str_after(*rest, i + 1);
    return buf_status(out);
}

static enum status keep_text(struct arena *arena, struct str text, struct str *ret_text)
{
    if (!utf8_is_valid(text) || str_find_byte(text, '\0') != SIZE_MAX)
        return INVALID;
    *ret_text = str_copy(arena, text);
    return str_is_absent(*ret_text) ? LIMIT : OK;
}

static enum status keep_file_name(struct arena *arena, struct str sent, struct str *ret_name)
{
    struct buf safe BUF_SCOPE = BUF_INIT(HTTP_FILE_NAME_MAX);
    if (sent.len == 0) {
        *ret_name = STR("");
        return OK;
    }
    http_form_safe_name(&safe, sent);
    *ret_name = str_copy(arena, buf_str(&safe));
    return str_is_absent(*ret_name) ? LIMIT : OK;
}

static enum status take_parameter(struct arena *arena, struct str name, struct str value,
                                  struct http_field *field)
{
    if (str_eq_nocase(name, STR("name"))) {
        if (!str_is_absent(field->name))
            return INVALID;
        if (value.len > HTTP_FIELD_NAME_MAX)
            return LIMIT;
        return keep_text(arena, value, &field->name);
    }
    /* "filename*" MUST NOT be used in forms (RFC 7578 section 4.2): passed over. */
    if (!str_eq_nocase(name, STR("filename")))
        return OK;
    if (!str_is_absent(field->file_name))
        return INVALID;
    return keep_file_name(arena, value, &field->file_name);
}

/* form-data; name="x"; filename="y" */
static enum status take_disposition(struct arena *arena, struct str value,
                                    struct http_field *field)
{
    struct str rest = value;
    if (!str_eq_nocase(str_trim(str_cut(&rest, ';')), STR("form-data")))
        return INVALID;
    while (!str_is_absent(rest)) {
        struct buf text BUF_SCOPE = BUF_INIT(HTTP_PART_HEADERS_MAX);
        size_t equals = str_find_byte(rest, '=');
        if (equals == SIZE_MAX)
            return INVALID;
        struct str name = str_trim(str_slice(rest, 0, equals));
        rest = str_after(rest, equals + 1);
        bool is_quoted = rest.len > 0 && rest.at[0] == '"';
        if (is_quoted)
            TRY(take_quoted(&rest, &text));
        struct str tail = str_trim(str_cut(&rest, ';'));
        if (!is_quoted)
            buf_add(&text, tail);
        else if (tail.len > 0)
            return INVALID;
        TRY(take_parameter(arena, name, buf_str(&text), field));
    }
    return OK;
}

static enum status take_header(struct arena *arena, struct str line, struct http_field *field)
{
    struct str value = line, name = str_cut(&value, ':');
    if (str_is_absent(value) || name.len == 0)
        return INVALID;
    value = str_trim(value);
    if (str_eq_nocase(name, STR("content-disposition"))) {
        if (!str_is_absent(field->name))
            return INVALID;
        return take_disposition(arena, value, field);
    }
    if (str_eq_nocase(name, STR("content-type")))
        return keep_text(arena, value, &field->content_type);
    if (str_eq_nocase(name, STR("content-transfer-encoding")) && !str_eq_nocase(value, STR("7bit")) &&
        !str_eq_nocase(value, STR("8bit")) && !str_eq_nocase(value, STR("binary")))
        return INVALID; /* RFC 7578 section 4.7: deprecated, and nobody would decode it */
    return OK;
}

static enum status take_headers(struct arena *arena, struct str rest, struct http_field *field)
{
    while (rest.len > 0) {
        struct str line = str_cut(&rest, '\n');
        if (!str_ends(line, STR("\r")))
            return INVALID;
        line.len--;
        if (str_find_byte(line, '\r') != SIZE_MAX || str_find_byte(line, '\0') != SIZE_MAX)
            return INVALID;
        TRY(take_header(arena, line, field));
    }
    return str_is_absent(field->name) ? INVALID : OK;
}

/* Headers end at the empty line, which may come at once. */
static enum status split_part(struct str part, struct part *ret_part)
{
    if (str_starts(part, STR("\r\n"))) {
        *ret_part = (struct part){STR(""), str_after(part, 2)};
        return OK;
    }
    size_t end = str_find(str_slice(part, 0, HTTP_PART_HEADERS_MAX), STR("\r\n\r\n"));
    if (end == SIZE_MAX)
        return part.len > HTTP_PART_HEADERS_MAX ? LIMIT : INVALID;
    *ret_part = (struct part){str_slice(part, 0, end + 2), str_after(part, end + 4)};
    return OK;
}

static enum status read_part(struct arena *arena, struct str bytes, struct http_field *field)
{
    struct part part;
    TRY(split_part(bytes, &part));
    TRY(take_headers(arena, part.headers, field));
    field->value = part.body;
    if (!str_is_absent(field->file_name))
        return OK;
    field->content_type = STR_NONE;
    return utf8_is_valid(part.body) && str_find_byte(part.body, '\0') == SIZE_MAX ? OK : INVALID;
}

/* An empty file input: nothing was chosen. A nameless file with bytes gets a name. */
static bool is_no_file(struct http_field *field)
{
    if (str_is_absent(field->file_name) || field->file_name.len > 0)
        return false;
    if (field->value.len == 0)
        return true;
    field->file_name = STR("fichier");
    return false;
}

/* Behind a delimiter: CRLF goes on with a part, "--" ends the body. */
static enum status after_delimiter(struct str *rest, bool *ret_is_last)
{
    *ret_is_last = str_starts(*rest, STR("--"));
    if (!*ret_is_last && !str_starts(*rest, STR("\r\n")))
        return INVALID;
    *rest = str_after(*rest, 2);
    if (*ret_is_last && rest->len > 0 && !str_eq(*rest, STR("\r\n")))
        return INVALID;
    return OK;
}

enum status http_multipart_parse(struct arena *arena, struct str boundary, struct str body,
                                 struct http_fields *ret_fields)
{
    struct list LIST_OF(struct http_field) fields = {0};
    if (!is_boundary(boundary))
        return INVALID;
    struct str delimiter = str_format(arena, "\r\n--%.*s", STR_ARG(boundary));
    if (str_is_absent(delimiter))
        return LIMIT;
    if (!str_starts(body, str_after(delimiter, 2)))
        return INVALID;
    struct str rest = str_after(body, delimiter.len - 2);
    bool is_last;
    TRY(after_delimiter(&rest, &is_last));
    while (!is_last) {
        size_t end = str_find(rest, delimiter);
        if (end == SIZE_MAX)
            return INVALID;
        struct http_field *field = list_add(&fields, arena, HTTP_FIELD_COUNT_MAX);
        if (field == NULL)
            return LIMIT;
        TRY(read_part(arena, str_slice(rest, 0, end), field));
        if (is_no_file(field)) {
            *field = (struct http_field){0};
            fields.count--;
        }
        rest = str_after(rest, end + delimiter.len);
        TRY(after_delimiter(&rest, &is_last));
    }
    *ret_fields = (struct http_fields){fields.at, fields.count};
    return OK;
}
