#include "service/payroll/dsn/dsn_file.h"

#include "base/utf8.h"

enum { COMMA_AT = DSN_CODE, VALUE_AT = DSN_CODE + 2, LATIN_FIRST = 0xA0, LATIN_LAST = 0xFF, ASCII_LAST = 0x7E };

static uint32_t number_of(struct str bytes)
{
    bool is_formed = bytes.len >= DSN_AROUND_VALUE && bytes.at[COMMA_AT] == ',' && bytes.at[COMMA_AT + 1] == '\'' &&
                     bytes.at[bytes.len - 1] == '\'';
    return is_formed ? dsn_number(str_slice(bytes, 0, DSN_CODE)) : 0;
}

static struct dsn_line next_line(struct str *rest)
{
    const char *end = memchr(rest->at, '\n', rest->len);
    struct dsn_line line = {.bytes = *rest, .end = DSN_NO_END};
    if (end != NULL) {
        line.bytes = str_span(rest->at, end);
        line.end = str_ends(line.bytes, STR("\r")) ? DSN_CRLF : DSN_LF;
        line.bytes.len -= line.end == DSN_CRLF;
    }
    *rest = end != NULL ? str_after(*rest, (size_t)(end + 1 - rest->at)) : str_after(*rest, rest->len);
    line.number = number_of(line.bytes);
    return line;
}

enum status dsn_file_read(struct arena *arena, struct str bytes, struct dsn_file *ret_file)
{
    size_t most = str_count_byte(bytes, '\n') + 1;
    struct dsn_file file = {0};
    if (most > DSN_LINES_MAX)
        return LIMIT;
    file.lines = arena_array(arena, struct dsn_line, most);
    if (file.lines == NULL)
        return LIMIT;
    while (bytes.len > 0)
        file.lines[file.count++] = next_line(&bytes);
    *ret_file = file;
    return OK;
}

void dsn_file_write(struct buf *out, const struct dsn_file *file)
{
    static const struct str ends[] = {STR_INIT(""), STR_INIT("\n"), STR_INIT("\r\n")};
    for (size_t i = 0; i < file->count; i++) {
        buf_add(out, file->lines[i].bytes);
        buf_add(out, ends[file->lines[i].end]);
    }
}

struct str dsn_line_value(const struct dsn_line *line)
{
    return line->number != 0 ? str_slice(line->bytes, VALUE_AT, line->bytes.len - 1) : STR("");
}

/* ---- making ---- */

/* What ISO-8859-1 lacks and French writes: as typists wrote it before. NULL: no such letter. */
static const char *stand_in(uint32_t letter)
{
    if (letter == 0x2019)
        return "'";
    return letter == 0x0153 ? "oe" : letter == 0x0152 ? "OE" : NULL;
}

static enum status latin_write(struct buf *out, struct str utf8)
{
    while (utf8.len > 0) {
        uint32_t letter = (uint8_t)utf8.at[0];
        if (letter < 0x80)
            utf8 = str_after(utf8, 1);
        else
            letter = utf8_next(&utf8);
        bool is_told = (letter >= ' ' && letter <= ASCII_LAST) || (letter >= LATIN_FIRST && letter <= LATIN_LAST);
        const char *instead = is_told ? NULL : stand_in(letter);
        if (!is_told && instead == NULL)
            return INVALID;
        if (is_told)
            buf_add_byte(out, (char)letter);
        else
            buf_add_c(out, instead);
    }
    return OK;
}

enum status dsn_line_write(struct buf *out, uint32_t number, struct str utf8)
{
    dsn_number_write(out, number);
    buf_add_literal(out, ",'");
    TRY(latin_write(out, utf8));
    buf_add_literal(out, "'\n");
    return OK;
}

void dsn_utf8_write(struct buf *out, struct str latin)
{
    for (size_t i = 0; i < latin.len; i++) {
        uint8_t byte = (uint8_t)latin.at[i];
        if (byte < 0x80) {
            buf_add_byte(out, (char)byte);
        } else {
            buf_add_byte(out, (char)(0xC0 | byte >> 6));
            buf_add_byte(out, (char)(0x80 | (byte & 0x3F)));
        }
    }
}
