#include "proto/csv/csv.h"

static char separator_of(struct str text)
{
    size_t commas = 0, semicolons = 0, tabs = 0;
    bool is_quoted = false;
    for (size_t i = 0; i < text.len && (is_quoted || text.at[i] != '\n'); i++) {
        is_quoted ^= text.at[i] == '"';
        commas += !is_quoted && text.at[i] == ',';
        semicolons += !is_quoted && text.at[i] == ';';
        tabs += !is_quoted && text.at[i] == '\t';
    }
    if (semicolons > commas && semicolons >= tabs)
        return ';';
    return tabs > commas ? '\t' : ',';
}

struct csv_reader csv_open(struct str text)
{
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        text = str_after(text, 3);
    return (struct csv_reader){.rest = text, .separator = separator_of(text), .line = 1};
}

/* How many bytes of line end stand here: 0, 1 or 2. */
static size_t line_end(struct str rest)
{
    if (str_starts(rest, STR("\r\n")))
        return 2;
    return str_starts(rest, STR("\n")) ? 1 : 0;
}

/* Doubled quotes become one. */
static enum status undouble(struct arena *arena, struct str inner, struct str *ret_field)
{
    char *at = arena_alloc(arena, inner.len + 1);
    size_t length = 0;
    if (at == NULL)
        return LIMIT;
    for (size_t i = 0; i < inner.len; i++) {
        at[length++] = inner.at[i];
        i += inner.at[i] == '"';
    }
    *ret_field = (struct str){at, length};
    return OK;
}

/* Behind the opening quote: to the one that is not doubled. */
static enum status quoted(struct csv_reader *reader, struct arena *arena, struct str *ret_field)
{
    struct str rest = str_after(reader->rest, 1);
    size_t at = 0, doubled = 0;
    while (at < rest.len && (rest.at[at] != '"' || (at + 1 < rest.len && rest.at[at + 1] == '"'))) {
        reader->line += rest.at[at] == '\n';
        doubled += rest.at[at] == '"';
        at += rest.at[at] == '"' ? 2 : 1;
    }
    if (at >= rest.len)
        return INVALID;
    struct str inner = str_slice(rest, 0, at);
    reader->rest = str_after(rest, at + 1);
    bool is_ended = reader->rest.len == 0 || reader->rest.at[0] == reader->separator || line_end(reader->rest) > 0;
    if (!is_ended)
        return INVALID;
    if (inner.len > CSV_FIELD_MAX)
        return LIMIT;
    *ret_field = inner;
    return doubled > 0 ? undouble(arena, inner, ret_field) : OK;
}

static enum status bare(struct csv_reader *reader, struct str *ret_field)
{
    size_t at = 0;
    for (; at < reader->rest.len && reader->rest.at[at] != reader->separator; at++) {
        char byte = reader->rest.at[at];
        if (byte == '"')
            return INVALID;
        if ((byte == '\n' || byte == '\r') && line_end(str_after(reader->rest, at)) > 0)
            break;
    }
    *ret_field = str_slice(reader->rest, 0, at);
    reader->rest = str_after(reader->rest, at);
    return at <= CSV_FIELD_MAX ? OK : LIMIT;
}

enum status csv_next(struct csv_reader *reader, struct arena *arena, struct csv_row *ret_row)
{
    ret_row->count = 0;
    ret_row->line = reader->line;
    if (reader->rest.len == 0)
        return NOT_FOUND;
    for (;;) {
        if (ret_row->count == CSV_FIELDS_MAX)
            return LIMIT;
        struct str *field = &ret_row->fields[ret_row->count++];
        TRY(str_starts(reader->rest, STR("\"")) ? quoted(reader, arena, field) : bare(reader, field));
        size_t end = line_end(reader->rest);
        if (reader->rest.len == 0 || end > 0) {
            reader->rest = str_after(reader->rest, end);
            reader->line++;
            return OK;
        }
        reader->rest = str_after(reader->rest, 1); /* the separator */
    }
}

static bool needs_quotes(struct str field)
{
    for (size_t i = 0; i < field.len; i++)
        if (strchr(",;\t\"\r\n", field.at[i]) != NULL && field.at[i] != 0)
            return true;
    return false;
}

static void write_field(struct buf *out, struct str field)
{
    if (!needs_quotes(field)) {
        buf_add(out, field);
        return;
    }
    buf_add_byte(out, '"');
    for (size_t i = 0; i < field.len; i++) {
        if (field.at[i] == '"')
            buf_add_byte(out, '"');
        buf_add_byte(out, field.at[i]);
    }
    buf_add_byte(out, '"');
}

bool csv_is_formula(struct str text)
{
    return text.len > 0 && text.at[0] != '\0' && strchr("=+-@\t\r", text.at[0]) != NULL;
}

void csv_write(struct buf *out, const struct str *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_add_byte(out, ',');
        write_field(out, fields[i]);
    }
    buf_add_literal(out, "\r\n");
}
