#include "proto/mime/transfer.h"

#include "base/base64.h"
#include "proto/mime/lex.h"

enum { LINE_MAX_BYTES = 76 };

enum transfer transfer_of(struct str value)
{
    static const struct {
        struct str name;
        enum transfer transfer;
    } names[] = {
        {STR_INIT("7bit"), TRANSFER_7BIT},     {STR_INIT("8bit"), TRANSFER_8BIT},
        {STR_INIT("binary"), TRANSFER_BINARY}, {STR_INIT("quoted-printable"), TRANSFER_QUOTED},
        {STR_INIT("base64"), TRANSFER_BASE64},
    };
    if (str_is_absent(value))
        return TRANSFER_7BIT;
    lex_skip(&value, NULL);
    struct str name = lex_until(&value, LEX_TOKEN_ENDS);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_nocase(name, names[i].name))
            return names[i].transfer;
    return TRANSFER_UNKNOWN;
}

static int hex_digit(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    char lower = ascii_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

int transfer_hex_byte(struct str text, size_t from)
{
    if (from + 2 > text.len)
        return -1;
    int high = hex_digit(text.at[from]), low = hex_digit(text.at[from + 1]);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

/* One line without its end; a '=' last says that the line goes on (rule 5). */
static bool decode_quoted_line(struct buf *out, struct str line)
{
    while (line.len > 0) {
        size_t plain = str_find_byte(line, '=');
        buf_add(out, str_slice(line, 0, plain));
        if (plain == SIZE_MAX)
            return false;
        line = str_after(line, plain + 1);
        if (line.len == 0)
            return true;
        int byte = transfer_hex_byte(line, 0);
        buf_add_byte(out, byte < 0 ? '=' : (char)byte);
        line = str_after(line, byte < 0 ? 0 : 2);
    }
    return false;
}

/* Blanks at the end of a line were added on the way and are dropped (rule 3). */
static struct str without_padding(struct str line)
{
    while (line.len > 0 && (line.at[line.len - 1] == ' ' || line.at[line.len - 1] == '\t'))
        line.len--;
    return line;
}

static void decode_quoted(struct buf *out, struct str body)
{
    while (body.len > 0 && !out->is_over) {
        size_t end = str_find_byte(body, '\n');
        struct str line = str_slice(body, 0, end);
        body = end == SIZE_MAX ? STR_NONE : str_after(body, end + 1);
        bool has_return = str_ends(line, STR("\r"));
        line.len -= has_return;
        if (!decode_quoted_line(out, without_padding(line)) && end != SIZE_MAX)
            buf_add(out, has_return ? STR("\r\n") : STR("\n"));
    }
}

/* A body too large for out is cut first, so that its beginning is still shown. */
static void decode_base64(struct buf *out, struct str body)
{
    size_t room = out->max - out->len;
    size_t fits = room < 3 ? 0 : (room - 3) / 3 * 4 + 3;
    base64_decode_lenient(out, str_slice(body, 0, fits));
    out->is_over = out->is_over || body.len > fits;
}

void transfer_decode(struct buf *out, enum transfer transfer, struct str body)
{
    size_t room = out->max - out->len;
    if (transfer == TRANSFER_BASE64) {
        decode_base64(out, body);
    } else if (transfer == TRANSFER_QUOTED) {
        decode_quoted(out, body);
    } else {
        buf_add(out, str_slice(body, 0, room));
        out->is_over = out->is_over || body.len > room;
    }
}

static void add_hex(struct buf *out, char byte)
{
    static const char digits[] = "0123456789ABCDEF";
    char escaped[3] = {'=', digits[(uint8_t)byte >> 4], digits[(uint8_t)byte & 15]};
    buf_add(out, (struct str){escaped, sizeof escaped});
}

/* A blank is written as it is, unless it ends its line (rule 3). */
static bool is_plain(struct str line, size_t i)
{
    char c = line.at[i];
    if (c == ' ' || c == '\t')
        return i + 1 < line.len;
    return c > ' ' && c < 0x7F && c != '=';
}

static void quote_line(struct buf *out, struct str line)
{
    size_t column = 0;
    for (size_t i = 0; i < line.len; i++) {
        size_t width = is_plain(line, i) ? 1 : 3;
        if (column + width > LINE_MAX_BYTES - 1) {
            buf_add_literal(out, "=\r\n");
            column = 0;
        }
        if (width == 1)
            buf_add_byte(out, line.at[i]);
        else
            add_hex(out, line.at[i]);
        column += width;
    }
}

void transfer_quote(struct buf *out, struct str text)
{
    while (text.len > 0 && !out->is_over) {
        size_t end = str_find_byte(text, '\n');
        struct str line = str_slice(text, 0, end);
        text = end == SIZE_MAX ? STR_NONE : str_after(text, end + 1);
        if (end != SIZE_MAX && str_ends(line, STR("\r")))
            line.len--;
        quote_line(out, line);
        if (end != SIZE_MAX)
            buf_add_literal(out, "\r\n");
    }
}
