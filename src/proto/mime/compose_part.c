#include "proto/mime/compose_part.h"

#include "base/base64.h"
#include "proto/mime/transfer.h"

enum { TEXT_LINE_MAX = 76, PARAMETER_PIECE = 50 };

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((s.at[i] & 0x80) != 0)
            return false;
    return true;
}

/* Short ASCII lines that nothing on the way has a reason to change may go as they are. */
static bool is_plain_text(struct str text)
{
    if (!is_ascii(text))
        return false;
    while (!str_is_absent(text)) {
        struct str line = str_cut(&text, '\n');
        if (line.len > TEXT_LINE_MAX || str_starts(line, STR("--")) ||
            str_starts(line, STR("From ")) || str_starts(line, STR(".")))
            return false;
        size_t return_at = str_find_byte(line, '\r');
        if (return_at != SIZE_MAX && (return_at + 1 != line.len || str_is_absent(text)))
            return false;
    }
    return true;
}

static void write_plain(struct buf *out, struct str text)
{
    while (!str_is_absent(text)) {
        struct str line = str_cut(&text, '\n');
        if (str_ends(line, STR("\r")))
            line.len--;
        buf_add(out, line);
        if (!str_is_absent(text))
            buf_add_literal(out, "\r\n");
    }
}

void compose_part_text(struct buf *out, const char *subtype, struct str text)
{
    bool is_plain = is_plain_text(text);
    buf_add_format(out, "Content-Type: text/%s; charset=utf-8\r\n", subtype);
    buf_add_format(out, "Content-Transfer-Encoding: %s\r\n\r\n",
                   is_plain ? "7bit" : "quoted-printable");
    if (is_plain)
        write_plain(out, text);
    else
        transfer_quote(out, text);
    if (text.len > 0 && !str_ends(text, STR("\n")))
        buf_add_literal(out, "\r\n");
}

static bool is_attribute_byte(uint8_t byte)
{
    return byte > ' ' && byte < 0x7F && strchr("*'%()<>@,;:\\\"/[]?=", byte) == NULL;
}

/* filename*0*=utf-8''... in pieces (RFC 2231 sections 3 and 4): bytes may be cut anywhere, as
 * readers join the pieces before they decode. */
static void write_extended(struct buf *out, const char *name, struct str value)
{
    size_t piece = 0, column = PARAMETER_PIECE;
    for (size_t i = 0; i < value.len; i++) {
        uint8_t byte = (uint8_t)value.at[i];
        if (column >= PARAMETER_PIECE) {
            buf_add_format(out, ";\r\n %s*%zu*=%s", name, piece, piece == 0 ? "utf-8''" : "");
            piece++;
            column = 0;
        }
        if (is_attribute_byte(byte))
            buf_add_byte(out, value.at[i]);
        else
            buf_add_format(out, "%%%02X", byte);
        column += is_attribute_byte(byte) ? 1 : 3;
    }
}

static void write_parameter(struct buf *out, const char *name, struct str value)
{
    bool is_simple =
        value.len <= PARAMETER_PIECE && is_ascii(value) && str_find_byte(value, '\t') == SIZE_MAX &&
        str_find_byte(value, '"') == SIZE_MAX && str_find_byte(value, '\\') == SIZE_MAX;
    if (is_simple)
        buf_add_format(out, ";\r\n %s=\"%.*s\"", name, STR_ARG(value));
    else
        write_extended(out, name, value);
}

bool compose_part_is_message(const struct compose_file *file)
{
    return str_eq_nocase(file->type, STR("message/rfc822"));
}

void compose_part_file(struct buf *out, const struct compose_file *file)
{
    bool is_message = compose_part_is_message(file);
    const char *encoding = !is_message ? "base64" : is_ascii(file->bytes) ? "7bit" : "8bit";
    bool is_inline = !str_is_absent(file->content_id);
    buf_add_format(out, "Content-Type: %.*s\r\n", STR_ARG(file->type));
    buf_add_format(out, "Content-Transfer-Encoding: %s\r\n", encoding);
    if (is_inline)
        buf_add_format(out, "Content-ID: <%.*s>\r\n", STR_ARG(file->content_id));
    buf_add_format(out, "Content-Disposition: %s", is_inline ? "inline" : "attachment");
    if (file->name.len > 0)
        write_parameter(out, "filename", file->name);
    buf_add_literal(out, "\r\n\r\n");
    if (is_message)
        write_plain(out, file->bytes);
    else
        base64_encode_lines(out, file->bytes);
}
